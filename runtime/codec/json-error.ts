/** JSON that does not fit the schema. `path` leads to the value: `lines[2].price`. */
export class JsonError extends TypeError {
  override readonly name = "JsonError";
  readonly path: string;
  /** The message without the path. */
  readonly reason: string;

  constructor(reason: string, path = "") {
    super(path === "" ? reason : `${path}: ${reason}`);
    this.reason = reason;
    this.path = path;
  }
}

/** Runs `read`, and puts `step` in front of the path of an error that it throws. */
export function at<T>(step: string | number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw withPath(step, error);
  }
}

function withPath(step: string | number, error: unknown): unknown {
  if (
    !(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)
  ) {
    return error;
  }
  const inner = error instanceof JsonError ? error.path : "";
  const reason = error instanceof JsonError ? error.reason : error.message;
  const own = typeof step === "number" ? `[${step}]` : step;
  const separator = inner === "" || inner.startsWith("[") ? "" : ".";
  return new JsonError(reason, `${own}${separator}${inner}`);
}
