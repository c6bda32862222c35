import { NatsgenError } from "@natsgen/runtime";
import { Any, Timestamp } from "@natsgen/runtime/wkt";
import {
  State,
  type StateManagerServiceHandlers,
  type StateRevisionInit,
  StateTombstone,
  StateVersionMismatch,
} from "../../../generated/game/state_manager/v1/index.js";

/** state_manager in memory, by the rules of its schema. */
export function createStateStore(): StateManagerServiceHandlers {
  const history = new Map<string, (State | StateTombstone)[]>();
  let lastVersion = 0n;

  const newest = (key: string): State | StateTombstone | undefined => history.get(key)?.at(-1);

  function current(key: string): State {
    const found = newest(key);
    if (found instanceof State) return found;
    throw new NatsgenError("NOT_FOUND", `no state ${key}`);
  }

  function keep<T extends State | StateTombstone>(key: string, entry: T): T {
    history.set(key, [...(history.get(key) ?? []), entry]);
    return entry;
  }

  /** The state of a key, if the caller has seen its version. */
  function expected(key: string, version: bigint | undefined): State {
    if (version === undefined || version === 0n) {
      throw new NatsgenError("INVALID_ARGUMENT", "expected_version is required");
    }
    const state = current(key);
    if (state.version !== version) {
      throw new NatsgenError("ABORTED", `${key} has version ${state.version}, not ${version}`, {
        details: [
          Any.pack(StateVersionMismatch, { key, expectedVersion: version, current: state }),
        ],
      });
    }
    return state;
  }

  return {
    getState: ({ key }) => ({ state: current(key) }),

    batchGetStates: ({ keys }) => ({
      results: keys.map((key) => {
        const found = newest(key);
        return found instanceof State
          ? { key, result: { case: "state" as const, value: found } }
          : { key, result: { case: "missing" as const, value: { tombstone: found } } };
      }),
    }),

    listStates({ keyPrefix, pageSize, pageToken }) {
      const below = keyPrefix === "" ? "" : `${keyPrefix}.`;
      const states = [...history.values()]
        .map((entries) => entries.at(-1))
        .filter((entry) => entry instanceof State)
        .filter(({ key }) => (key === keyPrefix || key.startsWith(below)) && key > pageToken)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const page = states.slice(0, pageSize || 50);
      const more = page.length < states.length;
      return { states: page, nextPageToken: more ? (page.at(-1)?.key ?? "") : "" };
    },

    createState({ key, value, updatedBy }) {
      const found = newest(key);
      if (found instanceof State) {
        throw new NatsgenError("ALREADY_EXISTS", `${key} has a state`, {
          details: [Any.pack(StateVersionMismatch, { key, current: found })],
        });
      }
      const version = ++lastVersion;
      const state = new State({ key, version, value, updateTime: Timestamp.now(), updatedBy });
      return { state: keep(key, state) };
    },

    updateState({ key, expectedVersion, value, updatedBy }) {
      expected(key, expectedVersion);
      const version = ++lastVersion;
      const state = new State({ key, version, value, updateTime: Timestamp.now(), updatedBy });
      return { state: keep(key, state) };
    },

    deleteState({ key, expectedVersion }) {
      expected(key, expectedVersion);
      const version = ++lastVersion;
      const tombstone = new StateTombstone({ key, version, deleteTime: Timestamp.now() });
      return { tombstone: keep(key, tombstone) };
    },

    listStateVersions: ({ key }) => ({
      versions: (history.get(key) ?? []).toReversed().map(
        (entry): StateRevisionInit => ({
          revision:
            entry instanceof State
              ? { case: "state", value: entry }
              : { case: "tombstone", value: entry },
        }),
      ),
    }),

    async *watchStates({ target }) {
      const states = [...history.keys()].flatMap((key) => {
        const entry = newest(key);
        return entry instanceof State && (target.case !== "key" || target.value === key)
          ? [entry]
          : [];
      });
      let index = 0n;
      for (const value of states) yield { index: index++, payload: { case: "state", value } };
    },
  };
}
