import { beforeAll, expect, it } from "@jest/globals";
import type { Nats } from "@natsgen/runtime";
import { InvalidTransition, VersionMismatch } from "../../generated/game/common/v1/index.js";
import {
  createModelMgmtServiceClient,
  ModelCapability,
  ModelHealthStatus,
  type ModelMgmtServiceClient,
  ModelProvider,
  ModelStage,
  publishModelRegistered,
  type RegisterModelRequestInit,
  serveModelMgmtService,
} from "../../generated/game/model_mgmt/v1/index.js";
import { failsWith } from "./support/fails.js";
import { createModelRegistry } from "./support/model-registry.js";
import { describeOnServers } from "./support/servers.js";

describeOnServers("model_mgmt", (server) => {
  let nats: Nats;
  let client: ModelMgmtServiceClient;
  beforeAll(async () => {
    await serveModelMgmtService(await server.connect(), createModelRegistry());
    nats = await server.connect();
    client = createModelMgmtServiceClient(nats);
  });

  const register = (modelId: string, more: RegisterModelRequestInit = {}) =>
    client.registerModel({
      modelId,
      provider: ModelProvider.LOCAL,
      capabilities: [ModelCapability.TEXT],
      contextTokens: 4_096,
      ...more,
    });

  it("registers a model with all that describes it", async () => {
    const inputPrice = { currencyCode: "EUR", units: 1n, nanos: 250_000_000 };
    const { model } = await register("narrator", {
      displayName: "Narrator",
      inputPrice,
      labels: { language: "fi", __proto__x: "y" },
    });
    expect(model).toMatchObject({
      modelId: "narrator",
      version: 1n,
      stage: "MODEL_STAGE_CANDIDATE",
      capabilities: [ModelCapability.TEXT],
      inputPrice,
      outputPrice: undefined,
      labels: { language: "fi", __proto__x: "y" },
      retireTime: undefined,
    });
    expect((await client.getModel({ modelId: "narrator" })).model).toEqual(model);
  });

  it("refuses an id that is taken and one that is unknown", async () => {
    await register("twin");
    await failsWith("ALREADY_EXISTS", register("twin"));
    const error = await failsWith("NOT_FOUND", client.getModel({ modelId: "nobody" }));
    expect(error.message).toBe("[NOT_FOUND] no model nobody");
  });

  it("lists models page by page, the newest first", async () => {
    for (let i = 1; i <= 5; i++) {
      await register(`vector-${i}`, { capabilities: [ModelCapability.EMBEDDING] });
    }
    const ids: string[] = [];
    let pageToken = "";
    do {
      const page = await client.listModels({
        capabilities: [ModelCapability.EMBEDDING],
        pageSize: 2,
        pageToken,
      });
      expect(page.totalSize).toBe(5);
      ids.push(...page.models.map(({ modelId }) => modelId));
      pageToken = page.nextPageToken;
    } while (pageToken !== "");
    expect(ids).toEqual(["vector-5", "vector-4", "vector-3", "vector-2", "vector-1"]);
    const bedrock = await client.listModels({ provider: ModelProvider.BEDROCK });
    expect(bedrock.models).toEqual([]);
  });

  it("changes what the mask names", async () => {
    const { model } = await register("masked", { labels: { tier: "1" } });
    const { model: updated } = await client.updateModel({
      model: { modelId: "masked", displayName: "Behind the mask", labels: {} },
      updateMask: { paths: ["display_name"] },
      expectedVersion: model?.version,
    });
    expect(updated).toMatchObject({ displayName: "Behind the mask", labels: { tier: "1" } });
  });

  it("promotes step by step, and tells which step or version is wrong", async () => {
    const { model } = await register("climber");
    const promote = (targetStage: ModelStage, expectedVersion: bigint | undefined) =>
      client.promoteModel({ modelId: "climber", targetStage, expectedVersion });

    const jump = await failsWith(
      "FAILED_PRECONDITION",
      promote(ModelStage.PRODUCTION, model?.version),
    );
    expect(jump.findDetails(InvalidTransition)[0]?.currentStatus).toBe(ModelStage.CANDIDATE);

    const step = await promote(ModelStage.STAGING, model?.version);
    expect(step.previousStage).toBe(ModelStage.CANDIDATE);
    expect(step.model?.stage).toBe(ModelStage.STAGING);

    const stale = await failsWith("ABORTED", promote(ModelStage.PRODUCTION, model?.version));
    expect(stale.findDetails(VersionMismatch)).toMatchObject([
      { resource: "models/climber", expectedVersion: 1n, currentVersion: 2n },
    ]);

    const { model: last } = await promote(ModelStage.PRODUCTION, step.model?.version);
    const retired = await client.retireModel({
      modelId: "climber",
      expectedVersion: last?.version,
    });
    expect(retired.model?.retireTime?.seconds).toBeGreaterThan(0n);
  });

  it("draws a verdict from health reports, each counted once", async () => {
    await register("patient");
    const report = {
      reportId: "r-1",
      modelId: "patient",
      requestCount: 100,
      errorCount: 5,
      window: 5_000,
      startTime: new Date(0),
      latencies: [10, 20.5, 30],
    };
    expect((await client.reportModelHealth(report)).status).toBe(ModelHealthStatus.DEGRADED);
    await client.reportModelHealth(report);
    const { health } = await client.getModelHealth({ modelId: "patient" });
    expect(health).toMatchObject({ requestCount: 100n, errorCount: 5n });
    expect(health?.latencyP50?.toMillis()).toBe(20.5);
    expect(health?.latencyP99?.toMillis()).toBe(30);
    expect(health?.lastReportTime).toBeUndefined();
  });

  it("says that it cannot publish events yet", async () => {
    const event = { eventId: "e-1", modelId: "narrator" };
    await failsWith("UNIMPLEMENTED", publishModelRegistered(nats, event));
  });
});
