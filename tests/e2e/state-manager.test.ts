import { beforeAll, expect, it } from "@jest/globals";
import {
  createStateManagerServiceClient,
  State,
  type StateManagerServiceClient,
  StateVersionMismatch,
  serveStateManagerService,
} from "../../generated/game/state_manager/v1/index.js";
import { failsWith } from "./support/fails.js";
import { describeOnServers } from "./support/servers.js";
import { createStateStore } from "./support/state-store.js";

describeOnServers("state_manager", (server) => {
  let client: StateManagerServiceClient;
  beforeAll(async () => {
    await serveStateManagerService(await server.connect(), createStateStore());
    client = createStateManagerServiceClient(await server.connect());
  });

  it("creates, reads and updates a state", async () => {
    const key = "player.p-1.inventory";
    const { state: created } = await client.createState({
      key,
      value: { gold: 12, items: ["rope", { name: "lamp", lit: true }] },
    });
    expect(created).toBeInstanceOf(State);
    expect(created?.value).toEqual({ gold: 12, items: ["rope", { name: "lamp", lit: true }] });
    expect(created?.updateTime?.toDate().getTime()).toBeLessThanOrEqual(Date.now());
    expect(created?.updatedBy).toBeUndefined();

    const { state: updated } = await client.updateState({
      key,
      expectedVersion: created?.version,
      value: { gold: 7 },
    });
    expect(updated?.version).toBeGreaterThan(created?.version ?? 0n);
    expect((await client.getState({ key })).state).toEqual(updated);
  });

  it("refuses an update of an older version with the current state", async () => {
    const key = "player.p-2.inventory";
    const { state: first } = await client.createState({ key, value: { gold: 1 } });
    const { state: second } = await client.updateState({
      key,
      expectedVersion: first?.version,
      value: { gold: 2 },
    });

    const error = await failsWith(
      "ABORTED",
      client.updateState({ key, expectedVersion: first?.version, value: { gold: 99 } }),
    );

    const [mismatch] = error.findDetails(StateVersionMismatch);
    expect(mismatch?.key).toBe(key);
    expect(mismatch?.expectedVersion).toBe(first?.version);
    expect(mismatch?.current?.version).toBe(second?.version);
    expect(mismatch?.current?.value).toEqual({ gold: 2 });

    // What came with the error is enough to try again.
    const { state: third } = await client.updateState({
      key,
      expectedVersion: mismatch?.current?.version,
      value: { gold: 3 },
    });
    expect(third?.value).toEqual({ gold: 3 });
  });

  it("lets one of many writers of a version win", async () => {
    const key = "place.bridge";
    const { state } = await client.createState({ key, value: { toll: 0 } });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, toll) =>
        client.updateState({ key, expectedVersion: state?.version, value: { toll } }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toHaveProperty("code", "ABORTED");
    }
  });

  it("tells a state that exists and one that does not apart", async () => {
    const key = "place.tower";
    await failsWith("NOT_FOUND", client.getState({ key }));
    const { state } = await client.createState({ key, value: {} });
    const error = await failsWith("ALREADY_EXISTS", client.createState({ key, value: {} }));
    expect(error.findDetails(StateVersionMismatch)).toEqual([
      new StateVersionMismatch({ key, current: state }),
    ]);
    await failsWith("INVALID_ARGUMENT", client.updateState({ key, value: {} }));

    const { tombstone } = await client.deleteState({ key, expectedVersion: state?.version });
    const { results } = await client.batchGetStates({ keys: [key, "place.nowhere"] });
    expect(results.map(({ result }) => result)).toEqual([
      { case: "missing", value: expect.objectContaining({ tombstone }) },
      { case: "missing", value: expect.objectContaining({ tombstone: undefined }) },
    ]);
    const { versions } = await client.listStateVersions({ key });
    expect(versions.map(({ revision }) => revision.case)).toEqual(["tombstone", "state"]);
  });

  it("lists states page by page", async () => {
    for (const name of ["c", "a", "b"]) {
      await client.createState({ key: `list.${name}`, value: { name } });
    }
    await client.createState({ key: "list2.d", value: {} });
    const keys: string[] = [];
    let pageToken = "";
    do {
      const page = await client.listStates({ keyPrefix: "list", pageSize: 2, pageToken });
      expect(page.states.length).toBeLessThanOrEqual(2);
      keys.push(...page.states.map(({ key }) => key));
      pageToken = page.nextPageToken;
    } while (pageToken !== "");
    expect(keys).toEqual(["list.a", "list.b", "list.c"]);
  });

  it("says that it cannot stream yet", async () => {
    const watch = client.watchStates({ target: { case: "keyPrefix", value: "" } });
    await failsWith(
      "UNIMPLEMENTED",
      (async () => {
        for await (const chunk of watch) return chunk;
        return undefined;
      })(),
    );
  });
});
