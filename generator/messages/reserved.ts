/**
 * Global names that generated message code uses. A message or an enum must not
 * have one of them as its local name, because its declaration would shadow the
 * global in its own file.
 */
export const GLOBALS_USED: readonly string[] = [
  "Number",
  "Readonly",
  "Record",
  "Uint8Array",
  "undefined",
];

/**
 * Parameters and variables inside of generated functions. A message or an enum
 * must not have one of them as its local name either: the function would see
 * its own variable in place of the class.
 */
export const LOCALS_USED: readonly string[] = [
  "bytes",
  "codec",
  "current",
  "depth",
  "end",
  "fields",
  "init",
  "item",
  "json",
  "key",
  "map",
  "message",
  "options",
  "reader",
  "start",
  "tag",
  "value",
  "writer",
];

/**
 * Static members of every generated class. Fields are instance properties, so
 * they never clash with these; they are listed for those who derive names.
 */
export const STATIC_MEMBERS: readonly string[] = [
  "typeName",
  "defaults",
  "encode",
  "decode",
  "toJson",
  "fromJson",
];
