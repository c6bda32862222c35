import type { Enum, Message, Schema } from "../model/types.js";
import { RUNTIME_PACKAGES, RUNTIME_TYPES } from "./runtime-types.js";

/** How code in one folder of the output gets at a message's class. */
export interface MessageReference {
  /** The class: `Order`. */
  readonly symbol: string;
  /** The interface of what may be handed in: `OrderInit`. */
  readonly initSymbol: string;
  /** Where both are exported: `./messages.js`, `../../money/v1/messages.js`, `@natsgen/runtime/wkt`. */
  readonly importPath: string;
  /** Where `read<symbol>` and `write<symbol>` are exported. */
  readonly codecPath: string;
}

/**
 * Where the message `typeName` lives, seen from a file in `fromDirectory` (the
 * `directory` of a Package). Hand the result to `ImportCollector.use`, which
 * finds an alias where the local name is taken.
 */
export function messageReference(
  schema: Schema,
  typeName: string,
  fromDirectory: string,
): MessageReference {
  const message = schema.messages.get(typeName);
  if (message === undefined) throw new Error(`no message ${typeName} in the model`);
  const home = runtimeHome(schema, message);
  if (home !== undefined) {
    return {
      symbol: message.localName,
      initSymbol: `${message.localName}Init`,
      importPath: home,
      codecPath: home,
    };
  }
  return {
    symbol: message.localName,
    initSymbol: `${message.localName}Init`,
    importPath: relativeModule(schema, message.package, fromDirectory, "messages.js"),
    codecPath: relativeModule(schema, message.package, fromDirectory, "codec.js"),
  };
}

/** The same for an enum; `tablePath` exports `<symbol>Table`. */
export interface EnumReference {
  readonly symbol: string;
  readonly importPath: string;
  readonly codecPath: string;
}

export function enumReference(
  schema: Schema,
  typeName: string,
  fromDirectory: string,
): EnumReference {
  const declared = schema.enums.get(typeName);
  if (declared === undefined) throw new Error(`no enum ${typeName} in the model`);
  const home = runtimeHome(schema, declared);
  if (home !== undefined) {
    return { symbol: declared.localName, importPath: home, codecPath: home };
  }
  return {
    symbol: declared.localName,
    importPath: relativeModule(schema, declared.package, fromDirectory, "messages.js"),
    codecPath: relativeModule(schema, declared.package, fromDirectory, "codec.js"),
  };
}

/**
 * Where the runtime exports a type that is not generated now. The package alone
 * does not tell: google.protobuf has Timestamp, which the runtime provides, and
 * FileDescriptorProto, which is generated where a schema uses it.
 */
function runtimeHome(schema: Schema, declared: Message | Enum): string | undefined {
  if (!RUNTIME_TYPES.has(declared.typeName)) return undefined;
  const pkg = schema.packages.find(({ name }) => name === declared.package);
  const isGenerated = [...(pkg?.messages ?? []), ...(pkg?.enums ?? [])].includes(declared);
  return isGenerated ? undefined : RUNTIME_PACKAGES.get(declared.package);
}

function relativeModule(
  schema: Schema,
  packageName: string,
  fromDirectory: string,
  file: string,
): string {
  const target = schema.packages.find((pkg) => pkg.name === packageName);
  if (target === undefined) {
    throw new Error(`no code is generated for package ${packageName}`);
  }
  const from = fromDirectory.split("/").filter((part) => part !== "" && part !== ".");
  const to = target.directory.split("/").filter((part) => part !== "" && part !== ".");
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared += 1;
  const up = from.slice(shared).map(() => "..");
  return [...(up.length === 0 ? ["."] : up), ...to.slice(shared), file].join("/");
}

/** Whether there is TypeScript for a message or an enum: generated now, or in the runtime. */
export function hasHome(schema: Schema, typeName: string): boolean {
  if (RUNTIME_TYPES.has(typeName)) return true;
  const declared = schema.messages.get(typeName) ?? schema.enums.get(typeName);
  return declared !== undefined && schema.packages.some((pkg) => pkg.name === declared.package);
}
