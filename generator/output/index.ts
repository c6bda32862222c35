/** From generated files to a folder: plan, then write or check. */
export { type Finding, findings } from "./check.js";
export { MANIFEST } from "./manifest.js";
export { planOutput } from "./plan.js";
export type { Conflict } from "./types.js";
export { writeOutput } from "./write.js";
