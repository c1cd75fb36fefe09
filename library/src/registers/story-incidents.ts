import type { DocumentAnalysis } from "../claims/analyse-document.ts";
import type { Figure } from "../claims/figures/figure.ts";
import { attributionsOf } from "./attributions-of.ts";
import { countriesOfVictim, kindsOfVictim } from "./describe-victim.ts";
import type { IncidentDraft } from "./draft.ts";
import type { Mention } from "./find-mentions.ts";
import type { IncidentDate, IncidentMethod } from "./incident.ts";
import { type MainIncident, mainFacts } from "./main-incident.ts";
import { methodsIn } from "./read-method.ts";
import { compareDates, compareNames } from "./same-victim.ts";
import { figuresOfMentions } from "./sentence-figures.ts";
import { gatherStated, type Stated } from "./stated.ts";
import { datesOf, figureKey, readStory, statedFigure, type ToldSentence, type ToldStory } from "./told-story.ts";
import { deedNouns, tellingWords } from "./victim-words.ts";

/** What is told of one victim at one time. */
interface Group {
  readonly words: string[][];
  readonly told: { readonly sentence: ToldSentence; readonly mention: Mention; readonly name: string }[];
  readonly dates: Stated<IncidentDate>[];
  readonly amounts: Stated<Figure>[];
}

/** Two dates of one telling that are further apart are two deeds. */
const oneDeedDaysMax = 14;

/** The incidents that one document tells of, each with the words behind every field, in the order of the text. */
export function storyIncidents(analysis: DocumentAnalysis): IncidentDraft[] {
  const story = readStory(analysis);
  const groups = groupMentions(story);
  const main = mainGroup(story, groups);
  // Beside what it is about, a document names other deeds in passing; without a date or an amount they tell nothing.
  const told = groups.filter(
    (one) => main === null || one === main || one.told.length > 1 || one.dates.length + one.amounts.length > 0,
  );
  return told.map((group) => draftOf(story, group, main === group ? mainFacts(story, factsOf(group)) : null));
}

function groupMentions(story: ToldStory): Group[] {
  const groups: Group[] = [];
  for (const sentence of story.sentences) {
    const owned = figuresOfMentions(sentence.words, sentence.mentions, sentence.figures, story.points);
    for (const mention of sentence.mentions) {
      const { first, next } = mention.victim;
      const place = story.placeOfWords(sentence.words, first, next);
      const words = tellingWords(place.text);
      if (words.length === 0) continue;
      const own = owned.filter((one) => one.mention === mention).map(({ figure }) => figure);
      const dates = own.filter(({ kind }) => kind === "date").flatMap((figure) => datesOf(story, figure));
      const group = groupFor(groups, words, dates, mention.datesDeed);
      if (group === null) continue;
      if (!group.words.some((known) => compareNames(known, words) === "equal")) group.words.push(words);
      group.told.push({ sentence, mention, name: place.text });
      group.dates.push(...dates);
      const money = own.filter(({ kind, value }) => kind === "money" && value !== null);
      group.amounts.push(...money.map((value) => statedFigure(story, value)));
    }
  }
  return groups;
}

/** The ways that a sentence names; of a sentence that tells of several deeds, those that stand nearest to this one. */
function methodsOf(
  story: ToldStory,
  { span, words, mentions }: ToldSentence,
  { told }: Group,
): Stated<IncidentMethod>[] {
  const { text } = story.analysis.document;
  const from = story.points.unitAt(span.start);
  return methodsIn(text.slice(from, story.points.unitAt(span.end)), from).flatMap((way) => {
    const at = words.findIndex((word) => word.to > way.from);
    const next = words.findIndex((word) => word.from >= way.to);
    const isTold = mentions.some(({ deed }) => deed === next);
    // "the X ransomware attack" is another deed, unless it is one of those that are told of here.
    const isOther = !isTold && deedNouns.has(words[next]?.lower ?? "") && words[at - 1]?.isName === true;
    const isFar = mentions.length > 0 && !told.some(({ mention }) => mention === nearestTo(mentions, at));
    if (isOther || isFar) return [];
    const places = [story.placeOf(story.points.span(way.from, way.to))];
    return [{ value: way.method, places, entries: [] }];
  });
}

const nearestTo = (mentions: readonly Mention[], at: number): Mention | undefined => {
  const far = ({ deed, victim }: Mention) => Math.min(Math.abs(deed - at), Math.abs(victim.first - at));
  return mentions.reduce<Mention | undefined>((a, b) => (a === undefined || far(b) < far(a) ? b : a), undefined);
};

/**
 * The group that a mention belongs to, or a new one; null for an announcement by somebody who is told of nowhere
 * else.
 */
function groupFor(
  groups: Group[],
  words: string[],
  dates: readonly Stated<IncidentDate>[],
  founds: boolean,
): Group | null {
  const named = groups.filter((group) => group.words.some((known) => compareNames(known, words) !== "other"));
  const values = dates.map(({ value }) => value);
  const fits = ({ dates: known }: Group) => {
    const { days, coarse } = compareDates(
      known.map(({ value }) => value),
      values,
    );
    return days === null || days === 0 || (!coarse && days <= oneDeedDaysMax);
  };
  // Without a date it is the one that was spoken of last.
  const found =
    values.length === 0 ? named.at(-1) : (named.find((one) => one.dates.length > 0 && fits(one)) ?? named.find(fits));
  if (found !== undefined) return found;
  if (!founds) return null;
  const made: Group = { words: [words], told: [], dates: [], amounts: [] };
  groups.push(made);
  return made;
}

/**
 * The incident that the document is about: the title or the first sentences tell of it, and its victim is named in the
 * title, or at least half of all mentions are of it. Others are told in passing.
 */
function mainGroup(story: ToldStory, groups: readonly Group[]): Group | null {
  const all = groups.reduce((sum, { told }) => sum + told.length, 0);
  const opening = story.sentences.filter(({ isTitle }) => !isTitle).slice(0, 2);
  const opens = ({ told }: Group) => told.some(({ sentence }) => sentence.isTitle || opening.includes(sentence));
  const title = story.sentences.find(({ isTitle }) => isTitle);
  const titled = ({ words: names }: Group) =>
    names.some((words) => words.every((word) => title?.words.some(({ lower }) => lower === word) === true));
  const leading = groups.filter((group) => opens(group) && (2 * group.told.length >= all || titled(group)));
  const named = leading.filter(titled);
  const main = named.length > 0 ? named : leading;
  return main.length === 1 ? (main[0] as Group) : null;
}

const factsOf = ({ words, told, dates, amounts }: Group): MainIncident => ({
  words,
  sentences: new Set(told.map(({ sentence }) => sentence)),
  dates,
  amounts,
});

function draftOf(story: ToldStory, group: Group, main: ReturnType<typeof mainFacts> | null): IncidentDraft {
  const { document } = story.analysis;
  const first = group.told[0] as Group["told"][number];
  const sentences = [...new Set([...group.told.map(({ sentence }) => sentence), ...(main?.sentences ?? [])])];
  const spans = sentences.map(({ span }) => span).sort((a, b) => a.start - b.start);
  const victims = group.told.map(({ sentence, mention, name }) => ({
    value: name,
    places: [story.placeOfWords(sentence.words, mention.victim.first, mention.victim.next)],
    entries: [],
  }));
  const described = group.told.map(({ sentence, mention }) => ({ words: sentence.words, victim: mention.victim }));
  const ways = main === null ? sentences : story.sentences;
  const methods = ways.flatMap((sentence) => methodsOf(story, sentence, group));
  return {
    from: document.id,
    document: document.id,
    founding: `${document.id}:${first.sentence.span.start}-${first.sentence.span.end}:${group.words[0]?.join(" ")}`,
    words: group.words,
    victims: gatherStated(victims, (name) => name.toLowerCase()),
    dates: gatherStated([...group.dates, ...(main?.dates ?? [])], (date) => JSON.stringify([date.from, date.to])),
    countries: gatherStated(countriesOfVictim(story, described), (code) => code),
    kinds: gatherStated(kindsOfVictim(story, described), (kind) => kind),
    methods: gatherStated(methods, (method) => method),
    amounts: gatherStated([...group.amounts, ...(main?.amounts ?? [])], figureKey),
    attributions: attributionsOf(story, { sentences, victims: group.words, isMain: main !== null }),
    statements: spans.map(story.placeOf),
  };
}
