/**
 * What may be assigned to messages, and what may not. tsc asserts it: it
 * reports an error that is not expected, and an expected one that is missing.
 */

import { type Extension, getExtension, setExtension } from "@natsgen/runtime/codec";
import type { MessageType } from "@natsgen/runtime/contract";
import { Timestamp } from "@natsgen/runtime/wkt";
import {
  Color,
  Scalars,
  type ScalarsInit,
  Shapes,
  WellKnown,
} from "../../golden/messages/everything/v1/messages.js";
import { Account as Legacy, priority, tags } from "../../golden/messages/legacy/v1/messages.js";

// 64-bit integers are bigint, or what [jstype] asks for.
export const exact: ScalarsInit = { int64Value: 1n, number: 1, text: "1" };
// @ts-expect-error a number may have lost its last digits
export const rounded: ScalarsInit = { int64Value: 1 };
// @ts-expect-error [jstype = JS_STRING]
export const notText: ScalarsInit = { text: 1n };
// @ts-expect-error no such field
export const misspelt: ScalarsInit = { int32Valeu: 1 };
// @ts-expect-error absent is `undefined`, not null
export const nulled: ScalarsInit = { optionalString: null };

// Enums are their names.
export const red: Color = "COLOR_RED";
export const alsoRed: Color = Color.RED;
// @ts-expect-error not a name of the enum
export const green: Color = "COLOR_GREEN";
// @ts-expect-error a bare number says nothing: unrecognizedEnum(7)
export const seven: Color = 7;

// Fields without presence are never undefined; those with it may be.
const scalars = new Scalars();
export const length: number = scalars.stringValue.length;
// @ts-expect-error it may be unset
export const maybe: string = scalars.optionalString;
export const instance: MessageType<Scalars, ScalarsInit> = Scalars;

// A oneof narrows.
const { choice } = new Shapes();
// @ts-expect-error no member is known to be set
export const early: string = choice.value;
if (choice.case === "text") {
  const text: string = choice.value;
  Shapes.encode({ choice: { case: "text", value: text } });
}
// @ts-expect-error the member `text` is a string
Shapes.encode({ choice: { case: "text", value: 1 } });
// @ts-expect-error no such member
Shapes.encode({ choice: { case: "txet", value: "" } });

// Well-known types take what is at hand.
WellKnown.encode({ time: new Date(), span: 1500, maybeString: "x", object: { a: [1, null] } });
WellKnown.encode({ time: new Timestamp(), value: null });
// @ts-expect-error not JSON
WellKnown.encode({ object: { a: () => 1 } });
export const date: Date | undefined = new WellKnown().time?.toDate();

// Required fields (proto2) are required of those who write.
Legacy.encode({ name: "x", level: "LEVEL_LOW" });
// @ts-expect-error lacks `level`
Legacy.encode({ name: "x" });

// Extensions know their message and their type.
const legacy = new Legacy({ name: "x", level: "LEVEL_HIGH" });
export const prioritised: number = getExtension(legacy, priority);
export const extension: Extension<Legacy, string[]> = tags;
// @ts-expect-error a number is due
setExtension(legacy, priority, "high");
// @ts-expect-error an extension of another message
getExtension(scalars, priority);
