/**
 * The replies of NATS's micro API as JSON schemas, after
 * `schema_source/micro/v1/*.json` of nats-io/jsm.go and NATS ADR-32. Stricter than
 * the source in one way: nothing that is not named here may be sent.
 */
const name = { type: "string", pattern: "^[a-zA-Z0-9_-]+$" };
const semver = {
  type: "string",
  pattern:
    "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$",
};
const metadata = { type: "object", additionalProperties: { type: "string" } };
const count = { type: "integer", minimum: 0 };

const identity = {
  name,
  id: { type: "string", minLength: 1, pattern: "^[^.*>\\s]+$" },
  version: semver,
  metadata,
};

export const pingSchema = {
  type: "object",
  additionalProperties: false,
  required: ["type", "name", "id", "version", "metadata"],
  properties: { type: { const: "io.nats.micro.v1.ping_response" }, ...identity },
};

export const infoSchema = {
  type: "object",
  additionalProperties: false,
  required: ["type", "name", "id", "version", "metadata", "description", "endpoints"],
  properties: {
    type: { const: "io.nats.micro.v1.info_response" },
    ...identity,
    description: { type: "string" },
    endpoints: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["name", "subject", "queue_group"],
        properties: {
          name,
          subject: { type: "string", minLength: 1 },
          queue_group: { type: "string", minLength: 1 },
          metadata,
        },
      },
    },
  },
};

export const statsSchema = {
  type: "object",
  additionalProperties: false,
  required: ["type", "name", "id", "version", "metadata", "started", "endpoints"],
  properties: {
    type: { const: "io.nats.micro.v1.stats_response" },
    ...identity,
    started: {
      type: "string",
      pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$",
    },
    endpoints: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: [
          "name",
          "subject",
          "queue_group",
          "num_requests",
          "num_errors",
          "last_error",
          "processing_time",
          "average_processing_time",
        ],
        properties: {
          name,
          subject: { type: "string", minLength: 1 },
          queue_group: { type: "string", minLength: 1 },
          num_requests: count,
          num_errors: count,
          last_error: { type: "string" },
          processing_time: count,
          average_processing_time: count,
          data: {},
        },
      },
    },
  },
};
