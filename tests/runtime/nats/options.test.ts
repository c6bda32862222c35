import { describe, expect, it } from "@jest/globals";
import { fromEnvironment, withEnvironment } from "../../../runtime/nats/environment.js";
import { parseConnectOptions } from "../../../runtime/nats/options.js";
import { parseServers } from "../../../runtime/nats/servers.js";

const refused = (text: string | RegExp) =>
  expect.objectContaining({ code: "INVALID_ARGUMENT", message: expect.stringMatching(text) });

describe("connect's options", () => {
  it("name the nearest known key of an unknown one, all in one error", () => {
    expect(() => parseConnectOptions({ sevrers: "x", usr: "y", tls: { cafile: "z" } })).toThrow(
      refused(
        /tls: unknown "cafile"; did you mean "caFile".*unknown "sevrers"; did you mean "servers".*unknown "usr"; did you mean "user"/,
      ),
    );
    expect(() => parseConnectOptions({ xyzzyplugh: 1 })).toThrow(refused(/unknown "xyzzyplugh"$/));
  });

  it.each([
    [{ connectTimeoutMs: 0 }, "connectTimeoutMs"],
    [{ connectTimeoutMs: 2 ** 31 }, "connectTimeoutMs"],
    [{ offlineBuffer: -1 }, "offlineBuffer"],
    [{ servers: [] }, "servers"],
    [{ logger: {} }, "logger"],
    [{ name: 5 }, "name"],
  ])("refuse %p, naming %s", (options, name) => {
    expect(() => parseConnectOptions(options)).toThrow(refused(name));
  });
});

describe("the environment", () => {
  it("fills in what the code leaves out", () => {
    const env = {
      NATS_URL: "nats://a:1",
      NATS_PREFIX: "staging",
      NATS_CA: "/ca.pem",
      NATS_NAME: "",
      NATS_USER: "u",
      NATS_PASSWORD: "p",
    };
    expect(withEnvironment({ prefix: "mine" }, env)).toMatchObject({
      servers: "nats://a:1",
      prefix: "mine",
      user: "u",
      password: "p",
      tls: { caFile: "/ca.pem" },
      name: undefined,
    });
  });

  it("never mixes its credentials with those of the code", () => {
    const env = { NATS_USER: "u", NATS_PASSWORD: "p", NATS_CREDS: "/x.creds" };
    expect(withEnvironment({ token: "t" }, env)).toMatchObject({
      token: "t",
      user: undefined,
      password: undefined,
      credentialsFile: undefined,
    });
  });

  it("has every credential of connect", () => {
    expect(
      fromEnvironment({ NATS_TOKEN: "t", NATS_NKEY_SEED: "SU1", NATS_INBOX_PREFIX: "_IN" }),
    ).toMatchObject({ token: "t", nkeySeed: "SU1", inboxPrefix: "_IN" });
    expect(fromEnvironment({ NATS_NKEY: "SU2" }).nkeySeed).toBe("SU2");
  });
});

describe("server URLs", () => {
  it.each([
    [undefined, { servers: ["127.0.0.1:4222"], tls: false }],
    ["nats://a", { servers: ["a:4222"], tls: false }],
    ["a:5222", { servers: ["a:5222"], tls: false }],
    ["nats://a:80", { servers: ["a:80"], tls: false }],
    ["nats://a:1, tls://b:2", { servers: ["a:1", "b:2"], tls: true }],
    ["nats://[::1]:4222", { servers: ["[::1]:4222"], tls: false }],
    ["nats://u:p%40ss@a:1", { servers: ["a:1"], tls: false, user: "u", password: "p@ss" }],
    ["nats://s3cret@a:1", { servers: ["a:1"], tls: false, token: "s3cret" }],
  ])("%p", (input, expected) => {
    expect(parseServers(input)).toEqual(expected);
  });

  it.each(["ws://a:1", "http://a", "", ",", "nats://"])("refuses %p", (input) => {
    expect(() => parseServers(input)).toThrow(refused("connect"));
  });

  it("does not show a password in its error", () => {
    expect(() => parseServers("nats://u:hunter2@a b")).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
    );
  });
});
