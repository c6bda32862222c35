import { NatsgenError } from "@natsgen/runtime";
import { Any, Timestamp } from "@natsgen/runtime/wkt";
import { InvalidTransition, VersionMismatch } from "../../../generated/game/common/v1/index.js";
import {
  Model,
  ModelHealthStatus,
  type ModelMgmtServiceHandlers,
  ModelStage,
  type ReportModelHealthRequest,
} from "../../../generated/game/model_mgmt/v1/index.js";

const NEXT: Readonly<Record<string, ModelStage>> = {
  [ModelStage.CANDIDATE]: ModelStage.STAGING,
  [ModelStage.STAGING]: ModelStage.PRODUCTION,
};

/** model_mgmt in memory, by the rules of its schema; it publishes no events. */
export function createModelRegistry(): ModelMgmtServiceHandlers {
  const models = new Map<string, Model>();
  const reports = new Map<string, ReportModelHealthRequest>();

  function find(id: string): Model {
    const model = models.get(id);
    if (model === undefined) throw new NatsgenError("NOT_FOUND", `no model ${id}`);
    return model;
  }

  /** Stores a change, if the caller has seen the model's version. */
  function change(id: string, expectedVersion: bigint | undefined, changes: Partial<Model>): Model {
    const model = find(id);
    if (expectedVersion === undefined) {
      throw new NatsgenError("INVALID_ARGUMENT", "expected_version is required");
    }
    if (model.version !== expectedVersion) {
      throw new NatsgenError("ABORTED", `${id} has another version`, {
        details: [
          Any.pack(VersionMismatch, {
            resource: `models/${id}`,
            expectedVersion,
            currentVersion: model.version,
          }),
        ],
      });
    }
    const version = model.version + 1n;
    const changed = new Model({ ...model, ...changes, version, updateTime: Timestamp.now() });
    models.set(id, changed);
    return changed;
  }

  function healthOf(modelId: string) {
    const own = [...reports.values()].filter((report) => report.modelId === modelId);
    const requestCount = own.reduce((sum, report) => sum + BigInt(report.requestCount), 0n);
    const errorCount = own.reduce((sum, report) => sum + BigInt(report.errorCount), 0n);
    const latencies = own
      .flatMap((report) => report.latencies.map((latency) => latency.toMillis()))
      .sort((a, b) => a - b);
    const percentile = (share: number) => latencies[Math.ceil(latencies.length * share) - 1];
    return {
      modelId,
      status: statusOf(Number(requestCount), Number(errorCount)),
      requestCount,
      errorCount,
      latencyP50: percentile(0.5),
      latencyP99: percentile(0.99),
    };
  }

  return {
    registerModel({ modelId, displayName, ...rest }) {
      if (models.has(modelId)) throw new NatsgenError("ALREADY_EXISTS", `${modelId} is taken`);
      const now = Timestamp.now();
      const model = new Model({
        ...rest,
        modelId,
        displayName: displayName || modelId,
        version: 1n,
        stage: ModelStage.CANDIDATE,
        createTime: now,
        updateTime: now,
        healthStatus: ModelHealthStatus.NO_DATA,
      });
      models.set(modelId, model);
      return { model };
    },

    getModel: ({ modelId }) => ({ model: find(modelId) }),

    listModels({ stages, capabilities, provider, pageSize, pageToken }) {
      const matching = [...models.values()]
        .reverse()
        .filter(({ stage }) =>
          stages.length === 0 ? stage !== ModelStage.RETIRED : stages.includes(stage),
        )
        .filter((model) => capabilities.every((one) => model.capabilities.includes(one)))
        .filter((model) => provider === undefined || model.provider === provider);
      const start = pageToken === "" ? 0 : Number(pageToken);
      const end = start + (pageSize || 50);
      return {
        models: matching.slice(start, end),
        nextPageToken: end < matching.length ? String(end) : "",
        totalSize: matching.length,
      };
    },

    updateModel({ model, updateMask, expectedVersion }) {
      if (model?.modelId === undefined || updateMask?.paths.length !== 1) {
        throw new NatsgenError("INVALID_ARGUMENT", "one field, the name or the labels");
      }
      const { displayName, labels } = model;
      const changes = updateMask.paths[0] === "labels" ? { labels } : { displayName };
      return { model: change(model.modelId, expectedVersion, changes) };
    },

    promoteModel({ modelId, targetStage, expectedVersion }) {
      const { stage } = find(modelId);
      if (NEXT[stage] !== targetStage) {
        throw new NatsgenError(
          "FAILED_PRECONDITION",
          `${stage} is not followed by ${targetStage}`,
          {
            details: [
              Any.pack(InvalidTransition, {
                resource: `models/${modelId}`,
                currentStatus: String(stage),
                allowedStatuses: [ModelStage.CANDIDATE, ModelStage.STAGING],
              }),
            ],
          },
        );
      }
      const model = change(modelId, expectedVersion, { stage: targetStage });
      return { model, previousStage: stage };
    },

    retireModel({ modelId, expectedVersion }) {
      const changes = { stage: ModelStage.RETIRED, retireTime: Timestamp.now() };
      return { model: change(modelId, expectedVersion, changes) };
    },

    getModelHealth({ modelId }) {
      find(modelId);
      return { health: healthOf(modelId) };
    },

    reportModelHealth(report) {
      find(report.modelId);
      reports.set(report.reportId, report);
      return { status: healthOf(report.modelId).status };
    },
  };
}

/** The limits of the schema: 1 % and 20 %. */
function statusOf(requests: number, errors: number): ModelHealthStatus {
  if (requests === 0) return ModelHealthStatus.NO_DATA;
  if (errors / requests < 0.01) return ModelHealthStatus.HEALTHY;
  return errors / requests <= 0.2 ? ModelHealthStatus.DEGRADED : ModelHealthStatus.UNHEALTHY;
}
