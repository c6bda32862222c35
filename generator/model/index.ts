export { type BuildResult, buildSchema } from "./build.js";
