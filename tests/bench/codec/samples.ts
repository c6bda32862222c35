import { pathToFileURL } from "node:url";
import { generatedModule } from "../prepare.js";

/** The messages of schemas/bench/v1/codec.proto that are measured. */
export const messageNames = ["Tick", "PlayerSnapshot"] as const;
export type MessageName = (typeof messageNames)[number];

/** So many messages of a kind in turn, so that no branch or cache sees but one. */
const COUNT = 64;

interface PbjsType {
  encode(message: object): { finish(): Uint8Array };
}

/**
 * The bytes that every library is given. Each library decodes them into its own
 * kind of object, and encodes those: so all have the same content, and none has
 * to convert what another's types want.
 */
export async function makeSamples(): Promise<Readonly<Record<MessageName, readonly Uint8Array[]>>> {
  const file = pathToFileURL(generatedModule("pbjs", "messages.js"));
  const module: { readonly bench: { readonly v1: Readonly<Record<MessageName, PbjsType>> } } =
    await import(file.href);
  const encodeAll = (name: MessageName, make: (i: number) => object): Uint8Array[] =>
    Array.from({ length: COUNT }, (_, i) =>
      // A plain Uint8Array, which the NATS client hands out, and not a Buffer.
      Uint8Array.from(module.bench.v1[name].encode(make(i)).finish()),
    );
  return {
    Tick: encodeAll("Tick", makeTick),
    PlayerSnapshot: encodeAll("PlayerSnapshot", makeSnapshot),
  };
}

function makeTick(i: number): object {
  return { entityId: 20_000 + i, x: 1.5 + i, y: -2.25 * (i + 1), z: 0.125 + i, heading: 9_000 + i };
}

function makeSnapshot(i: number): object {
  return {
    playerId: `01HV3Z8K4Q7M2N5P6R9S0T1W${10 + i}`,
    displayName: `Ælfgifu of the Marsh ${10 + i}`,
    state: 1 + (i % 2),
    place: makePlace("northern-marsh", i),
    items: [
      "rope",
      "lantern",
      "cloak",
      "iron-sword",
      "bread",
      "waterskin",
      "map",
      "horn",
      "chalk",
      "torch",
    ].map((name, n) => ({
      itemId: `item.${name}.${100 + i}`,
      count: 1 + n * 40,
      wear: 0.25 + n / 16,
      marks: n % 2 === 0 ? ["engraved", `by-${10 + i}`] : [],
    })),
    quests: ["the-broken-bridge", "a-light-in-the-fen", "old-debts", "the-long-dark"].map(
      (questId, n) => ({
        questId,
        step: 2 + n,
        done: n === 2,
        note: "Spoke with the ferryman; he wants the lantern back before the new moon.",
      }),
    ),
    counters: { kills: 312 + i, deaths: 7, jumps: 20_431, dialogues: 1_290 },
    gold: 4_000_000 + i,
    updatedAtMs: 1_790_000_000_000 + i,
    fightLevels: [3, 12, 150, 151, 300, 22, 9, 14_000],
    portraitHash: Uint8Array.from({ length: 32 }, (_, n) => (n * 37 + i) & 255),
    ...(i % 2 === 0
      ? { dialogueId: "ferryman.third-evening.after-the-flood" }
      : { destination: makePlace("upper-valley", i) }),
  };
}

function makePlace(region: string, i: number): object {
  return { region, x: 1_024.5 + i, y: -77.125, z: 3.5 * (i + 1) };
}
