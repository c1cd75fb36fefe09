/** Words that are the same, by their places in both lists; both rise. */
export type Match = readonly [a: number, b: number];

/** Lists whose middles would take more steps than this (two of two thousand words) are matched at their ends only. */
const stepsMax = 4_000_000;

/** A longest way to go through two lists in the same words (a longest common subsequence). */
export function matchWords(a: readonly string[], b: readonly string[]): Match[] {
  let before = 0;
  while (before < a.length && before < b.length && a[before] === b[before]) before++;
  let behind = 0;
  const left = Math.min(a.length, b.length) - before;
  while (behind < left && a[a.length - 1 - behind] === b[b.length - 1 - behind]) behind++;
  const matches: Match[] = Array.from({ length: before }, (_, k) => [k, k]);
  for (const [x, y] of between(a.slice(before, a.length - behind), b.slice(before, b.length - behind))) {
    matches.push([before + x, before + y]);
  }
  for (let k = behind; k > 0; k--) matches.push([a.length - k, b.length - k]);
  return matches;
}

function between(a: readonly string[], b: readonly string[]): Match[] {
  if (a.length * b.length > stepsMax) return [];
  const width = b.length + 1;
  // How many can still be matched from word i of the one and word j of the other.
  const most = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j;
      most[at] = a[i] === b[j] ? most[at + width + 1]! + 1 : Math.max(most[at + width]!, most[at + 1]!);
    }
  }
  const matches: Match[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const at = i * width + j;
    if (a[i] === b[j]) matches.push([i++, j++]);
    else if (most[at + width]! >= most[at + 1]!) i++;
    else j++;
  }
  return matches;
}
