import type { Diagnostic, Schema } from "../model/types.js";
import { allRoutes } from "./members.js";

/** Routes of methods whose requests stream: HTTP has no way to send them. */
export function streamingRoutes(schema: Schema): readonly Diagnostic[] {
  return allRoutes(schema).flatMap(({ name, method, route }): Diagnostic[] => {
    if (method.kind === "unary" || method.kind === "serverStreaming") return [];
    return [
      {
        severity: "warning",
        rule: "streaming-route",
        message: `${name} takes a stream of requests, which no HTTP route can carry`,
        position: route.position,
        suggestion: "remove the google.api.http option",
      },
    ];
  });
}
