/**
 * The Admiralty scale (NATO STANAG 2511, UK JDP 2-00): how far a source can be relied on, and how far a piece of
 * information can be believed, are judged apart. A good source may be wrong, and a bad one right.
 */
export const reliabilities = {
  A: "completely reliable",
  B: "usually reliable",
  C: "fairly reliable",
  D: "not usually reliable",
  E: "unreliable",
  F: "reliability cannot be judged",
} as const;

export const credibilities = {
  1: "confirmed by other sources",
  2: "probably true",
  3: "possibly true",
  4: "doubtful",
  5: "improbable",
  6: "truth cannot be judged",
} as const;

export type Reliability = keyof typeof reliabilities;
export type Credibility = keyof typeof credibilities;
