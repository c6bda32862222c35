import { hasHome } from "../messages/references.js";
import type { Diagnostic, Position, Schema } from "../model/types.js";

/** Requests and responses, and fields of extensions, that there is no TypeScript for. */
export function typesGenerated(schema: Schema): readonly Diagnostic[] {
  const check = (subject: string, typeName: string, position: Position): Diagnostic[] => {
    if (hasHome(schema, typeName)) return [];
    return [
      {
        severity: "error",
        rule: "type-not-generated",
        message: `${subject} ${typeName}, for which no code is generated`,
        position,
        suggestion: "add the file that declares it to the files or folders that natsgen is given",
      },
    ];
  };
  return schema.packages.flatMap((pkg) => [
    ...pkg.services.flatMap(({ methods }) =>
      methods.flatMap(({ name, input, output, position }) => [
        ...check(`${name} takes`, input, position),
        ...check(`${name} returns`, output, position),
      ]),
    ),
    ...pkg.extensions.flatMap(({ extendee, field }) => {
      const { value } = field.shape;
      // Extensions of what has no home make no code at all: options of descriptors, mostly.
      if (value.kind === "scalar" || !hasHome(schema, extendee)) return [];
      return check(`extension "${field.name}" has the type`, value.typeName, field.position);
    }),
  ]);
}
