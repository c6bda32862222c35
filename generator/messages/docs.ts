import type { Comments } from "../model/types.js";

/** The text of a doc comment: what the schema says, and `@deprecated` where it says so. */
export function docText(comments: Comments, deprecated = false): string {
  const parts = [comments.leading.trim(), comments.trailing.trim()].filter((part) => part !== "");
  if (deprecated) parts.push("@deprecated");
  return parts.join("\n\n");
}
