/**
 * A service's name on `$SRV`: its full name with `_` for each dot, as ADR-32 allows
 * letters, digits, `_` and `-` only. The short name was rejected: two packages may
 * have one service name, and a version (`v1`) is part of the package.
 */
export function serviceName(typeName: string): string {
  return typeName.replaceAll(/[^A-Za-z0-9_-]/g, "_");
}

/** Names in protobuf are ASCII letters, digits and `_`: nothing is left to replace. */
export function endpointName(methodName: string): string {
  return methodName.replaceAll(/[^A-Za-z0-9_-]/g, "_");
}

// semver.org's own expression.
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-((0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(\+([0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?$/;

/** The version as it is if it is a semantic one; tools refuse to list a service with another. */
export function semanticVersion(version: string): string {
  return SEMVER.test(version) ? version : "0.0.0";
}
