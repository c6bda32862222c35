/**
 * Global names that generated message code uses. A message or an enum must not
 * have one of them as its local name, because its declaration would shadow the
 * global in its own file.
 */
export const GLOBALS_USED: readonly string[] = ["Uint8Array", "Record", "undefined"];

/**
 * Static members of every generated class. Fields are instance properties, so
 * they never clash with these; they are listed for those who derive names.
 */
export const STATIC_MEMBERS: readonly string[] = [
  "typeName",
  "encode",
  "decode",
  "toJson",
  "fromJson",
];
