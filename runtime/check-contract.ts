import { CONTRACT_VERSION } from "./contract.js";
import { NatsgenError } from "./errors/error.js";

/**
 * Refuses a descriptor that another version of natsgen wrote, before its shape
 * can fail in a stranger way.
 */
export function checkContract(descriptor: {
  readonly contract: number;
  readonly typeName: string;
}): void {
  if (descriptor.contract !== CONTRACT_VERSION) {
    const older = descriptor.contract < CONTRACT_VERSION;
    throw new NatsgenError(
      "FAILED_PRECONDITION",
      `${descriptor.typeName} was generated for contract ${descriptor.contract}, and this @natsgen/runtime speaks contract ${CONTRACT_VERSION}. ${
        older
          ? "Generate again with the natsgen of this runtime's version"
          : "Update @natsgen/runtime"
      }`,
    );
  }
}
