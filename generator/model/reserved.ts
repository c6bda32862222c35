import { GLOBALS_USED, INHERITED_MEMBERS, LOCALS_USED } from "../messages/reserved.js";

/** Words that cannot be declared in a module: JavaScript's, and those that TypeScript keeps for types. */
const WORDS =
  "abstract any arguments as async await bigint boolean break case catch class const continue debugger " +
  "declare default delete do else enum eval export extends false finally for from function get if " +
  "implements import in infer instanceof interface intrinsic is keyof let module namespace never new " +
  "null number object of package private protected public readonly return satisfies set static " +
  "string super switch symbol this throw true try type typeof undefined unique unknown using var " +
  "void while with yield";

/**
 * Globals of ECMAScript and TypeScript. Most could be shadowed; whoever imports
 * a message called `Error` would then lose the one they know.
 */
const GLOBALS =
  "AggregateError Array ArrayBuffer AsyncIterable AsyncIterator Atomics Awaited BigInt BigInt64Array " +
  "BigUint64Array Boolean Buffer DataView Date Error EvalError Exclude Extract FinalizationRegistry " +
  "Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterable Iterator " +
  "JSON Map Math NaN NonNullable Number Object Omit Parameters Partial Pick Promise PromiseLike Proxy " +
  "RangeError Readonly ReadonlyArray ReadonlyMap ReadonlySet Record ReferenceError Reflect RegExp " +
  "Required ReturnType Set SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint16Array " +
  "Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet globalThis process";

/** Parameters of generated service and event code. */
const PARAMETERS =
  "context event handler handlers message nats options parameters request requests value";

/**
 * Names that nothing declared at the top of a generated module may have. A
 * module that exports a class `then` cannot be loaded with `import()`, which
 * calls it as that of a promise.
 */
export const RESERVED_TOP_LEVEL: ReadonlySet<string> = new Set([
  "then",
  ...`${WORDS} ${GLOBALS} ${PARAMETERS}`.split(" "),
  ...GLOBALS_USED,
  ...LOCALS_USED,
  ...INHERITED_MEMBERS,
]);

/**
 * Names that a property of a message must not have. `then` would do no harm
 * while it is no function, but linters refuse it, and rightly so: whatever has
 * it looks like a promise.
 */
export const RESERVED_PROPERTIES: ReadonlySet<string> = new Set([...INHERITED_MEMBERS, "then"]);

/**
 * Names that a method of a client must not have: a client with a `then` is
 * called when it is awaited, one with `toJSON` when it is logged.
 */
export const RESERVED_METHODS: ReadonlySet<string> = new Set([...RESERVED_PROPERTIES, "toJSON"]);

/** A literal's `__proto__` sets its prototype in place of a property. */
export const RESERVED_ENUM_KEYS: ReadonlySet<string> = new Set(["__proto__"]);
