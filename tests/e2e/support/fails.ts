import { expect } from "@jest/globals";
import { type ErrorCode, NatsgenError } from "@natsgen/runtime";

/** The error of a call that must fail with this code. */
export async function failsWith(code: ErrorCode, call: Promise<unknown>): Promise<NatsgenError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) {
    throw new Error(`expected ${code}, got ${JSON.stringify(outcome.value)}`);
  }
  if (!NatsgenError.is(outcome.error)) throw outcome.error;
  expect(outcome.error.code).toBe(code);
  return outcome.error;
}
