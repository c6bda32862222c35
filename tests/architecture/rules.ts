/**
 * The arrows that must never be, as a table. Paths are relative to the root of
 * the tree; a target is a path, or `npm:<package>` for what is not in the tree.
 */
export interface Rule {
  readonly name: string;
  readonly from: RegExp;
  readonly to: RegExp;
  /** An import that the rule has to find: it proves that the rule can fail. */
  readonly violation: { readonly file: string; readonly specifier: string };
}

export interface Import {
  readonly file: string;
  readonly target: string;
}

/** `from` may be any file of the project's own code but those of `owner`. */
function soleImporter(name: string, owner: string, violation: string): Rule {
  return {
    name: `only ${owner} imports ${name}`,
    from: new RegExp(`^(?!${owner}/)(generator|runtime|generated|bin|scripts|examples)/`),
    to: new RegExp(`^npm:${name}(/|$)`),
    violation: { file: violation, specifier: name },
  };
}

export const rules: readonly Rule[] = [
  {
    name: "the runtime knows no generator, template or generated code",
    from: /^runtime\//,
    to: /^(generator|templates|generated)\//,
    violation: { file: "runtime/client/call.ts", specifier: "../../generator/pipeline.js" },
  },
  {
    name: "generated code knows no generator",
    from: /^generated\//,
    to: /^(generator|npm:natsgen)(\/|$)/,
    violation: {
      file: "generated/a/v1/service.ts",
      specifier: "../../../generator/model/types.js",
    },
  },
  {
    name: "the generator knows nothing of the runtime but its contract",
    from: /^generator\//,
    to: /^(runtime\/(?!contract\.ts$)|npm:@natsgen\/runtime(\/|$))/,
    violation: { file: "generator/emit/service.ts", specifier: "../../runtime/index.js" },
  },
  {
    name: "the model reads no schema files, emits nothing and touches no disk",
    from: /^generator\/model\//,
    to: /^(generator\/(load|emit|output|cli|pipeline)(\/|\.)|npm:node:fs(\/|$))/,
    violation: { file: "generator/model/build.ts", specifier: "node:fs/promises" },
  },
  {
    name: "lint rules see the model alone",
    from: /^generator\/lint\//,
    to: /^(generator\/(emit|output|load|cli)\/|npm:node:fs(\/|$))/,
    violation: { file: "generator/lint/names.ts", specifier: "../emit/service.js" },
  },
  {
    name: "emit builds views: no disk, no protobufjs",
    from: /^generator\/emit\//,
    to: /^npm:(node:fs|protobufjs|protobufjs-cli)(\/|$)/,
    violation: { file: "generator/emit/events.ts", specifier: "protobufjs/minimal.js" },
  },
  {
    name: "nothing imports the examples",
    from: /^(?!examples\/)/,
    to: /^examples\//,
    violation: { file: "runtime/index.ts", specifier: "../examples/worker/model.js" },
  },
  {
    name: "examples use generated code and the runtime's entry points",
    from: /^examples\//,
    to: /^(generator|runtime|tests|scripts)\//,
    violation: { file: "examples/worker/main.ts", specifier: "../../runtime/client/call.js" },
  },
  {
    name: "the product imports no tests",
    from: /^(generator|runtime|generated|examples|bin)\//,
    to: /^tests\//,
    violation: { file: "generator/cli/main.ts", specifier: "../../tests/tools/protoc.js" },
  },
  {
    name: "only the runtime's testing entry point reaches into runtime/testing",
    from: /^runtime\/(?!testing\/)/,
    to: /^runtime\/testing\//,
    violation: { file: "runtime/server/serve.ts", specifier: "../testing/index.js" },
  },
  soleImporter("nats", "runtime/nats", "runtime/server/serve.ts"),
  soleImporter("ts-morph", "generator/scaffold", "generator/emit/service.ts"),
  soleImporter("protobufjs-cli", "generator/messages", "generator/load/load.ts"),
  soleImporter("opossum", "runtime/middleware", "runtime/client/call.ts"),
  soleImporter("handlebars", "generator/emit", "generator/cli/main.ts"),
  soleImporter("yargs", "generator/cli", "generator/config/config.ts"),
];

/** The imports that a rule forbids. */
export function violationsOf(rule: Rule, imports: readonly Import[]): readonly Import[] {
  return imports.filter(({ file, target }) => rule.from.test(file) && rule.to.test(target));
}
