import { createHash } from "node:crypto";
import type { Figure } from "../claims/figures/figure.ts";
import type { IncidentDraft } from "./draft.ts";
import type { Incident, IncidentDate, Join, MaybeSame } from "./incident.ts";
import { findIncidentDisagreements } from "./incident-disagreements.ts";
import { nameIncident, spanOfDates } from "./name-incident.ts";
import { compareAmounts, compareDates, compareVictims } from "./same-victim.ts";
import { gatherStated, placeKey } from "./stated.ts";
import { figureKey } from "./told-story.ts";

/** Tellings of one incident, joined so far. */
interface Gathered {
  readonly id: string;
  readonly drafts: IncidentDraft[];
  /** Where its tellings come from, and which documents those are. */
  readonly from: Set<string>;
  readonly documents: Set<string>;
  /** What all tellings state, each value once: a thousand reports of one theft state few. */
  readonly names: Map<string, readonly string[]>;
  readonly dates: Map<string, IncidentDate>;
  readonly amounts: Map<string, Figure>;
  readonly joins: Join[];
  readonly maybe: MaybeSame[];
}

/** Days between dates of one deed: the deed, its discovery, its announcement. */
export const sameDeedDaysMax = 14;
/** Years that are stated alone and are next to each other may be a slip of one. */
const slipDaysMax = 366;

interface Verdict {
  /** 0 other, 1 may be the same but is not joined, from 2 on joined, the higher the surer. */
  readonly rank: 0 | 1 | 2 | 3 | 4;
  readonly because: string;
}

/**
 * Joins what documents tell into incidents, in the order given. Two tellings are one incident where they name the same
 * victim, and their dates fit; or one is undated and its amount fits, or nothing else is known of that victim; or both
 * state a year alone, a year apart, and no amount speaks against it. Everything else that names the same victim stays
 * apart, and is said to be possibly the same where no date tells them apart.
 */
export function joinIncidents(drafts: readonly IncidentDraft[]): Incident[] {
  const all: Gathered[] = [];
  const byWord = new Map<string, Set<number>>();
  for (const draft of drafts) {
    const known = new Set(draft.words.flatMap((words) => keysOf(words)).flatMap((key) => [...(byWord.get(key) ?? [])]));
    const verdicts = [...known]
      .sort((a, b) => a - b)
      .map((index) => ({ index, ...compareTellings(all[index] as Gathered, draft) }))
      .filter(({ rank }) => rank > 0);
    const best = chosen(verdicts);
    const index = best?.index ?? all.length;
    if (best === null) all.push(foundedBy(draft, verdicts, all));
    else {
      const found = all[best.index] as Gathered;
      take(found, draft);
      found.joins.push({ from: draft.from, because: best.because, doubtful: best.rank < 4 });
    }
    for (const key of draft.words.flatMap(keysOf)) byWord.set(key, (byWord.get(key) ?? new Set()).add(index));
  }
  return all.map(incidentOf);
}

function take(found: Gathered, draft: IncidentDraft): Gathered {
  found.drafts.push(draft);
  found.from.add(draft.from);
  found.documents.add(draft.document);
  for (const words of draft.words) found.names.set(words.join(" "), words);
  for (const { value } of draft.dates) found.dates.set(dateKey(value), value);
  for (const { value } of draft.amounts) found.amounts.set(figureKey(value), value);
  return found;
}

const incidentId = ({ founding }: IncidentDraft): string =>
  `incident-${createHash("sha256").update(founding).digest("hex").slice(0, 12)}`;

const dateKey = ({ from, to }: IncidentDate): string => JSON.stringify([from, to]);

const keysOf = (words: readonly string[]): string[] => [...words, words.join("").replace(/[.&-]/gu, "")];

/** The surest; null where there is none, or where two are as sure and only the name speaks for either. */
function chosen<T extends Verdict>(verdicts: readonly T[]): T | null {
  const joined = verdicts.filter(({ rank }) => rank > 1);
  const top = Math.max(0, ...joined.map(({ rank }) => rank));
  const best = joined.filter(({ rank }) => rank === top);
  return best.length === 1 || top >= 4 ? (best[0] ?? null) : null;
}

function foundedBy(
  draft: IncidentDraft,
  verdicts: readonly ({ index: number } & Verdict)[],
  all: Gathered[],
): Gathered {
  const id = incidentId(draft);
  const maybe: MaybeSame[] = [];
  for (const { index, because, rank } of verdicts) {
    const other = all[index] as Gathered;
    const why = rank > 1 ? "it fits several of that victim's incidents" : because;
    other.maybe.push({ incident: id, why });
    maybe.push({ incident: other.id, why });
  }
  const empty = { id, drafts: [], from: new Set<string>(), documents: new Set<string>(), joins: [], maybe };
  return take({ ...empty, names: new Map(), dates: new Map(), amounts: new Map() }, draft);
}

function compareTellings(known: Gathered, draft: IncidentDraft): Verdict {
  // What one document tells apart is two deeds.
  if (known.from.has(draft.from)) return { rank: 0, because: "" };
  const name = compareVictims([...known.names.values()], draft.words);
  if (name === "other") return { rank: 0, because: "" };
  const dates = draft.dates.map(({ value }) => value);
  const { days, coarse } = compareDates([...known.dates.values()], dates);
  const figures = draft.amounts.map(({ value }) => value);
  const money = compareAmounts([...known.amounts.values()], figures);
  // A file's fields and its text are about the same deed, whatever they say of it.
  const isOwnText = known.documents.has(draft.document);
  if (isOwnText && (days === null || days <= slipDaysMax))
    return { rank: 4, because: "the fields and the text of one file" };
  const bare = known.dates.size + known.amounts.size + dates.length + figures.length === 0;
  if (bare && name === "equal") return { rank: 3, because: "the same victim, and neither says more" };
  if (days === null) return compareUndated(name, money);
  if (days <= sameDeedDaysMax && !coarse) {
    if (name === "part" && money === "contradict") return { rank: 1, because: "dates fit, amounts and names differ" };
    return { rank: 4, because: `the same victim, ${days === 0 ? "dates that fit" : `dates ${days} days apart`}` };
  }
  if (days === 0) {
    if (money === "contradict") return { rank: 1, because: "only the year fits, and the amounts differ" };
    return { rank: money === "fit" || name === "equal" ? 4 : 3, because: "the same victim, in a year that fits" };
  }
  // Two years next to each other are one day apart at their nearest, and may be meant for one deed.
  if (!coarse || days > slipDaysMax) return { rank: 0, because: "" };
  if (money === "contradict") return { rank: 1, because: "years next to each other, and the amounts differ" };
  if (name === "part" && money !== "fit")
    return { rank: 1, because: "years next to each other, and names that differ" };
  return { rank: money === "fit" ? 3 : 2, because: "the same victim, in years next to each other: one may be a slip" };
}

function compareUndated(name: "equal" | "part", money: "fit" | "contradict" | "unknown"): Verdict {
  if (money === "fit") return { rank: 3, because: "the same victim and an amount that fits; one has no date" };
  if (money === "contradict") return { rank: 1, because: "the same victim; one has no date, and the amounts differ" };
  if (name === "part") return { rank: 1, because: "a part of the name is the same, and one has no date" };
  return { rank: 2, because: "the same victim; nothing else that both tell says whether it is the same" };
}

function incidentOf({ id, drafts, joins, maybe }: Gathered): Incident {
  const victims = gatherStated(
    drafts.flatMap((draft) => draft.victims),
    (victim) => victim.toLowerCase(),
  );
  const dates = gatherStated(
    drafts.flatMap((draft) => draft.dates),
    dateKey,
  );
  const amounts = gatherStated(
    drafts.flatMap((draft) => draft.amounts),
    figureKey,
  );
  const most = amounts
    .map((amount, index) => ({
      amount,
      index,
      weight: weightOf(
        amount.places.map((one) => one.document),
        amount.entries,
      ),
    }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .map(({ amount }) => amount);
  const statements = drafts.flatMap((draft) => draft.statements);
  return {
    id,
    ids: [...new Set(drafts.map(incidentId))],
    name: nameIncident(victims, dates),
    ...spanOfDates(dates),
    dates,
    victims,
    countries: gatherStated(
      drafts.flatMap((draft) => draft.countries),
      (code) => code,
    ),
    kinds: gatherStated(
      drafts.flatMap((draft) => draft.kinds),
      (kind) => kind,
    ),
    methods: gatherStated(
      drafts.flatMap((draft) => draft.methods),
      (method) => method,
    ),
    amounts: most,
    attributions: drafts.flatMap((draft) => draft.attributions),
    disagreements: findIncidentDisagreements(dates, most),
    statements: [...new Map(statements.map((one) => [placeKey(one), one])).values()],
    joins,
    maybeSame: maybe.filter(({ incident }, index) => maybe.findIndex((one) => one.incident === incident) === index),
  };
}

/** How many documents and imported files state it. */
const weightOf = (documents: readonly string[], entries: readonly { sha256: string }[]): number =>
  new Set([...documents, ...entries.map(({ sha256 }) => sha256.slice(0, 16))]).size;
