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
 * Names that a property of a message must not have: an Init that leaves the
 * field out would inherit a function from Object.prototype in its place.
 */
export const INHERITED_MEMBERS: readonly string[] = [
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "__lookupSetter__",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "toLocaleString",
  "toString",
  "valueOf",
];
