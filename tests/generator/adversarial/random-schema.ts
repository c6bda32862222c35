import fc from "fast-check";
import type { Schemas } from "./compile.js";
import { NASTY_NAMES } from "./names.js";

const SCALARS =
  "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes".split(
    " ",
  );
const KEYS = SCALARS.filter((type) => !/double|float|bytes/.test(type));
const NAMES = NASTY_NAMES.filter((name) => /[a-z]/i.test(name));

const name = fc.constantFrom(...NAMES);

/** Names that protobuf, which compares some without case and underscores, tells apart. */
const names = (options: { minLength?: number; maxLength: number }) =>
  fc.uniqueArray(name, { ...options, selector: (text) => text.replaceAll("_", "").toLowerCase() });

const kind = fc.constantFrom(
  "plain",
  "optional",
  "repeated",
  "map",
  "oneof",
) satisfies fc.Arbitrary<string>;

const field = fc.record({ kind, type: fc.nat(), key: fc.constantFrom(...KEYS), jump: fc.nat(3) });
const body = fc.record({
  names: names({ maxLength: 8 }),
  oneof: name,
  fields: fc.array(field, { minLength: 8, maxLength: 8 }),
});

const file = fc.record({
  messages: names({ minLength: 1, maxLength: 5 }),
  nested: names({ maxLength: 2 }),
  bodies: fc.array(body, { minLength: 7, maxLength: 7 }),
  enums: names({ maxLength: 2 }),
  values: names({ minLength: 1, maxLength: 4 }),
  services: names({ maxLength: 2 }),
  methods: names({ maxLength: 4 }),
  streams: fc.array(fc.constantFrom("", "stream "), { minLength: 8, maxLength: 8 }),
});

type File = typeof file extends fc.Arbitrary<infer T> ? T : never;
type Body = typeof body extends fc.Arbitrary<infer T> ? T : never;

/** Two packages, the first of which imports the other; every type is named in full. */
export const randomSchemas: fc.Arbitrary<Schemas> = fc
  .tuple(name, name, file, file)
  .filter(([a, b]) => a.toLowerCase() !== b.toLowerCase())
  .map(([a, b, first, second]) => {
    const [near, far] = [`rnd.${a}`, `rnd.${b}`];
    return {
      "a.proto": fileText(near, first, "b.proto", typesOf(far, second)),
      "b.proto": fileText(far, second),
    };
  });

function typesOf(pkg: string, item: File) {
  const { top, enums } = declared(item);
  const messages = top.map((text) => `.${pkg}.${text}`);
  return { messages, all: [...messages, ...enums.map((text) => `.${pkg}.${text}`)] };
}

/** Messages, enums and services of a package share one scope, and so do the values of an enum there. */
function declared(item: File) {
  const top = item.messages;
  const taken = new Set(top);
  const enums = item.enums.filter((text) => !taken.has(text));
  for (const text of enums) taken.add(text);
  const services = item.services.filter((text) => !taken.has(text));
  return { top, enums, services };
}

function fileText(
  pkg: string,
  item: File,
  imported?: string,
  foreign: ReturnType<typeof typesOf> = { messages: [], all: [] },
): string {
  const { top, enums, services } = declared(item);
  const own = typesOf(pkg, item);
  const types = [...SCALARS, ...own.all, ...foreign.all, "google.protobuf.Timestamp"];
  const [outer = ""] = top;
  const messages = top.map((text, index) => {
    const nested = text === outer ? item.nested : [];
    const inner = nested.map((nestedName, at) =>
      messageText(nestedName, item.bodies[5 + at], types, ""),
    );
    return messageText(text, item.bodies[index], types, inner.join("\n"), nested);
  });
  const requests = [...own.messages, ...foreign.messages];
  const request = (index: number) =>
    (item.streams[index % 8] ?? "") + (requests[index % requests.length] ?? "");
  return [
    `syntax = "proto3"; package ${pkg}; import "google/protobuf/timestamp.proto";`,
    imported === undefined ? "" : `import "${imported}";`,
    ...messages,
    ...enums.map(
      (text) =>
        `enum ${text} { ${item.values.map((value, n) => `V_${text}_${value} = ${n};`).join(" ")} }`,
    ),
    ...services.map(
      (text) =>
        `service ${text} { ${item.methods.map((method, n) => `rpc ${method}(${request(n)}) returns (${request(n + 3)});`).join(" ")} }`,
    ),
  ].join("\n");
}

function messageText(
  text: string,
  content: Body | undefined,
  types: readonly string[],
  nested: string,
  taken: readonly string[] = [],
): string {
  if (content === undefined) return `message ${text} {}`;
  let number = 0;
  const members: string[] = [];
  const lines = content.names.flatMap((fieldName, index) => {
    const item = content.fields[index];
    if (item === undefined || taken.includes(fieldName)) return [];
    number += 1 + item.jump;
    const type = types[item.type % types.length] ?? "int32";
    if (item.kind === "map") return [`map<${item.key}, ${type}> ${fieldName} = ${number};`];
    if (item.kind === "oneof") {
      members.push(`${type} ${fieldName} = ${number};`);
      return [];
    }
    return [`${item.kind === "plain" ? "" : item.kind} ${type} ${fieldName} = ${number};`];
  });
  const isFree = !content.names.includes(content.oneof) && !taken.includes(content.oneof);
  const oneof = isFree ? content.oneof : "the_oneof";
  if (members.length > 0) lines.push(`oneof ${oneof} { ${members.join(" ")} }`);
  return `message ${text} {\n${nested}\n${lines.join("\n")}\n}`;
}
