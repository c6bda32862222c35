/** A running server of a variant. */
export interface EchoServer {
  /** Where its clients go. */
  readonly url: string;
  close(): Promise<void>;
}

/** A connected client of a variant. */
export interface EchoClient {
  /** One call with the message of this number: the number in the reply. */
  echo(sequence: number): Promise<number>;
  close(): Promise<void>;
}

/** One way to make a call; its server and its client run in processes of their own. */
export interface Variant {
  /** @param natsUrl of the nats-server; variants without NATS listen on a free port. */
  startServer(natsUrl: string): Promise<EchoServer>;
  startClient(url: string): Promise<EchoClient>;
}

/** Names of the modules in `variants/`. */
export type VariantName = "bare-request" | "bare-multiplexer" | "grpc" | "fastify" | "natsgen";

/** Deadline of a call, where the variant has one, in milliseconds. */
export const TIMEOUT_MS = 5_000;

/** Loads one variant, and only that: no process holds another's libraries. */
export async function loadVariant(name: VariantName): Promise<Variant> {
  const module: { readonly variant: Variant } = await import(`./variants/${name}.js`);
  return module.variant;
}
