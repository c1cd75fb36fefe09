/**
 * Categories of tags (their sources' own words, in the spelling of the INTERPOL darkweb taxonomy that TagPacks use, and
 * the common variants) that say: many customers' money is pooled here. What goes in and what comes out of such a
 * wallet are different people's, so following value through it names innocent ones.
 */
const pooledWords = [
  "exchange",
  "cex",
  "hosted wallet",
  "wallet service",
  "payment processor",
  "mixer",
  "mixing service",
  "mixing",
  "gambling",
  "casino",
  "bridge",
  "marketplace",
  "market",
  "broker",
  "otc",
  "atm",
  "custodian",
  "custody",
  "lending",
  "mining pool",
  "service",
] as const;

/** Whether a tag's category names a service that pools its customers' money. */
export function isPooledService(category: string | null): boolean {
  if (category === null) return false;
  const words = category
    .toLowerCase()
    .replaceAll(/[_\-/]+/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  return pooledWords.some((word) => words === word || words === `${word}s` || words.startsWith(`${word} `));
}
