/** Name rules of protobuf. */

export { didYouMean, editDistance, nearest, oneOf } from "../model/suggest.js";

/** protoc's default json_name: underscores out, the letter behind one upper-cased. */
export function jsonNameOf(name: string): string {
  let result = "";
  let upper = false;
  for (const character of name) {
    if (character === "_") {
      upper = true;
    } else {
      result += upper && character >= "a" && character <= "z" ? character.toUpperCase() : character;
      upper = false;
    }
  }
  return result;
}

/** Name of the entry message that `map<…> name` declares. */
export function mapEntryName(name: string): string {
  let result = "";
  let upper = true;
  for (const character of name) {
    if (character === "_") {
      upper = true;
    } else {
      result += upper && character >= "a" && character <= "z" ? character.toUpperCase() : character;
      upper = false;
    }
  }
  return `${result}Entry`;
}

export function joinName(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}

/** The last component. */
export function simpleName(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf(".") + 1);
}
