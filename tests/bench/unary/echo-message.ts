/** The message of every unary benchmark, as all libraries spell its fields. */
export interface Echo {
  readonly sequence: number;
  readonly playerId: string;
  readonly text: string;
  readonly score: number;
  readonly urgent: boolean;
  readonly tags: readonly string[];
}

const tags = ["village", "weather"];

/** About 100 bytes on the wire. */
export function echoRequest(sequence: number): Echo {
  return {
    sequence,
    playerId: "01HV3Z8K4Q7M2N5P6R9S0T1W2X",
    text: "The bridge is down; is there a ford?",
    score: 0.8125,
    urgent: true,
    tags,
  };
}

/** What a handler does: reads each field, and makes another message of them. */
export function echoResponse(request: Echo): Echo {
  return {
    sequence: request.sequence,
    playerId: request.playerId,
    text: request.text,
    score: request.score,
    urgent: request.urgent,
    tags: request.tags,
  };
}
