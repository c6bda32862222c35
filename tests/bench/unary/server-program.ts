import { childProgram } from "../lib/child-program.js";
import { loadVariant, type VariantName } from "./variant.js";

export interface ServerInit {
  readonly variant: VariantName;
  readonly natsUrl: string;
}

/** The server of one variant. Asked anything, it tells the CPU time it has used, in microseconds. */
childProgram(async ({ variant, natsUrl }: ServerInit) => {
  const { startServer } = await loadVariant(variant);
  const { url, close } = await startServer(natsUrl);
  return {
    ready: url,
    run: () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    close,
  };
});
