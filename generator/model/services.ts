import type { MethodDescriptor, ServiceDescriptor } from "./descriptor.js";
import type { Findings } from "./diagnostics.js";
import { commentsOf, type Home, isDeprecated } from "./messages.js";
import { nameMethods } from "./names.js";
import { type OptionNode, optionNode } from "./options.js";
import { compareText } from "./order.js";
import { insideLiteral } from "./positions.js";
import { buildRoutes, type MessageLookup } from "./routes.js";
import { mergeRules, type OwnRules, readMethodRules } from "./rules.js";
import { type Flaw, nameFlaw, subjectFlaw } from "./subject.js";
import type { Method, MethodKind, Position, Service } from "./types.js";

/** https://semver.org, as ADR-32 asks of a service's version. */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

export function buildService(
  node: ServiceDescriptor,
  home: Home,
  messages: MessageLookup,
  findings: Findings,
): Service {
  const rules = optionNode(node.options, "natsgen.v1.service", node.namePosition);
  const subject = checked(rules, "subject", subjectFlaw, findings) ?? node.fullName;
  const defaultsNode = rules?.child("defaults");
  if (defaultsNode?.has("subject") === true) {
    findings.error(
      "invalid-rule",
      defaultsNode.at("subject"),
      "a subject cannot be a default: every method needs one of its own",
    );
  }
  const context = {
    subject,
    defaults: readMethodRules(defaultsNode, findings),
    names: nameMethods(node),
    messages,
    findings,
  };
  return {
    name: node.name,
    typeName: node.fullName,
    localName: home.names.get(node.fullName) ?? node.name,
    file: node.file,
    package: home.package,
    subject,
    queueGroup: checked(rules, "queue_group", queueGroupFlaw, findings) ?? "q",
    version: checked(rules, "version", versionFlaw, findings) ?? "0.0.0",
    metadata: [...(rules?.stringMap("metadata") ?? [])].sort(([a], [b]) => compareText(a, b)),
    methods: node.methods.map((method) => buildMethod(method, context)),
    deprecated: isDeprecated(node.options),
    comments: commentsOf(node.comments),
    position: node.namePosition,
  };
}

interface MethodContext {
  readonly subject: string;
  readonly defaults: OwnRules;
  readonly names: ReadonlyMap<string, string>;
  readonly messages: MessageLookup;
  readonly findings: Findings;
}

const IDEMPOTENCY: Readonly<Record<string, Method["idempotency"]>> = {
  NO_SIDE_EFFECTS: "noSideEffects",
  IDEMPOTENT: "idempotent",
};

function buildMethod(node: MethodDescriptor, context: MethodContext): Method {
  const { findings, messages } = context;
  const rules = optionNode(node.options, "natsgen.v1.method", node.namePosition);
  const own = checked(rules, "subject", subjectFlaw, findings) ?? node.name;
  const subject = `${context.subject}.${own}`;
  const flaw = subjectFlaw(subject);
  if (flaw !== undefined && subjectFlaw(context.subject) === undefined) {
    findings.error("invalid-subject", rules?.at("subject") ?? node.namePosition, flaw.message);
  }
  const level = node.options.values.get("idempotency_level");
  const idempotency = (typeof level === "string" ? IDEMPOTENCY[level] : undefined) ?? "unknown";
  const ownRules = readMethodRules(rules, findings);
  const merged = mergeRules(context.defaults, ownRules);
  if (rules !== undefined) {
    warnOfIdleRules(rules, ownRules, { kind: kindOf(node), idempotency, rules: merged }, findings);
  }
  return {
    name: node.name,
    localName: context.names.get(node.name) ?? node.name,
    kind: kindOf(node),
    subject,
    input: node.input,
    output: node.output,
    idempotency,
    rules: merged,
    routes: buildRoutes(node, messages, findings),
    deprecated: isDeprecated(node.options),
    comments: commentsOf(node.comments),
    position: node.namePosition,
  };
}

/**
 * Warns of rules that the method itself sets and that do nothing. A service's
 * defaults are for those of its methods that they suit.
 */
function warnOfIdleRules(
  node: OptionNode,
  own: OwnRules,
  method: Pick<Method, "kind" | "idempotency" | "rules">,
  findings: Findings,
): void {
  const keyMode = method.rules.idempotencyKey?.mode ?? "ignored";
  const isRepeatable = method.idempotency !== "unknown" || keyMode !== "ignored";
  if ((own.retry?.maxAttempts ?? 1) > 1 && !isRepeatable) {
    findings.warning(
      "retry-not-safe",
      node.at("retry"),
      "calls are not retried: nothing says that the method is safe to repeat",
      { suggestion: "option idempotency_level = IDEMPOTENT; or idempotency: {key: …}" },
    );
  }
  if (own.cache !== undefined && method.idempotency !== "noSideEffects") {
    findings.warning(
      "cache-not-safe",
      node.at("cache"),
      "answers are not cached: the method may have side effects",
      { suggestion: "option idempotency_level = NO_SIDE_EFFECTS;" },
    );
  }
  if (own.stream !== undefined && method.kind === "unary") {
    findings.warning("rule-without-effect", node.at("stream"), "the method does not stream");
  }
}

function kindOf({ clientStreaming, serverStreaming }: MethodDescriptor): MethodKind {
  if (clientStreaming) return serverStreaming ? "bidiStreaming" : "clientStreaming";
  return serverStreaming ? "serverStreaming" : "unary";
}

function queueGroupFlaw(text: string): Flaw | undefined {
  return nameFlaw("queue group", text);
}

function versionFlaw(text: string): Flaw | undefined {
  if (SEMVER.test(text)) return undefined;
  return { offset: 0, message: `"${text}" is not a semantic version, such as 1.0.0` };
}

const FIELD_RULES: Readonly<Record<string, string>> = {
  subject: "invalid-subject",
  queue_group: "invalid-queue-group",
  version: "invalid-version",
};

/** A text of the rules, if it passes; a flaw is reported at its character. */
function checked(
  rules: OptionNode | undefined,
  name: string,
  flawOf: (text: string) => Flaw | undefined,
  findings: Findings,
): string | undefined {
  const text = rules?.string(name);
  if (rules === undefined || text === undefined) return undefined;
  const flaw = flawOf(text);
  if (flaw === undefined) return text;
  const position: Position = insideLiteral(rules.at(name), text, flaw.offset);
  findings.error(FIELD_RULES[name] ?? "invalid-rule", position, flaw.message);
  return undefined;
}
