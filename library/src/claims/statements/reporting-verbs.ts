import type { SpeechAct } from "./statement.ts";

/**
 * What may follow a verb of saying: `clause` (said that …, said …), `addressee` before the clause (told them that …),
 * `noun` (rejected the claim), `accused` (accused them of …), `charge` (called on them to …, urged them to …),
 * `as` (described it as …).
 */
export type Complement = "clause" | "addressee" | "noun" | "accused" | "charge" | "naming";

export interface ReportingVerb {
  readonly act: SpeechAct;
  readonly complements: readonly Complement[];
  /** May stand after or amid what is said, set off by commas: "the bank is safe, she said". */
  readonly parenthetical: boolean;
  /** Is what somebody holds, and says only by being reported ("believes that …"). */
  readonly opinion: boolean;
  /** Is a verb of saying only beside a quotation ("she continued"). */
  readonly needsQuotation: boolean;
  /** Is a verb of saying only with "that", a quotation or a clause after it ("found that", "showed that"). */
  readonly needsClause: boolean;
}

/** A form of a verb: which verb, and which form. */
export interface VerbForm {
  readonly verb: ReportingVerb;
  readonly form: "base" | "third" | "past" | "participle" | "gerund";
}

type Group = [words: string, act: SpeechAct, complements: Complement[], flags?: string];

// Reporting verbs by the syntax they take (the classes of Levin 1993, 37.1 to 37.9, and what news writes).
const groups: readonly Group[] = [
  ["say", "states", ["clause"], "p"],
  [
    "add state note observe remark explain announce declare comment insist maintain stress emphasize emphasise",
    "states",
    ["clause"],
    "p",
  ],
  [
    "write tweet post blog joke quip recall muse testify concede admit acknowledge confess argue contend assert",
    "states",
    ["clause"],
    "p",
  ],
  ["continue begin counter interject gush shout yell chant whisper answer", "states", ["clause"], "pq"],
  ["reply respond conclude retort", "states", ["clause"], "pn"],
  [
    "predict warn caution promise pledge vow boast complain lament agree disclose reveal confirm",
    "states",
    ["clause", "addressee"],
    "p",
  ],
  ["tell inform assure remind advise notify convince", "states", ["addressee"], "p"],
  ["estimate assess fume", "states", ["clause"], "p"],
  ["believe think suspect guess hope fear reckon feel know worry", "states", ["clause"], "po"],
  ["suggest indicate show find learn signal imply mention determine realize", "states", ["clause"], "pn"],
  ["read", "states", ["clause"], "pq"],
  ["describe characterize characterise portray brand label liken compare dub", "states", ["naming"]],
  ["criticize criticise condemn blast slam denounce", "states", ["noun"]],
  ["question attack defend mock ridicule praise", "states", ["noun"], "q"],
  ["ask wonder", "states", ["addressee", "clause"], "pn"],
  ["claim allege charge", "alleges", ["clause", "noun"], "p"],
  ["accuse blame", "alleges", ["accused"]],
  ["deny", "denies", ["clause", "noun"], "p"],
  ["reject dismiss refute dispute rebut rebuff repudiate disavow contradict", "denies", ["noun"]],
  ["doubt", "states", ["clause", "noun"]],
  ["repeat reiterate echo", "repeats", ["clause", "noun"], "p"],
  ["report", "repeats", ["clause"], "p"],
  ["cite quote", "repeats", ["noun"]],
  ["correct clarify", "corrects", ["clause", "noun"], "p"],
  ["retract withdraw recant", "retracts", ["noun"]],
  ["urge implore beg", "calls on", ["charge"], "p"],
  ["demand propose recommend", "calls on", ["clause"], "pn"],
];

const irregular: Readonly<Record<string, readonly [past: string, participle: string]>> = {
  say: ["said", "said"],
  read: ["read", "read"],
  tell: ["told", "told"],
  write: ["wrote", "written"],
  begin: ["began", "begun"],
  think: ["thought", "thought"],
  find: ["found", "found"],
  show: ["showed", "shown"],
  feel: ["felt", "felt"],
  know: ["knew", "known"],
  withdraw: ["withdrew", "withdrawn"],
};

const doubling = new Set(["blog", "quip", "rebut", "admit", "slam", "beg"]);

/** Forms that are also common nouns or adjectives: verbs only where the tagger or the place says so. */
export const doubtfulForms: ReadonlySet<string> = new Set(
  (
    "state states note notes remark remarks comment comments stress post posts joke jokes blog blogs claim " +
    "claims charge charges charged alleged report reports attack attacks question questions estimate estimates " +
    "fear fears hope hopes worry worries guess show shows promise promises pledge pledges vow vows boast " +
    "demand demands quote quotes counter counters answer answers reply label labels brand brands blast slam " +
    "praise dispute disputes signal signals find finds learning tweet tweets shout shouts chant chants blame " +
    "echo feel thought found correct posted attacked estimated reported begin began continue continued " +
    "determined repeated suspect suspects known doubt doubts"
  ).split(" "),
);

/** Every form of every verb, by its letters. */
export const verbForms: ReadonlyMap<string, VerbForm> = conjugated();

function conjugated(): Map<string, VerbForm> {
  const forms = new Map<string, VerbForm>();
  for (const [words, act, complements, flags = ""] of groups) {
    const verb = {
      act,
      complements,
      parenthetical: flags.includes("p"),
      needsClause: flags.includes("n"),
      needsQuotation: flags.includes("q"),
      opinion: flags.includes("o"),
    };
    for (const base of words.split(" ")) {
      const [past, participle] = irregular[base] ?? [regularPast(base), regularPast(base)];
      forms.set(base, { verb, form: "base" });
      forms.set(third(base), { verb, form: "third" });
      if (participle !== past) forms.set(participle, { verb, form: "participle" });
      forms.set(past, { verb, form: "past" });
      forms.set(gerund(base), { verb, form: "gerund" });
    }
  }
  return forms;
}

function third(base: string): string {
  if (/[^aeou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return /(?:s|sh|ch|x)$/.test(base) ? `${base}es` : `${base}s`;
}

function regularPast(base: string): string {
  if (doubling.has(base)) return `${base}${base.at(-1)}ed`;
  if (/[^aeou]y$/.test(base)) return `${base.slice(0, -1)}ied`;
  return base.endsWith("e") ? `${base}d` : `${base}ed`;
}

function gerund(base: string): string {
  if (doubling.has(base)) return `${base}${base.at(-1)}ing`;
  return base.endsWith("e") && !base.endsWith("ee") ? `${base.slice(0, -1)}ing` : `${base}ing`;
}
