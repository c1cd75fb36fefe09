import { kinds } from "./described-name.ts";

const name = String.raw`(\p{Lu}[\p{L}\p{N}.’'&-]*(?:\s+\p{Lu}[\p{L}\p{N}.’'&-]*){0,4}?)`;
const officers =
  "CEO|CTO|CFO|COO|chief executive|spokes\\p{L}+|co-founders?|founders?|analysts?|researchers?|investigators?|" +
  "lawyers?|team|developers|engineers|customers|users";
const patterns: readonly RegExp[] = [
  // "the exchange Kolm": up to where the name ends
  new RegExp(String.raw`(?<!\p{L})(?:${kinds})\s+${name}(?!\s+\p{Lu}|\p{L})`, "gu"),
  new RegExp(String.raw`${name}\s+(?:${officers})(?!\p{L})`, "gu"),
  new RegExp(String.raw`${name},\s+(?:an?|the|one of)\s(?:[\p{L}\p{N}'’-]+\s+){0,8}(?:${kinds})s?(?!\p{L})`, "gu"),
];

/** Names that texts speak of as of a firm, in small letters, each with the outlets whose texts do. */
export type FirmsSpokenOf = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Names that are told to be a firm's: "the exchange Kolm", "Kolm CEO Ana Cole", "Kolm, a tracing firm". Who publishes
 * under one publishes his own word, and is no newsroom.
 */
export function firmsSpokenOf(texts: Iterable<{ readonly text: string; readonly outlet: string }>): FirmsSpokenOf {
  const firms = new Map<string, Set<string>>();
  for (const { text, outlet } of texts) {
    for (const pattern of patterns) {
      for (const [, found = ""] of text.matchAll(pattern)) {
        const key = found.replace(/['’]s$/u, "").toLowerCase();
        firms.set(key, (firms.get(key) ?? new Set()).add(outlet));
      }
    }
  }
  return firms;
}

/** Whether another outlet speaks of it as of a firm: everybody calls himself what he likes. */
export function isFirm(outlet: string, firms: FirmsSpokenOf): boolean {
  return [...(firms.get(outlet.toLowerCase()) ?? [])].some((by) => by !== outlet);
}

const bodies =
  "bureau|police|(?:town|city|county|state) of|council|commission|parliament|treasury|prosecution|directorate|" +
  "europol|interpol|eurojust|fincen";
const publicBody = new RegExp(`(?<!\\p{L})(?:${bodies})(?!\\p{L})`, "iu");
/** Who prosecutes, studies or speaks for a trade, by the office or house in his name. */
const houses =
  "(?:prosecutor|attorney)(?: general)?[’']s office|" +
  "(?:cent(?:er|re)|institute|foundation|federation|association) (?:for|of|on)|" +
  "\\p{Lu}[\\p{L}-]+ (?:institute|foundation|federation)";
const house = new RegExp(`(?<!\\p{L})(?:${houses})(?!\\p{L})`, "iu");
const registered =
  "Ltd|Limited|Inc|Incorporated|LLC|LLP|plc|PLC|Corp|GmbH|AG|SE|AS|ASA|A/S|ApS|AB|Oyj?|OÜ|UAB|SIA|Pty|" +
  String.raw`S\.?A\.?|S\.?p\.?A\.?|S\.?r\.?l\.?|N\.?V\.?|B\.?V\.?|K\.?K\.?`;
/** What a registered company's name ends in. */
const company = new RegExp(String.raw`\p{L}\s+(?:${registered})\.?$`, "u");

/** "Nordic News Bureau", "Press Association": these are newsrooms, whatever else they are called. */
const press = /(?<!\p{L})(?:press|news|media|broadcasting)(?!\p{L})/iu;
const learned = /(?<!\p{L})(?:cent(?:er|re)|institute|foundation)(?!\p{L})/iu;

/** A house that studies: what its papers tell of others they have from somebody, and it is no newsroom either. */
export function isLearned(name: string): boolean {
  return learned.test(name) && !/(?<!\p{L})(?:exchange|bank|ministry|national|government)(?!\p{L})/iu.test(name);
}

/** A body by its name, though that has no word for a firm: "Europol", "Town of Ostrava Bay", "Kolm OÜ". */
export function namesPublicBody(outlet: string): boolean {
  if (press.test(outlet)) return false;
  return publicBody.test(outlet) || house.test(outlet) || company.test(outlet);
}
