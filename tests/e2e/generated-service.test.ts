import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  CONTRACT_VERSION,
  connect,
  createClient,
  type Nats,
  type ServiceDescriptor,
  serve,
} from "@natsgen/runtime";
import { type NatsServer, startNatsServer } from "@natsgen/runtime/testing";
import {
  createStateManagerServiceClient,
  StateManagerService,
  StateManagerServiceSubjects,
  serveStateManagerService,
} from "../../generated/game/state_manager/v1/index.js";
import { failsWith } from "./support/fails.js";
import { createStateStore } from "./support/state-store.js";

describe("a generated service", () => {
  let server: NatsServer;
  let nats: Nats;
  beforeAll(async () => {
    server = await startNatsServer();
    nats = await connect({ servers: server.url, logger: false });
  });
  afterAll(async () => {
    await nats.close();
    await server.stop();
  });

  it("describes itself to any NATS tool", async () => {
    const worker = await serveStateManagerService(nats, createStateStore());
    const reply = await nats.request(
      "$SRV.INFO.game_state_manager_v1_StateManagerService",
      new Uint8Array(),
    );
    const info: unknown = JSON.parse(new TextDecoder().decode(reply.payload));
    await worker.drain();

    expect(info).toMatchObject({
      type: "io.nats.micro.v1.info_response",
      id: worker.id,
      version: "1.0.0",
      description: expect.stringContaining("Stores the state of players"),
      metadata: { "natsgen.service": "game.state_manager.v1.StateManagerService" },
      endpoints: Object.values(StateManagerService.methods).map(({ name, subject, kind }) => ({
        name,
        subject,
        queue_group: "q",
        metadata: expect.objectContaining({ "natsgen.kind": kind }),
      })),
    });
    expect(StateManagerServiceSubjects.getState).toBe(
      "game.state_manager.v1.StateManagerService.GetState",
    );
  });

  it("is out of reach for clients of another prefix", async () => {
    const staging = await connect({ servers: server.url, prefix: "staging", logger: false });
    const worker = await serveStateManagerService(staging, createStateStore());
    await failsWith("UNAVAILABLE", createStateManagerServiceClient(nats).getState({ key: "a" }));
    await failsWith("NOT_FOUND", createStateManagerServiceClient(staging).getState({ key: "a" }));
    await worker.drain();
    await staging.close();
  });

  it.each([
    { contract: CONTRACT_VERSION - 1, advice: "Generate again" },
    { contract: CONTRACT_VERSION + 1, advice: "Update @natsgen/runtime" },
  ])("of contract $contract is refused with what to do", async ({ contract, advice }) => {
    const stale: ServiceDescriptor = { ...StateManagerService };
    // As another version of natsgen would have written it: no type can say so.
    Object.assign(stale, { contract });
    const sentence = `game.state_manager.v1.StateManagerService was generated for contract ${contract}, and this @natsgen/runtime speaks contract ${CONTRACT_VERSION}. ${advice}`;
    const error = await failsWith("FAILED_PRECONDITION", serve(nats, stale, createStateStore()));
    expect(error.rawMessage).toContain(sentence);
    expect(() => createClient(nats, stale)).toThrow(sentence);
  });
});
