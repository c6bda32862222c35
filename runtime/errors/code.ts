/**
 * The canonical status codes of gRPC, by name. An error carries one of the 16;
 * `OK` exists so that `google.rpc.Status` can be read in full.
 *
 * Names and numbers: google/rpc/code.proto.
 */
export const Code = {
  OK: "OK",
  CANCELLED: "CANCELLED",
  UNKNOWN: "UNKNOWN",
  INVALID_ARGUMENT: "INVALID_ARGUMENT",
  DEADLINE_EXCEEDED: "DEADLINE_EXCEEDED",
  NOT_FOUND: "NOT_FOUND",
  ALREADY_EXISTS: "ALREADY_EXISTS",
  PERMISSION_DENIED: "PERMISSION_DENIED",
  RESOURCE_EXHAUSTED: "RESOURCE_EXHAUSTED",
  FAILED_PRECONDITION: "FAILED_PRECONDITION",
  ABORTED: "ABORTED",
  OUT_OF_RANGE: "OUT_OF_RANGE",
  UNIMPLEMENTED: "UNIMPLEMENTED",
  INTERNAL: "INTERNAL",
  UNAVAILABLE: "UNAVAILABLE",
  DATA_LOSS: "DATA_LOSS",
  UNAUTHENTICATED: "UNAUTHENTICATED",
} as const;
export type Code = (typeof Code)[keyof typeof Code];

/** A code that an error may carry: all but `OK`. */
export type ErrorCode = Exclude<Code, "OK">;

const NUMBERS: Readonly<Record<Code, number>> = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
};

/** HTTP equivalents, as the comments of google/rpc/code.proto give them. */
const HTTP: Readonly<Record<Code, number>> = {
  OK: 200,
  CANCELLED: 499,
  UNKNOWN: 500,
  INVALID_ARGUMENT: 400,
  DEADLINE_EXCEEDED: 504,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  PERMISSION_DENIED: 403,
  RESOURCE_EXHAUSTED: 429,
  FAILED_PRECONDITION: 400,
  ABORTED: 409,
  OUT_OF_RANGE: 400,
  UNIMPLEMENTED: 501,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DATA_LOSS: 500,
  UNAUTHENTICATED: 401,
};

/** Several codes share an HTTP status; reading one back takes the commonest meaning. */
const FROM_HTTP: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [400, "INVALID_ARGUMENT"],
  [401, "UNAUTHENTICATED"],
  [403, "PERMISSION_DENIED"],
  [404, "NOT_FOUND"],
  [408, "DEADLINE_EXCEEDED"],
  [409, "ABORTED"],
  [412, "FAILED_PRECONDITION"],
  [429, "RESOURCE_EXHAUSTED"],
  [499, "CANCELLED"],
  [500, "INTERNAL"],
  [501, "UNIMPLEMENTED"],
  [503, "UNAVAILABLE"],
  [504, "DEADLINE_EXCEEDED"],
]);

const BY_NUMBER: readonly Code[] = (Object.keys(NUMBERS) as Code[]).sort(
  (a, b) => NUMBERS[a] - NUMBERS[b],
);

/** The number of a code in `google.rpc.Code`. */
export function codeNumber(code: Code): number {
  return NUMBERS[code];
}

/** The code with this number; `undefined` for a number that google.rpc.Code does not have. */
export function codeFromNumber(value: number): Code | undefined {
  return BY_NUMBER[value];
}

/** The HTTP status that stands for a code. */
export function codeToHttpStatus(code: Code): number {
  return HTTP[code];
}

/** The code that an HTTP status stands for; an unlisted 4xx is FAILED_PRECONDITION, the rest UNKNOWN. */
export function codeFromHttpStatus(status: number): ErrorCode {
  return (
    FROM_HTTP.get(status) ?? (status >= 400 && status < 500 ? "FAILED_PRECONDITION" : "UNKNOWN")
  );
}

export function isCode(value: unknown): value is Code {
  return typeof value === "string" && Object.hasOwn(NUMBERS, value);
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return isCode(value) && value !== "OK";
}
