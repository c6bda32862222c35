/** Names that mean something to JavaScript, to TypeScript, to the runtime or to generated code. */
export const NASTY_NAMES: readonly string[] = [
  ...words(
    "abstract any arguments as async await bigint boolean break case catch class const continue",
    "debugger declare default delete do else enum eval export extends false finally for from",
    "function get if implements import in infer instanceof interface is keyof let module namespace",
    "never new null number object of package private protected public readonly require return",
    "satisfies set static string super switch symbol this throw true try type typeof undefined",
    "unique unknown using var void while with yield",
  ),
  ...words(
    "constructor then toString valueOf toJSON hasOwnProperty isPrototypeOf __proto__ prototype",
    "__defineGetter__ length name caller apply call bind Promise Error Client Uint8Array Record",
    "Array Date Math Buffer process globalThis console window document URL NaN Infinity exports",
  ),
  ...words(
    "codec Worker serve createClient CallOptions ClientOptions ServeOptions HandlerContext",
    "ServiceDescriptor Awaitable EventDescriptor StreamDefinition PublishOptions PublishAck",
    "ConsumeOptions Consumer EventContext publishEvent consumeEvents subjectToken NatsgenError",
    "Route AsyncIterable UnrecognizedEnum JsonReadOptions JsonWriteOptions JsonValue MessageType",
    "Reader Writer Timestamp Duration Empty Struct encodeMessage decodeMessage messageToJson",
    "messageFromJson fieldTable fieldsOf entries required mapValues writeString writeEnum",
    "skipUnknown keepUnknown checkEnd copyUnknown writeUnknown isNonZero toBigint boolKey intKey",
  ),
  ...words(
    "init message end depth tag bytes json options key value item current start fields map event",
    "events handler handlers nats request requests context parameters index messages service",
    "routes subjects manifest typeName defaults encode decode toJson fromJson _ _1 a__b",
  ),
];

function words(...lines: readonly string[]): string[] {
  return lines.join(" ").split(" ");
}
