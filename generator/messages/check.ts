import type { Diagnostic, Schema } from "../model/types.js";
import { hasHome } from "./references.js";

/** What the messages of a schema ask for that natsgen has no code for. */
export function checkMessages(schema: Schema): Diagnostic[] {
  return schema.packages.flatMap((pkg) =>
    pkg.messages.flatMap((message): Diagnostic[] => {
      const homeless = message.fields.flatMap(({ name, shape, position }): Diagnostic[] => {
        if (shape.value.kind === "scalar" || hasHome(schema, shape.value.typeName)) return [];
        return [
          {
            severity: "error",
            rule: "type-not-generated",
            message: `field "${name}" has the type ${shape.value.typeName}, for which no code is generated`,
            position,
            suggestion:
              "add the file that declares it to the files or folders that natsgen is given",
          },
        ];
      });
      if (!message.messageSet) return homeless;
      return [
        ...homeless,
        {
          severity: "warning",
          rule: "message-set",
          message: `${message.typeName} uses message_set_wire_format: its content survives a round trip, but its extensions cannot be read or set`,
          position: message.position,
          suggestion: "use google.protobuf.Any, or plain extensions",
        },
      ];
    }),
  );
}
