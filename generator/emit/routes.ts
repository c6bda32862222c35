import { serviceNames } from "../model/derived-names.js";
import type { Method, Package, Route, Schema, Service } from "../model/types.js";
import { type GeneratedFile, packageFile, rootFile } from "./file.js";
import { createImportCollector, type ImportCollector } from "./imports.js";
import { code, type Literal, print } from "./literal.js";
import { renderTemplate } from "./templates.js";

const CONTRACT = "@natsgen/runtime/contract";

/** `routes.ts` of a package: what a gateway needs to know of its methods. None without routes. */
export function emitRoutes(schema: Schema, pkg: Package): readonly GeneratedFile[] {
  const services = servicesWithRoutes(pkg);
  if (services.length === 0) return [];
  const imports = createImportCollector(
    services.map(({ localName }) => serviceNames(localName).routes),
  );
  const declarations = services.map((service) => {
    const { routes, descriptor } = serviceNames(service.localName);
    const symbol = imports.use(descriptor, "./service.js");
    return renderTemplate("routes", {
      name: routes,
      doc: `HTTP routes of ${descriptor}.${service.deprecated ? "\n\n@deprecated" : ""}`,
      routes: service.methods.flatMap((method) =>
        method.routes.map((route) => print(routeLiteral(schema, symbol, method, route), 2, 3)),
      ),
      type: imports.use("RouteDescriptor", CONTRACT, { type: true }),
    });
  });
  return [packageFile(pkg, "routes.ts", imports, declarations)];
}

/** The root's `routes.ts`: the routes of all packages in one list. None without routes. */
export function emitRouteTable(schema: Schema): readonly GeneratedFile[] {
  const imports = createImportCollector(["routes"]);
  const lists = schema.packages.flatMap((pkg) =>
    servicesWithRoutes(pkg).map((service) => importRoutes(imports, pkg, service)),
  );
  if (lists.length === 0) return [];
  const type = imports.use("RouteDescriptor", CONTRACT, { type: true });
  const head = `export const routes: readonly ${type}[] = `;
  const list = print(
    lists.map((name) => code(`...${name}`)),
    0,
    head.length + 1,
  );
  const table = renderTemplate("route-table", { declaration: `${head}${list};` });
  return [rootFile("routes.ts", imports.render(), [table])];
}

function importRoutes(imports: ImportCollector, pkg: Package, service: Service): string {
  const folder = pkg.directory === "" ? "." : `./${pkg.directory}`;
  return imports.use(serviceNames(service.localName).routes, `${folder}/routes.js`);
}

function servicesWithRoutes(pkg: Package): readonly Service[] {
  return pkg.services.filter(({ methods }) => methods.some(({ routes }) => routes.length > 0));
}

function routeLiteral(schema: Schema, service: string, method: Method, route: Route): Literal {
  return {
    httpMethod: route.httpMethod,
    path: route.path,
    segments: route.segments.map((segment): Literal => {
      if (segment.kind === "literal") return { literal: segment.value };
      return segment.kind === "wildcard" ? "*" : "**";
    }),
    verb: route.verb,
    variables: route.variables.map(({ fieldPath, start, end }) => ({
      field: localPath(schema, method.input, fieldPath),
      start,
      end,
    })),
    body: route.body,
    responseBody: route.responseBody,
    service: code(service),
    method: code(`${service}.methods.${method.localName}`),
  };
}

/** Property names of a path of schema names. */
function localPath(schema: Schema, typeName: string, path: readonly string[]): readonly string[] {
  let current: string | undefined = typeName;
  return path.map((name) => {
    const message = current === undefined ? undefined : schema.messages.get(current);
    const field = message?.fields.find((candidate) => candidate.name === name);
    if (field === undefined) throw new Error(`no field ${path.join(".")} in ${typeName}`);
    const { value } = field.shape;
    current = value.kind === "message" ? value.typeName : undefined;
    return field.localName;
  });
}
