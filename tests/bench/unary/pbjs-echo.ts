import { pathToFileURL } from "node:url";
import { generatedModule } from "../prepare.js";
import type { Echo } from "./echo-message.js";

/** A message as pbjs's static code has it. */
interface PbjsType {
  encode(message: Echo): { finish(): Uint8Array };
  decode(bytes: Uint8Array): Echo;
}

interface PbjsModule {
  readonly bench: {
    readonly v1: { readonly EchoRequest: PbjsType; readonly EchoResponse: PbjsType };
  };
}

/** The code that stock pbjs makes of the bench schemas. */
export async function loadPbjsEcho(): Promise<PbjsModule["bench"]["v1"]> {
  const file = pathToFileURL(generatedModule("pbjs", "messages.js"));
  const module: PbjsModule = await import(file.href);
  return module.bench.v1;
}
