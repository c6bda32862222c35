import { randomBytes } from "node:crypto";

/** 22 characters of `[A-Za-z0-9]`, about 130 random bits: an id that is one subject token. */
export function randomId(): string {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let id = "";
  while (id.length < 22) {
    for (const byte of randomBytes(32)) {
      // 248 = 4 * 62: larger bytes would favour the alphabet's start.
      if (byte < 248 && id.length < 22) {
        id += alphabet[byte % 62] ?? "";
      }
    }
  }
  return id;
}
