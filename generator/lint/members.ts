import type { Method, Route, Schema } from "../model/types.js";

/** Every method with the full name of its service. */
export function allMethods(
  schema: Schema,
): readonly { readonly typeName: string; readonly method: Method }[] {
  return schema.packages.flatMap((pkg) =>
    pkg.services.flatMap(({ typeName, methods }) =>
      methods.map((method) => ({ typeName, method })),
    ),
  );
}

/** Every HTTP route with its method, and the full name of that. */
export function allRoutes(schema: Schema): readonly {
  readonly name: string;
  readonly method: Method;
  readonly route: Route;
}[] {
  return allMethods(schema).flatMap(({ typeName, method }) =>
    method.routes.map((route) => ({ name: `${typeName}.${method.name}`, method, route })),
  );
}
