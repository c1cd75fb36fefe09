/** The rules by which stolen value is told from clean value once the two are mixed. */
export const rules = ["poison", "haircut", "fifo", "lifo", "dirty-first", "clean-first", "tiho"] as const;
export type Rule = (typeof rules)[number];

/**
 * What no rule of accounts changes: value that repays a debt is gone (Bishopsgate v Homan, 1995), unless a request asks
 * to go through the debt into what it had bought (Brazil v Durant, 2015).
 */
export const debtLaw = "Bishopsgate Investment Management v Homan (1995); Federal Republic of Brazil v Durant (2015)";

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
  /** What it means where value mixes in a balance. */
  readonly inAccounts: AccountRuleFacts;
}

export interface AccountRuleFacts {
  /** What the rule does with a debit, in a sentence for a person. */
  readonly sentence: string;
  /** Which law uses it, and for whom against whom; "none" where no court uses it. */
  readonly law: string;
  /** Why it is refused; null where it is not. */
  readonly refusal: string | null;
}

const dependsOnSeeds =
  "how much of a coin it calls stolen depends on where the theft began, so nothing can be asked of a coin alone";

export const ruleFacts: Readonly<Record<Rule, RuleFacts>> = {
  poison: {
    sentence: "Everything downstream is traced at face value: an upper bound on what can be touched.",
    law: "none",
    conserved: false,
    backwardRefusal: null,
    inAccounts: {
      sentence:
        "A debit passes the mark on to who is paid, at face value; the payer keeps it until the balance is used up.",
      law: "none",
      refusal: null,
    },
  },
  haircut: {
    sentence: "Each output carries the same share of stolen value as the pool it was paid from.",
    law: "rolling charge; US averaging (US v. Banco Cafetero, 2d Cir. 1986)",
    conserved: true,
    backwardRefusal: null,
    inAccounts: {
      sentence: "A debit takes of the stolen value the same share as of the balance.",
      law:
        "US averaging, against the holder of an account that was fed with both (US v. Banco Cafetero, 2d Cir. 1986); " +
        "pro rata, between the victims of one fund",
      refusal: null,
    },
  },
  fifo: {
    sentence: "What came in first goes out first.",
    law: "Clayton's case (Devaynes v Noble, 1816)",
    conserved: true,
    backwardRefusal: null,
    inAccounts: {
      sentence: "A debit takes what came in first.",
      law: "Clayton's case (Devaynes v Noble, 1816), between innocent claimants on one account that runs on",
      refusal: null,
    },
  },
  lifo: {
    sentence: "What came in last goes out first.",
    law: "none",
    conserved: true,
    backwardRefusal: null,
    inAccounts: { sentence: "A debit takes what came in last.", law: "none", refusal: null },
  },
  "dirty-first": {
    sentence: "Stolen value is paid out before clean value.",
    law: "claimant's election (Re Oatway, 1903); US drugs in, first out",
    conserved: true,
    backwardRefusal: dependsOnSeeds,
    inAccounts: {
      sentence: "A debit takes stolen value before clean value.",
      law:
        "a victim against the wrongdoer who bought first and spent the rest (Re Oatway, 1903), for a share of the " +
        "purchase or a charge on it (Foskett v McKeown, 2000); the government's choice (US v. Banco Cafetero, 1986)",
      refusal: null,
    },
  },
  "clean-first": {
    sentence: "Clean value is paid out before stolen value.",
    law: "a victim against the wrongdoer (Re Hallett's Estate, 1880); US drugs in, last out",
    conserved: true,
    backwardRefusal: dependsOnSeeds,
    inAccounts: {
      sentence:
        "A debit takes clean value before stolen value, which stays, but never more than the lowest balance since.",
      law:
        "a victim against the wrongdoer, who is taken to spend his own first (Re Hallett's Estate, 1880), up to the " +
        "lowest balance since (James Roscoe (Bolton) v Winder, 1915)",
      refusal: null,
    },
  },
  tiho: {
    sentence: "Stolen value goes to the largest output first (taint in, highest out).",
    law: "none",
    conserved: true,
    backwardRefusal: dependsOnSeeds,
    inAccounts: {
      sentence: "It has no meaning: a transfer between accounts has one receiver.",
      law: "none",
      refusal: "it pays stolen value to the largest output of a transaction, and a transfer has only one",
    },
  },
};
