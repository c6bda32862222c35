import { NatsgenError } from "../errors/error.js";

/** Codes of OpenSSL and Node for a certificate that is not accepted. */
const CERTIFICATE = /CERT|ISSUER|SIGNATURE|CA_SIGNED|^ERR_(SSL|TLS)_/;

/**
 * Why no connection came about, as a person can use it: the client says
 * "CONNECTION_REFUSED" or "tls"; what helps is where, and what to do.
 */
export function explainConnectError(cause: unknown, servers: readonly string[]): NatsgenError {
  const where = servers.map((server) => `nats://${server}`).join(", ");
  const error = NatsgenError.from(cause, "UNAVAILABLE");
  const code = codeOf(cause);
  const as = (name: NatsgenError["code"], text: string): NatsgenError =>
    new NatsgenError(name, text, { cause });

  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return as(
      "UNAVAILABLE",
      `the certificate of ${where} is for another host (${error.rawMessage}). Connect by a name that it holds: the NATS client does not check addresses like 127.0.0.1`,
    );
  }
  if (CERTIFICATE.test(code)) {
    return as(
      "UNAVAILABLE",
      `no TLS connection to ${where} (${error.rawMessage}). For an authority that the system does not know set tls.caFile or NATS_CA; where the server asks for a certificate, tls.certFile and tls.keyFile, or NATS_CERT and NATS_KEY`,
    );
  }
  if (code === "SERVER_OPT_NA" && error.rawMessage === "tls") {
    return as(
      "UNAVAILABLE",
      `${where} does not speak TLS. Use nats:// and leave out tls (and NATS_CA, NATS_CERT and NATS_KEY)`,
    );
  }
  switch (error.code) {
    case "UNAUTHENTICATED":
      return as(
        "UNAUTHENTICATED",
        `${where} refuses the credentials (${error.rawMessage}). Set user and password, token, nkeySeed or credentialsFile, or NATS_USER and NATS_PASSWORD, NATS_TOKEN, NATS_NKEY_SEED or NATS_CREDS`,
      );
    case "UNAVAILABLE":
    case "DEADLINE_EXCEEDED":
      return as(
        "UNAVAILABLE",
        `no NATS server answers at ${where} (${error.rawMessage}). Is one running? Start it with \`nats-server\`, or set NATS_URL`,
      );
    default:
      return as(error.code, `cannot connect to ${where}: ${error.rawMessage}`);
  }
}

function codeOf(cause: unknown): string {
  return typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
}
