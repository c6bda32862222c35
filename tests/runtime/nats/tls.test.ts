import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { generate } from "selfsigned";
import {
  type ConnectOptions,
  connect,
  createClient,
  type Nats,
  serve,
} from "../../../runtime/index.js";
import { type NatsServer, startNatsServer } from "../../../runtime/testing/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../support/echo.js";
import { failure } from "../support/fixture.js";

const open: Nats[] = [];
let folder: string;
let tls: NatsServer;
let plain: NatsServer;

/** A certificate for localhost, which is its own authority. */
async function makeCertificate(): Promise<void> {
  folder = mkdtempSync(path.join(tmpdir(), "natsgen-tls-"));
  const { cert, private: key } = await generate([{ name: "commonName", value: "natsgen test" }], {
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  writeFileSync(path.join(folder, "cert.pem"), cert);
  writeFileSync(path.join(folder, "key.pem"), key);
}

beforeAll(async () => {
  await makeCertificate();
  const file = (name: string): string => JSON.stringify(path.join(folder, name));
  tls = await startNatsServer({
    config: `tls { cert_file: ${file("cert.pem")}, key_file: ${file("key.pem")} }
authorization { user: u, password: "p%:@" }`,
  });
  plain = await startNatsServer();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((nats) => nats.close()));
});
afterAll(async () => {
  await Promise.all([tls?.stop(), plain?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

async function link(options: ConnectOptions): Promise<Nats> {
  const nats = await connect({ logger: false, ...options });
  open.push(nats);
  return nats;
}

/** By name, as the certificate has it. */
function byName(): string {
  return `localhost:${tls.port}`;
}

describe("TLS", () => {
  it.each<[string, (caFile: string) => ConnectOptions]>([
    ["a CA file", (caFile) => ({ servers: byName(), tls: { caFile } })],
    ["a CA text", (caFile) => ({ servers: byName(), tls: { ca: readFileSync(caFile, "utf8") } })],
    ["tls:// and a CA file", (caFile) => ({ servers: `tls://${byName()}`, tls: { caFile } })],
  ])("with %s, calls work", async (_how, options) => {
    const nats = await link({
      ...options(path.join(folder, "cert.pem")),
      user: "u",
      password: "p%:@",
    });
    await serve(nats, EchoService, echoHandlers());
    const client = createClient<EchoClient>(nats, EchoService);
    expect((await client.say({ text: "private" })).text).toBe("private");
  });

  it("with an authority that nobody trusts, the error says which option helps", async () => {
    const error = await failure(connect({ servers: tls.url, user: "u", password: "x" }));
    expect(error).toMatchObject({ name: "NatsgenError", code: "UNAVAILABLE" });
    expect(String(error)).toMatch(/self.signed certificate/);
    expect(String(error)).toContain("tls.caFile or NATS_CA");
  });

  it("towards a server without TLS, the error says so", async () => {
    const error = await failure(connect({ servers: plain.url, tls: {} }));
    expect(error).toMatchObject({ name: "NatsgenError", code: "UNAVAILABLE" });
    expect(String(error)).toContain("does not speak TLS");
  });

  it("a missing CA file is named", async () => {
    const caFile = path.join(folder, "missing.pem");
    const error = await failure(connect({ servers: tls.url, tls: { caFile } }));
    expect(error).toMatchObject({ name: "NatsgenError", code: "INVALID_ARGUMENT" });
    expect(String(error)).toContain(caFile);
  });
});

describe("secrets", () => {
  it.each<[string, () => Promise<unknown>]>([
    [
      "a refused password",
      () =>
        connect({
          servers: tls.url,
          user: "u",
          password: "s3cr3t",
          tls: { caFile: path.join(folder, "cert.pem") },
        }),
    ],
    ["a URL that is none", () => connect("nats://u:s3cr3t@:99999999")],
    ["a URL of another scheme", () => connect("http://u:s3cr3t@host")],
    ["a URL that is not encoded", () => connect("nats://u:s3cr3t%zz@127.0.0.1:1")],
    ["a server that is gone", () => connect("nats://u:s3cr3t@127.0.0.1:1")],
    ["a token of the wrong type", () => connect({ token: ["s3cr3t"] as unknown as string })],
    ["a seed that is none", () => connect({ servers: plain.url, nkeySeed: "s3cr3t" })],
  ])("are in no error: %s", async (_what, attempt) => {
    const error = await failure(attempt());
    expect(error).toMatchObject({ name: "NatsgenError" });
    expect(inspect(error, { depth: 10 })).not.toContain("s3cr3t");
  });
});
