import type { Diagnostic, Route, RouteSegment, Schema } from "../model/types.js";
import { allRoutes } from "./members.js";

/**
 * Two routes that match the same requests: one method and one path, once
 * variables are wildcards. `/v1/orders/{id}` and `/v1/orders/{order.name}` are
 * the same; `/v1/orders/{id}` and `/v1/orders/mine` are not, for the fixed
 * segment wins.
 */
export function duplicateRoutes(schema: Schema): readonly Diagnostic[] {
  const first = new Map<string, { readonly name: string; readonly route: Route }>();
  const findings: Diagnostic[] = [];
  for (const { name, route } of allRoutes(schema)) {
    const key = routeKey(route);
    const known = first.get(key);
    if (known === undefined) {
      first.set(key, { name, route });
      continue;
    }
    const shown = `${route.httpMethod} ${route.path}`;
    const other = known.route.path === route.path ? "" : ` (there: ${known.route.path})`;
    findings.push({
      severity: "error",
      rule: "duplicate-route",
      message:
        known.name === name
          ? `${name} has the route "${shown}" twice${other}`
          : `${name} and ${known.name} are both on the route "${shown}"${other}`,
      position: route.position,
      suggestion: "give one of them another path",
      related: [{ position: known.route.position, message: `the first is here, of ${known.name}` }],
    });
  }
  return findings;
}

function routeKey({ httpMethod, segments, verb }: Route): string {
  return `${httpMethod} /${segments.map(segmentKey).join("/")}:${verb ?? ""}`;
}

function segmentKey(segment: RouteSegment): string {
  if (segment.kind === "literal") return segment.value;
  return segment.kind === "wildcard" ? "*" : "**";
}
