// Characters that show nothing, or turn the direction of what stands around them: a reader does not see them, and a
// search for a name fails on them. The joiners U+200C and U+200D stay, because Persian and Hindi words need them.
const unseen =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * The text of a block as it is kept, in this order: lone surrogates become U+FFFD; every run of white space (line ends
 * too) becomes one space; control characters, soft hyphens, zero-width spaces and marks of direction go; what is left
 * is brought to NFC and trimmed. Doing it twice changes nothing.
 */
export function normaliseBlock(text: string): string {
  const spaced = text.toWellFormed().replace(/[\s\u0085]+/gu, " ");
  return spaced.replace(unseen, "").normalize("NFC").replace(/ {2,}/gu, " ").trim();
}
