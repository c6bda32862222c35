/** @type {import("jest").Config} */
const config = {
  rootDir: import.meta.dirname,
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  testEnvironment: "node",
  testTimeout: 30_000,
  // A clean report: what a failing test cannot restore must not leak into the next.
  restoreMocks: true,
  extensionsToTreatAsEsm: [".ts"],
  moduleFileExtensions: ["ts", "js", "mjs", "cjs", "json", "node"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "es6" },
        sourceMaps: "inline",
      },
    ],
  },
  moduleNameMapper: {
    // The runtime is tested from its sources, so that no test needs a build of it.
    "^@natsgen/runtime$": "<rootDir>/runtime/index.ts",
    "^@natsgen/runtime/contract$": "<rootDir>/runtime/contract.ts",
    "^@natsgen/runtime/(codec|wkt|rpc|testing)$": "<rootDir>/runtime/$1/index.ts",
    "^(\\.{1,2}/.*)\\.js$": "$1",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/runtime/dist/"],
  reporters: ["default", "<rootDir>/scripts/jest-count-reporter.js"],
};

// biome-ignore lint/style/noDefaultExport: jest reads its configuration from the default export
export default config;
