/** What a firm, a club or a gang is called before or behind its name. */
export const kinds =
  "exchange|company|firm|group|bank|lender|broker|brokerage|platform|project|protocol|network|startup|start-up|" +
  "service|insurer|regulator|watchdog|manufacturer|trader|operator|developer|provider|processor|crew|gang|union|" +
  "bridge|club|charity|custodian|retailer|supplier|consultancy|studio|wallet|fund";

const before = new RegExp(String.raw`^(?:\S+\s+)?(?:\p{Ll}[\p{L}-]*\s+)*(?:${kinds})\s+(?=\p{Lu})`, "u");
const behind = new RegExp(
  String.raw`^(\p{Lu}[^,]*),\s+(?:an?|the|one of)\s(?:[\p{L}\p{N}'’-]+\s+)*(?:${kinds})s?\b.*$`,
  "su",
);

/**
 * A name without what tells of its bearer: "the tracing firm Kolm", "Gibraltar exchange Kolm" and "Kolm, a tracing
 * firm" are Kolm, each under other words that tell it from nobody.
 */
export function withoutDescription(name: string): string {
  return name.replace(behind, "$1").replace(before, "");
}
