import type { FieldDescriptor, MessageDescriptor, MethodDescriptor } from "./descriptor.js";
import type { Findings } from "./diagnostics.js";
import { type PathTemplate, parsePathTemplate, type TemplateVariable } from "./http-rule.js";
import { nameMembers } from "./names.js";
import { type OptionNode, optionNode } from "./options.js";
import { insideLiteral } from "./positions.js";
import { didYouMean } from "./suggest.js";
import type { Position, Route } from "./types.js";

const VERBS = ["get", "put", "post", "delete", "patch"] as const;
/** RFC 9110 tokens, as far as anyone uses them; `*` stands for every method. */
const CUSTOM_KIND = /^(?:[A-Za-z][A-Za-z0-9_-]*|\*)$/;

/** Messages by full name. */
export type MessageLookup = ReadonlyMap<string, MessageDescriptor>;

interface Context {
  readonly method: MethodDescriptor;
  readonly messages: MessageLookup;
  readonly findings: Findings;
}

/** The method's google.api.http bindings, the additional ones behind the first. */
export function buildRoutes(
  method: MethodDescriptor,
  messages: MessageLookup,
  findings: Findings,
): readonly Route[] {
  const rule = optionNode(method.options, "google.api.http", method.namePosition);
  if (rule === undefined) return [];
  const context = { method, messages, findings };
  const additional = rule.list("additional_bindings");
  for (const binding of additional) {
    if (binding.list("additional_bindings").length > 0) {
      findings.error(
        "http-nested-bindings",
        binding.at("additional_bindings"),
        "additional_bindings cannot hold additional_bindings",
      );
    }
  }
  return [rule, ...additional].flatMap((binding) => buildRoute(binding, context));
}

function buildRoute(rule: OptionNode, context: Context): Route[] {
  const pattern = patternOf(rule, context.findings);
  if (pattern === undefined) return [];
  const { path, position, httpMethod } = pattern;
  const result = parsePathTemplate(path);
  if (!result.ok) {
    const at = insideLiteral(position, path, result.offset);
    context.findings.error("http-path", at, `path "${path}": ${result.message}`);
    return [];
  }
  const { segments, variables, verb } = result.template;
  checkVariables(variables, (offset) => insideLiteral(position, path, offset), context);
  return [
    {
      httpMethod,
      path,
      segments,
      verb,
      variables: variables.map(({ fieldPath, start, end }) => ({ fieldPath, start, end })),
      body: bodyOf(rule, result.template, httpMethod, context),
      responseBody: responseBodyOf(rule, context),
      position,
    },
  ];
}

interface Pattern {
  readonly httpMethod: string;
  readonly path: string;
  readonly position: Position;
}

function patternOf(rule: OptionNode, findings: Findings): Pattern | undefined {
  for (const verb of VERBS) {
    const path = rule.string(verb);
    if (path !== undefined)
      return { httpMethod: verb.toUpperCase(), path, position: rule.at(verb) };
  }
  const custom = rule.child("custom");
  if (custom === undefined) {
    findings.error("http-rule", rule.at(), "the HTTP rule has no path", {
      suggestion: 'write one of get, put, post, delete, patch or custom: get: "/v1/orders"',
    });
    return undefined;
  }
  const kind = custom.string("kind") ?? "";
  if (!CUSTOM_KIND.test(kind)) {
    findings.error("http-rule", custom.at("kind"), `"${kind}" is not an HTTP method`);
    return undefined;
  }
  return {
    httpMethod: kind.toUpperCase(),
    path: custom.string("path") ?? "",
    position: custom.at("path"),
  };
}

function checkVariables(
  variables: readonly TemplateVariable[],
  at: (offset: number) => Position,
  { method, messages, findings }: Context,
): void {
  const seen = new Map<string, TemplateVariable>();
  for (const variable of variables) {
    const path = variable.fieldPath.join(".");
    const position = at(variable.offset);
    const first = seen.get(path);
    if (first !== undefined) {
      findings.error("http-variable", position, `"${path}" is in the path twice`, {
        related: [{ position: at(first.offset), message: "the first one is here" }],
      });
    }
    seen.set(path, variable);
    const flaw = fieldPathFlaw(variable.fieldPath, method.input, messages);
    if (flaw !== undefined) {
      findings.error("http-variable", position, flaw.message, { suggestion: flaw.suggestion });
    }
  }
}

/** A path leads through singular messages to a singular scalar or enum. */
function fieldPathFlaw(
  path: readonly string[],
  input: string,
  messages: MessageLookup,
): { readonly message: string; readonly suggestion?: string | undefined } | undefined {
  let current = messages.get(input);
  for (const [index, name] of path.entries()) {
    const shown = path.slice(0, index + 1).join(".");
    const field = current?.fields.find((candidate) => candidate.name === name);
    if (current === undefined || field === undefined) {
      return {
        message: `${current?.fullName ?? input} has no field "${name}"`,
        suggestion: didYouMean(name, current?.fields.map((candidate) => candidate.name) ?? []),
      };
    }
    if (field.label === "repeated") {
      return {
        message: `"${shown}" is ${field.map ? "a map" : "repeated"} and cannot be in a path`,
      };
    }
    const isMessage = field.type === "message" || field.type === "group";
    if (index < path.length - 1) {
      if (!isMessage) return { message: `"${shown}" has no fields: it is of type ${field.type}` };
      current = messages.get(field.typeName ?? "");
    } else if (isMessage) {
      const child = messages.get(field.typeName ?? "");
      const scalar = child?.fields.find((candidate) => isPathValue(candidate));
      return {
        message: `"${shown}" is a message (${field.typeName}) and cannot be in a path`,
        suggestion:
          scalar === undefined ? undefined : `name a field of it: {${shown}.${scalar.name}}`,
      };
    }
  }
  return undefined;
}

function isPathValue(field: FieldDescriptor): boolean {
  return field.label !== "repeated" && field.type !== "message" && field.type !== "group";
}

function bodyOf(
  rule: OptionNode,
  template: PathTemplate,
  httpMethod: string,
  context: Context,
): string | undefined {
  const body = rule.string("body");
  if (body === undefined || body === "") return undefined;
  const { method, findings } = context;
  if (httpMethod === "GET" || httpMethod === "DELETE") {
    findings.warning(
      "http-body",
      rule.at("body"),
      `a ${httpMethod} request has no body that servers agree on`,
      { suggestion: "leave body out, or use post" },
    );
  }
  if (body === "*") return body;
  // `/v1/{book.name}` with the body `book` is how a resource is updated (AIP-134).
  // `/v1/orders/{order.id}` with the body `order` is how updates are written (AIP-134).
  const isWhole = ({ fieldPath }: TemplateVariable) =>
    fieldPath.length === 1 && fieldPath[0] === body;
  if (template.variables.some(isWhole)) {
    findings.error("http-body", rule.at("body"), `"${body}" is in the path already`);
  }
  return property(rule, "body", body, method.input, context);
}

function responseBodyOf(rule: OptionNode, context: Context): string | undefined {
  const name = rule.string("response_body");
  if (name === undefined || name === "") return undefined;
  return property(rule, "response_body", name, context.method.output, context);
}

/** The TypeScript property of the field that `body` or `response_body` names. */
function property(
  rule: OptionNode,
  key: "body" | "response_body",
  name: string,
  typeName: string,
  { messages, findings }: Context,
): string | undefined {
  const message = messages.get(typeName);
  const local = message === undefined ? undefined : nameMembers(message).fields.get(name);
  if (local !== undefined) return local;
  const problem = name.includes(".")
    ? `${key} names one field of ${typeName}, not a path`
    : `${typeName} has no field "${name}"`;
  const names = message?.fields.map((field) => field.name) ?? [];
  findings.error("http-body", rule.at(key), problem, { suggestion: didYouMean(name, names) });
  return undefined;
}
