import type { Schemas } from "./compile.js";
import { NASTY_NAMES } from "./names.js";

const P3 = 'syntax = "proto3";\n';

/** Names that differ by more than case and underscores: protobuf takes the others for one. */
const NAMES = [
  ...new Map(
    NASTY_NAMES.map((name) => [name.replaceAll("_", "").toLowerCase(), name] as const).filter(
      ([key]) => key !== "",
    ),
  ).values(),
];

const KEYS =
  "int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string".split(
    " ",
  );

const WELL_KNOWN =
  "Timestamp Duration Any Struct Value ListValue Empty FieldMask Int64Value StringValue BytesValue BoolValue DoubleValue FileDescriptorProto Type Api"
    .split(" ")
    .map((name) => `google.protobuf.${name}`);

const VALUES = [
  ...KEYS,
  ..."double float bytes E M other.E other.M google.protobuf.NullValue google.rpc.Status".split(
    " ",
  ),
  ...WELL_KNOWN,
];

const IMPORTS = [
  ..."timestamp duration any struct empty field_mask wrappers descriptor type api"
    .split(" ")
    .map((name) => `google/protobuf/${name}.proto`),
  "google/rpc/status.proto",
]
  .map((path) => `import "${path}";\n`)
  .join("");

function numbered(names: readonly string[], line: (name: string, number: number) => string) {
  return names.map((name, index) => line(name, index + 1)).join("\n");
}

/** One message with every type in every position. */
function everyPosition(): string {
  let number = 0;
  const next = () => {
    number += 1;
    return `f${number} = ${number};`;
  };
  const plain = VALUES.flatMap((type) => [
    `${type} ${next()}`,
    `repeated ${type} ${next()}`,
    `optional ${type} ${next()}`,
    `oneof single_${number} { ${type} ${next()} }`,
  ]);
  const maps = KEYS.flatMap((key) => VALUES.map((type) => `map<${key}, ${type}> ${next()}`));
  const members = VALUES.map((type) => `${type} ${next()}`);
  return `message All {\n${[...plain, ...maps].join("\n")}\noneof all {\n${members.join("\n")}\n}\n}\n`;
}

const BASE = "message Leaf { int32 x = 1; }\n";

function fieldsNamed(type: string, message: string): string {
  return `message ${message} {\n${numbered(NAMES, (name, n) => `${type} ${name} = ${n};`)}\n}\n`;
}

const PACKAGES =
  "class import index messages service routes events codec subjects a a.b a.b.c constructor then default export.class __proto__ prototype toString a_b aB foo.index natsgen google eventSubjects unpackaged"
    .split(" ")
    .map((name, index): [string, string] => [
      `p${index}.proto`,
      `${P3}package ${name};\nimport "google/api/annotations.proto";\n` +
        "message M { int32 a = 1; enum E { Z = 0; } E e = 2; }\n" +
        `service S { rpc Get(M) returns (M) { option (google.api.http) = { get: "/p${index}" }; } }`,
    ]);

/** Valid schemas that are as unkind as protoc allows; `compile.test.ts` says what must become of them. */
export const CORPUS: Readonly<Record<string, Schemas>> = {
  message_names: {
    "a.proto":
      `${P3}package mn;\n` +
      numbered(
        NAMES,
        (name) =>
          `message ${name} { string a = 1; .mn.${name} self = 2; map<string, .mn.${name}> m = 3; ` +
          `repeated .mn.${name} r = 4; oneof o { .mn.${name} c = 5; int32 d = 6; } bytes b = 7; ` +
          "double f = 8; int64 l = 9; sint64 s = 10 [jstype = JS_STRING]; }",
      ) +
      `service S {\n${NAMES.map((name, n) => `rpc M${n}(.mn.${name}) returns (.mn.${name});`).join("\n")}\n}`,
  },
  field_names: {
    "a.proto":
      `${P3}package fn;\n${BASE}` +
      fieldsNamed("string", "Strings") +
      fieldsNamed("optional int64", "Longs") +
      fieldsNamed("repeated .fn.Leaf", "Lists") +
      fieldsNamed(".fn.Leaf", "Leaves") +
      fieldsNamed("map<string, .fn.Leaf>", "Maps") +
      `message OneofMembers { oneof o {\n${numbered(NAMES, (name, n) => `.fn.Leaf ${name} = ${n};`)}\n} }\n` +
      `message Oneofs {\n${numbered(NAMES, (name, n) => `oneof ${name} { int32 a${n} = ${n}; }`)}\n}\n`,
    "b.proto":
      `syntax = "proto2"; package fn2;\nmessage Ext { extensions 1 to max; }\nextend Ext {\n` +
      numbered(NAMES, (name, n) => `optional int32 ${name} = ${n};`) +
      "\n}\nmessage Required {\n" +
      numbered(NAMES, (name, n) => `required string ${name} = ${n};`) +
      "\n}\n",
  },
  enum_names: {
    "a.proto":
      `${P3}package en;\n` +
      numbered(NAMES, (name) => `enum ${name} { Z_${name} = 0; A_${name} = 1; }`) +
      `message Values { enum V {\n${NAMES.map((name, n) => `${name} = ${n};`).join("\n")}\n} V v = 1; map<int32, V> m = 2; }\n` +
      `message U {\n${numbered(NAMES, (name, n) => `.en.${name} f${n} = ${n};`)}\n}\n`,
  },
  service_names: {
    "a.proto":
      `${P3}package sn;\nmessage M {}\n` +
      `service All {\n${NAMES.map((name) => `rpc ${name}(M) returns (M);`).join("\n")}\n}\n` +
      NAMES.map(
        (name) =>
          `service ${name} { rpc Get(.sn.M) returns (stream .sn.M); ` +
          "rpc Both(stream .sn.M) returns (stream .sn.M); rpc Up(stream .sn.M) returns (.sn.M); }",
      ).join("\n"),
  },
  packages: Object.fromEntries(PACKAGES),
  positions: {
    "a.proto": `${P3}${IMPORTS}import "b.proto";\npackage positions;\nenum E { E_A = 0; }\nmessage M { int32 a = 1; }\n${everyPosition()}`,
    "b.proto": `${P3}package other; enum E { E_A = 0; } message M { int32 a = 1; }`,
  },
  derived_names: {
    "a.proto": `syntax = "proto2"; package derived;
message Foo { optional int32 a = 1; message Init {} } message FooInit { optional Foo f = 1; }
message FooInitInit {} message FooClient {} message createFooClient {} message FooTable {}
message A { message B { enum C { Z = 0; } } } message A_B {} message A_B_C { optional A.B b = 1; }
message readFoo { optional Foo f = 1; } message writeFoo { optional Foo f = 1; }
message Ent { map<string, Foo> m = 1; map<string, Foo> mm = 2; } message readEntMEntry {} message EntMEntry {}
message F { optional int32 foo_bar = 1; optional int32 fooBar = 2; optional int32 _foo = 3;
  optional int32 foo__bar = 4; optional int32 foo_1 = 5; optional int32 foo1 = 6; optional int32 Foo = 7; }
enum Color { COLOR_UNKNOWN = 0; UNKNOWN = 1; COLOR_1 = 2; COLOR__1 = 3; COLOR_COLOR_RED = 4; COLOR_RED = 5;
  COLOR___proto__ = 6; COLOR_constructor = 7; option deprecated_legacy_json_field_conflicts = true; }
service Svc { rpc A(Foo) returns (Foo); rpc a(Foo) returns (Foo); } service SvcClient { rpc A(Foo) returns (Foo); }
service createSvc { rpc A(Foo) returns (Foo); } message serveSvc {} message SvcHandlers {}
message Mx { oneof value { int32 case = 1; int32 value_ = 2; Mx val = 3; } oneof case_ { Foo x = 4; }
  optional group Grp = 10 { optional group Inner = 11 { optional Grp g = 12; } }
  oneof gg { group Og = 20 { repeated int32 q = 21; } } repeated group Rg = 30 { required int32 x = 31; } }
message Ee { extensions 100 to max; extend Ee { optional Ee ee = 200; optional group Gx = 203 { optional int32 z = 1; } } }
extend Ee { optional Foo foo = 100; }
`,
  },
  across_packages: {
    "a.proto": `${P3}package x.a.v1; import "b.proto"; message Order { x.b.v1.Order o = 1; x.b.v1.Status s = 2;
  map<string, x.b.v1.Status> ms = 3; map<int64, x.b.v1.Order> mo = 4; oneof k { x.b.v1.Order ko = 5; } }
message Status { x.b.v1.Status t = 1; } message OrderInit { x.b.v1.OrderInit i = 1; } message BV1Order { x.b.v1.Order o = 1; }
service S { rpc A(x.b.v1.Order) returns (Order); rpc B(stream x.b.v1.OrderInit) returns (stream OrderInit); }`,
    "b.proto": `${P3}package x.b.v1; import "c.proto"; message Order { x.a.v1.Later l = 1; Order self = 2; }
enum Status { STATUS_UNSPECIFIED = 0; } message OrderInit {}`,
    "c.proto": `${P3}package x.a.v1; message Later { int32 x = 1; }`,
    "d.proto": 'import public "e.proto";',
    "e.proto": `${P3}import public "c.proto";`,
    "f.proto": `${P3}import "d.proto"; message NoPackage { x.a.v1.Later l = 1; }`,
    "empty.proto": "",
  },
  texts: {
    "a.proto": `${P3}// */ \` \${x} {{x}} \u2028 😀 \\u002a/\npackage texts;
// */ export const evil = 1; /* \`\${x}\` {{x}} {{{x}}} <b> &amp; \u2028\u2029 @deprecated
message M { // */
 string a = 1; // */
 // *\\/ \\*/
 oneof o { // */
  string b = 2; /* * / */
 }
}
// Says "*/" \`\${x}\` {{x}} \u2028. Then more.
service S { rpc A(M) returns (M); // */
}
`,
    "crlf.proto": "syntax = 'proto3';\r\npackage crlf;\r\n// a\r\n// */\r\nmessage M {} // b\r\n",
    "sp ace/n\u00e4 'q' \"d\" `t` 😀.proto": `${P3}package odd; message M {}`,
    "line\nend\u2028.proto": `${P3}package lines; message M {}`,
    "defaults.proto": `syntax = "proto2"; package defaults; enum E { A = -2147483648; B = 2; } message M {
 optional string s = 1 [default = "q\\"'\`\${x}\\n\\\\ \\u2028 {{y}}"]; optional bytes b = 2 [default = "\\000\\377\\""];
 optional double d = 3 [default = -inf]; optional float f = 4 [default = nan]; optional E e = 5 [default = B];
 optional int64 l = 6 [default = -9223372036854775808]; optional uint64 u = 7 [default = 18446744073709551615];
 optional double z = 8 [default = -0.0]; required int32 r = 536870911 [default = 0777]; optional int32 defaults = 9; }`,
  },
  editions: {
    "a.proto": `edition = "2023"; package ed; option features.enum_type = CLOSED; option features.repeated_field_encoding = EXPANDED;
enum E { A = 1; } enum O { option features.enum_type = OPEN; Z = 0; }
message M { E e = 1; O o = 2; repeated E r = 3; repeated O p = 4 [features.repeated_field_encoding = PACKED];
 map<string, E> m = 5; oneof q { E x = 6; O y = 7; M od = 15 [features.message_encoding = DELIMITED]; }
 int32 imp = 8 [features.field_presence = IMPLICIT]; int32 req = 9 [features.field_presence = LEGACY_REQUIRED];
 M del = 10 [features.message_encoding = DELIMITED]; repeated M rd = 11 [features.message_encoding = DELIMITED];
 string raw = 13 [features.utf8_validation = NONE]; extensions 1000 to 2000; }
extend M { M ext = 1000 [features.message_encoding = DELIMITED]; repeated E es = 1001; }
service S { rpc A(M) returns (M); }`,
  },
  events: {
    "a.proto": `${P3}package ev.v1; import "natsgen/v1/options.proto";
option (natsgen.v1.stream) = { name: "EVENTS" description: "*/ \`\${x}\` {{x}} \\"q\\"" max_age: { seconds: 60 } };
option (natsgen.v1.stream) = { name: "events-2" };
message Placed { option (natsgen.v1.event) = { stream: "EVENTS" subject: "ev.{order_id}.{constructor}.{kind}.{at}.{ok}" dedupe_field: "order_id" ordering_field: "constructor" };
  string order_id = 1; string constructor = 2; Kind kind = 3; int64 at = 4; bool ok = 5; }
enum Kind { KIND_UNSPECIFIED = 0; }
message PlacedEvent { option (natsgen.v1.event) = { stream: "events-2" }; } message EventsStream {} message publishPlaced {}
message placedSubject { option (natsgen.v1.event) = { stream: "EVENTS" }; } message EventDescriptor { option (natsgen.v1.event) = { stream: "EVENTS" }; }
message subjectToken { option (natsgen.v1.event) = { stream: "other" subject: "o.{a}" }; string a = 1; }
message Outer { message Placed { option (natsgen.v1.event) = { stream: "EVENTS" }; } }
message class { option (natsgen.v1.event) = { stream: "EVENTS" subject: "c.{class}.{event}" }; string class = 1; string event = 2; }
service Placed_ { rpc consumePlaced(Placed) returns (PlacedEvent); }`,
  },
  big: {
    "a.proto":
      `${P3}package big;\n` +
      Array.from(
        { length: 500 },
        (_, i) =>
          `message M${i} { M${(i * 7 + 1) % 500} a = 1; repeated M${(i + 1) % 500} b = 2; oneof z { M${(i + 3) % 500} p = 3; string q = 4; } }`,
      ).join("\n") +
      `\nmessage Wide {\n${Array.from({ length: 200 }, (_, i) => `string f${i} = ${i + 1};`).join("\n")}\nint32 last = 536870911; }\n` +
      `${Array.from({ length: 28 }, (_, i) => `message D${i} { int32 x = 1;`).join(" ")}${"}".repeat(28)}`,
  },
};
