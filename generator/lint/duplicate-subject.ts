import type { Diagnostic, Position, Schema } from "../model/types.js";
import { allMethods } from "./members.js";

/** Two methods on one subject: each call would reach one of two handlers, by chance. */
export function duplicateSubjects(schema: Schema): readonly Diagnostic[] {
  const first = new Map<string, { readonly name: string; readonly position: Position }>();
  const findings: Diagnostic[] = [];
  for (const { typeName, method } of allMethods(schema)) {
    const name = `${typeName}.${method.name}`;
    const known = first.get(method.subject);
    if (known === undefined) {
      first.set(method.subject, { name, position: method.position });
      continue;
    }
    findings.push({
      severity: "error",
      rule: "duplicate-subject",
      message: `${name} and ${known.name} are both on the subject "${method.subject}"`,
      position: method.position,
      suggestion: "give one of them, or its service, another subject",
      related: [{ position: known.position, message: `${known.name} is declared here` }],
    });
  }
  return findings;
}
