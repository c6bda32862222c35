import type { HeaderList, InboundHeaders } from "../transport.js";
import { hasLineBreak, isMetadataKey, isReservedKey, Metadata } from "./metadata.js";

/** natsgen's own header names. docs/PROTOCOL.md says what each means. */
export const Header = {
  /** Remaining budget of the caller: whole milliseconds, decimal. */
  timeout: "Natsgen-Timeout-Ms",
  idempotencyKey: "Natsgen-Idempotency-Key",
  /** Canonical code of an error reply, by name. */
  code: "Natsgen-Code",
  /** Version of the wire; absent means 1. */
  wire: "Natsgen-Wire",
  /** ADR-32: HTTP status of an error reply, decimal. */
  serviceErrorCode: "Nats-Service-Error-Code",
  /** ADR-32: one line of text. */
  serviceError: "Nats-Service-Error",
} as const;

/** Version of the wire that this runtime speaks. */
export const WIRE_VERSION = "1";

/** Metadata as header lines; `undefined` when there is nothing to send. */
export function metadataToHeaders(metadata: Metadata | undefined): HeaderList | undefined {
  return metadata === undefined || metadata.size === 0 ? undefined : [...metadata];
}

/** Inbound headers as metadata: reserved names, and what cannot be metadata, are left out. */
export function headersToMetadata(headers: InboundHeaders | undefined): Metadata {
  const metadata = new Metadata();
  if (headers === undefined) {
    return metadata;
  }
  for (const key of headers.keys()) {
    if (!isMetadataKey(key) || isReservedKey(key.toLowerCase())) {
      continue;
    }
    for (const value of headers.values(key)) {
      if (!hasLineBreak(value)) {
        metadata.append(key, value);
      }
    }
  }
  return metadata;
}

/** The first value of one of natsgen's or ADR-32's headers, in any case. */
export function readHeader(headers: InboundHeaders, name: string): string | undefined {
  const exact = headers.values(name)[0];
  if (exact !== undefined) {
    return exact;
  }
  const lower = name.toLowerCase();
  for (const key of headers.keys()) {
    if (key.toLowerCase() === lower) {
      return headers.values(key)[0];
    }
  }
  return undefined;
}
