/** What is compared of two names: letters and figures, without case, spaces and hyphens ("APT 38", "APT-38"). */
export function nameKey(name: string): string {
  const letters = name.normalize("NFKC").toLowerCase();
  return letters.replace(/[^\p{L}\p{M}\p{N}]/gu, "") || letters.trim();
}

/** The key without a common noun at the end: "Lazarus Group" and "Lazarus". Too loose to say that two are the same. */
export function looseKey(name: string): string {
  const bare = name
    .replace(/^the\s+/iu, "")
    .replace(/\s+(?:group|gang|team|apt|hackers|hacking group|collective)$/iu, "");
  return nameKey(bare);
}

/** The name behind "Subgroup:", or null. */
export function subgroupName(alias: string): string | null {
  return /^sub-?group:?\s+(.+)$/iu.exec(alias)?.[1]?.trim() ?? null;
}
