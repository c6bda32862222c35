/** One mistake each. `⟦…⟧` marks where the error has to point. */
export interface InvalidCase {
  readonly rule: string;
  readonly source: string;
  /** Part of the message. */
  readonly says?: string;
  /** Part of the suggestion. */
  readonly hint?: string;
  /** False where Debian's protoc (3.21) accepts it, or where only natsgen says more. */
  readonly protoc?: false;
}

const p3 = (body: string): string => `syntax = "proto3";\n${body}`;
const p2 = (body: string): string => `syntax = "proto2";\n${body}`;
const ed = (body: string): string => `edition = "2023";\n${body}`;

export const LEGACY_CASES: readonly InvalidCase[] = [
  // Characters, literals, comments.
  { rule: "unterminated-string", source: p3('import ⟦"a.proto;⟧\n'), hint: "close it with" },
  { rule: "unterminated-comment", source: p3("⟦/*⟧ never"), hint: "close it" },
  { rule: "unexpected-character", source: p3("message A { ⟦#⟧ }"), hint: "//" },
  { rule: "unexpected-character", source: p3("message A { ⟦é⟧ }"), says: '"é"' },
  { rule: "invalid-number", source: p3("message A { int32 a = ⟦1a⟧; }"), says: "letter" },
  { rule: "invalid-number", source: p3("message A { int32 a = ⟦09⟧; }"), says: "octal" },
  { rule: "invalid-number", source: p3("message A { int32 a = ⟦0xg⟧; }"), says: "hexadecimal" },
  { rule: "invalid-escape", source: p3('option java_package = "a⟦\\q⟧";'), hint: "backslash" },
  { rule: "invalid-escape", source: p3('option java_package = "⟦\\x⟧";'), hint: "hexadecimal" },

  // Statements.
  { rule: "syntax", source: p3("⟦mesage⟧ A {}"), hint: 'did you mean "message"?' },
  { rule: "syntax", source: p3("message A { mesage B ⟦{⟧} }"), hint: 'did you mean "message"?' },
  { rule: "syntax", source: p3("message ⟦{⟧ }"), says: "the name of the message" },
  { rule: "syntax", source: p3("message A { string ⟦=⟧ 1; }"), says: "the name of the field" },
  { rule: "syntax", source: p3("message A { string a⟦;⟧ }"), says: '"=" and the number' },
  { rule: "missing-semicolon", source: p3("message A {\n  string a = 1⟦⟧\n  string b = 2;\n}") },
  { rule: "missing-semicolon", source: p3("package a⟦⟧\nmessage A {}") },
  {
    rule: "unclosed-block",
    source: p3("message A {\n  string a = 1;⟦\n⟧").replace("⟦\n⟧", "\n⟦⟧"),
    says: "end of the file",
  },
  { rule: "syntax", source: p3("import ⟦a⟧;"), hint: "in quotes" },
  {
    rule: "syntax",
    source: p3("service S { ⟦rcp⟧ A(A) returns (A); }\nmessage A {}"),
    hint: 'did you mean "rpc"?',
  },
  {
    rule: "syntax",
    source: p3("message A {}\nservice S { rpc A(A) ⟦retuns⟧ (A); }"),
    hint: 'did you mean "returns"?',
  },
  {
    rule: "syntax",
    source: p3("message A {}\nservice S { rpc R(⟦)⟧ returns (A); }"),
    says: "the name of a message",
  },
  { rule: "misplaced-syntax", source: p3('message A {}\n⟦syntax⟧ = "proto3";') },
  { rule: "unknown-syntax", source: 'syntax = ⟦"proto4"⟧;\n', hint: "proto" },
  { rule: "unknown-edition", source: 'edition = ⟦"2042"⟧;\n', says: "2023" },
  { rule: "duplicate-package", source: p3("package a;\n⟦package b⟧;") },
  {
    rule: "syntax",
    source: p3("message A { oneof o { string a = 1; } ⟦?⟧ }").replace("⟦?⟧", "⟦=⟧"),
    says: "a field",
  },
  { rule: "empty-oneof", source: p3("message A { oneof ⟦o⟧ {} }") },
  { rule: "empty-enum", source: p3("enum ⟦Mode⟧ {}"), hint: "MODE_UNSPECIFIED" },
  { rule: "label-in-oneof", source: p3("message A { oneof o { ⟦repeated⟧ string a = 1; } }") },
  { rule: "label-on-map", source: p3("message A { ⟦repeated⟧ map<string, string> a = 1; }") },
  { rule: "map-not-allowed", source: p3("message A { oneof o { ⟦map⟧<string, string> a = 1; } }") },
  { rule: "group-name", source: p2("message A { optional group ⟦inner⟧ = 1 {} }"), hint: "Inner" },
  { rule: "group-not-allowed", source: p3("message A { optional ⟦group⟧ Inner = 1 {} }") },
  {
    rule: "reserved-name",
    source: p3("message A { reserved ⟦a⟧; }"),
    hint: "quotes",
    protoc: false,
  },
  { rule: "invalid-range", source: p3("message A { reserved ⟦9 to 5⟧; }"), protoc: false },

  {
    rule: "syntax",
    source: p3("message A { oneof o { string a = 1;⟦;⟧ } }"),
    hint: "no empty statements",
  },
  {
    rule: "syntax",
    source: p2("message A { extensions 4; }\nextend A { optional int32 a = 4; ⟦;⟧ }"),
    hint: "no empty statements",
  },

  {
    rule: "syntax",
    source: p3("enum E { A = 0; option = ⟦1⟧; }").replace("option = ⟦1⟧", "option ⟦=⟧ 1"),
  },

  // Numbers.
  { rule: "number-out-of-range", source: p3("message A { string a = ⟦0⟧; }") },
  { rule: "number-out-of-range", source: p3("message A { string a = ⟦536870912⟧; }") },
  { rule: "number-out-of-range", source: p3("enum E { A = 0; B = ⟦2147483648⟧; }") },
  { rule: "reserved-number", source: p3("message A { string a = ⟦19000⟧; }"), says: "19000" },
  { rule: "reserved-number", source: p3("message A { reserved 4 to 6; string a = ⟦5⟧; }") },
  {
    rule: "reserved-number",
    source: p2("message A { extensions 4 to 6; optional string a = ⟦5⟧; }"),
  },
  { rule: "reserved-name", source: p3('message A { reserved "a"; string ⟦a⟧ = 5; }') },
  { rule: "duplicate-reserved", source: p3('message A { reserved "a", ⟦"a"⟧; }') },
  {
    rule: "duplicate-number",
    source: p3("message A { string a = 1; string b = ⟦1⟧; }"),
    hint: "2 is free",
  },
  { rule: "overlapping-ranges", source: p3("message A { reserved 1 to 5, ⟦5 to 9⟧; }") },
  { rule: "overlapping-ranges", source: p2("message A { extensions 1 to 5; reserved ⟦5⟧; }") },

  // Names and types.
  { rule: "duplicate-name", source: p3("message A {}\nenum ⟦A⟧ { B = 0; }") },
  { rule: "duplicate-name", source: p3("message A { string a = 1; string ⟦a⟧ = 2; }") },
  {
    rule: "duplicate-name",
    source: p3("enum E { A = 0; }\nenum F { ⟦A⟧ = 0; }"),
    hint: "share the scope",
  },
  {
    rule: "duplicate-name",
    source: p3("message A {}\nservice S { rpc M(A) returns (A); rpc ⟦M⟧(A) returns (A); }"),
  },
  {
    rule: "unknown-type",
    source: p3("message Order { ⟦Ordr⟧ a = 1; }"),
    hint: 'did you mean "Order"?',
  },
  { rule: "unknown-type", source: p3("message A { ⟦int⟧ a = 1; }"), hint: '"int32"' },
  { rule: "unknown-type", source: p3("message A { ⟦sting⟧ a = 1; }"), hint: '"string"' },
  {
    rule: "unknown-type",
    source: p3("package a;\nmessage A { message a {} ⟦a.A⟧ b = 1; }"),
    hint: 'write ".a.A"',
  },
  {
    rule: "not-a-message",
    source: p3("enum E { A = 0; }\nservice S { rpc M(⟦E⟧) returns (E); }").replace(
      "returns (E)",
      "returns (⟦E⟧)",
    ),
  },
  {
    rule: "not-a-message",
    source: p3("message A {}\nservice S { rpc M(⟦string⟧) returns (A); }"),
    hint: "declare a message",
  },
  {
    rule: "not-a-type",
    source: p3("service S {}\nmessage A { .⟦S⟧ a = 1; }").replace(".⟦S⟧", "⟦.S⟧"),
  },
  { rule: "map-key", source: p3("message A { map<⟦double⟧, string> a = 1; }") },
  { rule: "map-key", source: p3("message A { map<⟦A⟧, string> a = 1; }") },
  { rule: "json-name-conflict", source: p3("message A { string ab_c = 1; string ⟦abC⟧ = 2; }") },
  {
    rule: "json-name-conflict",
    source: p3('message A { string a = 1 [json_name = "x"]; string ⟦x⟧ = 2; }'),
    protoc: false,
  },
  {
    rule: "closed-enum",
    source:
      'syntax = "proto3";\nimport "google/protobuf/descriptor.proto";\nmessage A { ⟦google.protobuf.FieldDescriptorProto.Type⟧ a = 1; }',
  },

  // Enums.
  { rule: "enum-zero", source: p3("enum E { ⟦A⟧ = 1; B = 0; }"), hint: 'move "B"' },
  { rule: "enum-zero", source: p3("enum GameMode { ⟦A⟧ = 1; }"), hint: "GAME_MODE_UNSPECIFIED" },
  { rule: "duplicate-number", source: p3("enum E { A = 0; ⟦B⟧ = 0; }"), hint: "allow_alias" },
  { rule: "useless-alias", source: p3("enum E { ⟦option allow_alias = true⟧; A = 0; }") },
  { rule: "reserved-number", source: p3("enum E { reserved 1; A = 0; ⟦B⟧ = 1; }") },
  { rule: "reserved-name", source: p3('enum E { reserved "B"; A = 0; ⟦B⟧ = 1; }') },
  { rule: "enum-name-conflict", source: p3("enum E { E_A = 0; ⟦A⟧ = 1; }") },

  // proto2 and proto3.
  { rule: "missing-label", source: p2("message A { ⟦string⟧ a = 1; }"), hint: "optional" },
  { rule: "required-not-allowed", source: p3("message A { ⟦required⟧ string a = 1; }") },
  { rule: "extensions-not-allowed", source: p3("message A { extensions ⟦4 to 5⟧; }") },
  {
    rule: "extension-range",
    source: p2("message A { extensions 4; }\nextend A { optional string a = ⟦5⟧; }"),
    hint: "4",
  },
  {
    rule: "required-extension",
    source: p2("message A { extensions 4; }\nextend A { ⟦required⟧ string a = 4; }"),
  },
  {
    rule: "duplicate-extension",
    source: p2(
      "message A { extensions 4; }\nextend A { optional string a = 4; optional string b = ⟦4⟧; }",
    ),
  },
  { rule: "invalid-default", source: p3('message A { string a = 1 [⟦default = "x"⟧]; }') },
  { rule: "invalid-default", source: p2("message A { repeated int32 a = 1 [default = ⟦1⟧]; }") },
  { rule: "invalid-value", source: p2("message A { optional int32 a = 1 [default = ⟦1.5⟧]; }") },
  {
    rule: "invalid-value",
    source: p2("message A { optional bool a = 1 [default = ⟦yes⟧]; }"),
    says: '"true" or "false"',
  },
  {
    rule: "number-out-of-range",
    source: p2("message A { optional int32 a = 1 [default = ⟦2147483648⟧]; }"),
  },
  {
    rule: "number-out-of-range",
    source: p2("message A { optional uint32 a = 1 [default = ⟦-1⟧]; }"),
  },
  {
    rule: "unknown-enum-value",
    source: p2("enum E { ONE = 1; }\nmessage A { optional E a = 1 [default = ⟦ON⟧]; }"),
    hint: '"ONE"',
  },

  // Options.
  {
    rule: "unknown-option",
    source: p3('⟦⟧option java_pakage = "x";').replace(
      "⟦⟧option java_pakage",
      "option ⟦java_pakage⟧",
    ),
    hint: '"java_package"',
  },
  {
    rule: "unknown-option",
    source: p3("message A { string a = 1 [⟦depricated⟧ = true]; }"),
    hint: '"deprecated"',
  },
  { rule: "unknown-option", source: p3("option ⟦(nope)⟧ = 1;") },
  { rule: "invalid-value", source: p3("option java_package = ⟦5⟧;"), says: "a string in quotes" },
  { rule: "invalid-value", source: p3('option java_multiple_files = ⟦"true"⟧;') },
  { rule: "unknown-enum-value", source: p3("option optimize_for = ⟦FAST⟧;") },
  {
    rule: "duplicate-option",
    source: p3('option java_package = "a";\n⟦option java_package = "b"⟧;'),
  },
  {
    rule: "invalid-option",
    source: p3("message A { string a = 1 [⟦jstype = JS_STRING⟧]; }"),
    says: "64-bit",
  },
  { rule: "invalid-option", source: p3("message A { string a = 1 [⟦packed = true⟧]; }") },
  {
    rule: "not-imported",
    source: p3("option ⟦(google.api.http)⟧ = {};"),
    hint: 'import "google/api/annotations.proto"',
  },
  {
    rule: "not-imported",
    source: p3("message A { ⟦google.protobuf.Timestamp⟧ at = 1; }"),
    hint: 'import "google/protobuf/timestamp.proto"',
  },

  // Imports.
  {
    rule: "unresolved-import",
    source: p3('⟦import "google/api/anotations.proto"⟧;'),
    hint: '"google/api/annotations.proto"',
  },
  {
    rule: "duplicate-import",
    source: p3('import "google/protobuf/any.proto";\nimport ⟦"google/protobuf/any.proto"⟧;'),
  },
  { rule: "invalid-import", source: p3('⟦import "../a.proto"⟧;') },
  { rule: "import-cycle", source: p3('⟦import "a.proto"⟧;'), says: "imports itself" },
];

export const EDITION_CASES: readonly InvalidCase[] = [
  {
    rule: "group-not-allowed",
    source: ed("message A { ⟦group⟧ Inner = 1 {} }"),
    hint: "DELIMITED",
  },
  { rule: "optional-not-allowed", source: ed("message A { ⟦optional⟧ string a = 1; }") },
  {
    rule: "required-not-allowed",
    source: ed("message A { ⟦required⟧ string a = 1; }"),
    hint: "LEGACY_REQUIRED",
  },
  { rule: "reserved-name", source: ed('message A { reserved ⟦"a"⟧; }'), hint: "without quotes" },
  { rule: "enum-zero", source: ed("enum E { ⟦A⟧ = 1; }") },
  {
    rule: "invalid-default",
    source: ed("message A { int32 a = 1 [⟦default = 1⟧, features.field_presence = IMPLICIT]; }"),
  },
  {
    rule: "closed-enum",
    source: ed(
      "enum E { option features.enum_type = CLOSED; A = 1; }\nmessage M { ⟦E⟧ a = 1 [features.field_presence = IMPLICIT]; }",
    ),
  },
  {
    rule: "features-not-allowed",
    source: p3("message ⟦A⟧ { option features.json_format = ALLOW; }"),
  },
  {
    rule: "invalid-option",
    source: ed("message A { repeated int32 a = 1 [⟦packed = true⟧]; }"),
    hint: "repeated_field_encoding",
  },
  {
    rule: "unknown-enum-value",
    source: ed("message A { int32 a = 1 [features.field_presence = ⟦EXPLICITLY⟧]; }"),
    hint: "EXPLICIT",
  },
  {
    rule: "undeclared-extension",
    source: ed(
      'message A { extensions 4 [declaration = { number: 4 full_name: ".x" type: "int32" }]; }\nextend A { int32 ⟦y⟧ = 4; }',
    ),
  },
];
