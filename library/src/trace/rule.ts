/** The rules by which stolen value is told from clean value once the two are mixed. */
export const rules = ["poison", "haircut", "fifo", "lifo", "dirty-first", "clean-first", "tiho"] as const;
export type Rule = (typeof rules)[number];

/** Which way a trail runs: to where the value went, or to where it came from. */
export type Direction = "forward" | "backward";

export interface RuleFacts {
  /** What the rule does, in a sentence for a person. */
  readonly sentence: string;
  /** The courts' name of it and a case; "none" where no court uses it. */
  readonly law: string;
  /** Whether traced amounts add up to the stolen amount. Where not, they are an upper bound. */
  readonly conserved: boolean;
  /** Why the rule cannot run backward; null where it can. */
  readonly backwardRefusal: string | null;
}

const dependsOnSeeds =
  "how much of a coin it calls stolen depends on where the theft began, so nothing can be asked of a coin alone";

export const ruleFacts: Readonly<Record<Rule, RuleFacts>> = {
  poison: {
    sentence: "Everything downstream is traced at face value: an upper bound on what can be touched.",
    law: "none",
    conserved: false,
    backwardRefusal: null,
  },
  haircut: {
    sentence: "Each output carries the same share of stolen value as the pool it was paid from.",
    law: "rolling charge; US averaging (US v. Banco Cafetero, 2d Cir. 1986)",
    conserved: true,
    backwardRefusal: null,
  },
  fifo: {
    sentence: "What came in first goes out first.",
    law: "Clayton's case (Devaynes v Noble, 1816)",
    conserved: true,
    backwardRefusal: null,
  },
  lifo: {
    sentence: "What came in last goes out first.",
    law: "none",
    conserved: true,
    backwardRefusal: null,
  },
  "dirty-first": {
    sentence: "Stolen value is paid out before clean value.",
    law: "claimant's election (Re Oatway, 1903); US drugs in, first out",
    conserved: true,
    backwardRefusal: dependsOnSeeds,
  },
  "clean-first": {
    sentence: "Clean value is paid out before stolen value.",
    law: "a victim against the wrongdoer (Re Hallett's Estate, 1880); US drugs in, last out",
    conserved: true,
    backwardRefusal: dependsOnSeeds,
  },
  tiho: {
    sentence: "Stolen value goes to the largest output first (taint in, highest out).",
    law: "none",
    conserved: true,
    backwardRefusal: dependsOnSeeds,
  },
};
