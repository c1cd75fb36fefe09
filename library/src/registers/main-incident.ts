import type { Figure } from "../claims/figures/figure.ts";
import { ratioOf } from "../claims/figures/ratio.ts";
import type { IncidentDate } from "./incident.ts";
import { saysLoss, wordsOfFigure } from "./sentence-figures.ts";
import type { Stated } from "./stated.ts";
import { datesOf, statedFigure, type ToldSentence, type ToldStory } from "./told-story.ts";

/** What is known of the incident that a document is about from the sentences that name its victim. */
export interface MainIncident {
  readonly words: readonly (readonly string[])[];
  readonly sentences: ReadonlySet<ToldSentence>;
  readonly dates: readonly Stated<IncidentDate>[];
  readonly amounts: readonly Stated<Figure>[];
}

export interface MainFacts {
  readonly dates: readonly Stated<IncidentDate>[];
  readonly amounts: readonly Stated<Figure>[];
  /** The sentences that say so. */
  readonly sentences: readonly ToldSentence[];
}

/** "the attack took place on …": the deed by its article, and a verb of happening. */
const deed = "(?:attack|hack|breach|theft|heist|exploit|incident|robbery|intrusion)";
const verb = "(?:occurred|happened|took place|began|started|commenced|was carried out|dates? back|unfolded)";
const happened = new RegExp(String.raw`\b(?:the|this|that) (?:\w+ ){0,3}${deed}\b[^.;:]{0,60}\b${verb}\b`, "iu");
/** "The company lost …": the victim by a common noun. */
const lost = new RegExp(
  String.raw`\b(?:the|this) (?:[\w-]+ ){0,3}` +
    String.raw`(?:exchange|platform|company|firm|bank|protocol|bridge|network|project|lender)\b` +
    String.raw`[^.;:]{0,40}\b(?:lost|was (?:hacked|attacked|breached|robbed|exploited)|suffered)\b`,
  "iu",
);
const stealing = new Set(
  (
    "stole stolen stealing steal siphoned siphoning drained draining loss losses lost losing theft looted vanished " +
    "missing took taken"
  ).split(" "),
);
const many =
  /\b(?:attacks|hacks|heists|thefts|breaches|exploits|incidents|over the (?:past|last)|so far this year)\b/iu;
/** Sums over years, and other deeds. */
const overTime = /\b(?:since \d{4}|so far|to date|over the years|(?:per|a|each|every|last|this) year|annually)\b/iu;
const another = /\b(?:also suffered|previous(?:ly)?|earlier|another|prior|separate(?:ly)?|second|smaller)\b/iu;
/** "That theft, …" */
const pointing = new RegExp(String.raw`^(?:that|this) (?:\w+ )?${deed}\b`, "iu");
/** How far from an amount the word for the loss may stand. */
const nearMax = 8;

/**
 * What a document says of the incident it is about in sentences that do not name the victim: the losses of "the
 * attackers stole …", and where no date is known that of "the attack took place on …". Sentences that tell of somebody
 * else's loss, or of several deeds, are left out; so are amounts far from one that is stated beside the name.
 */
export function mainFacts(story: ToldStory, main: MainIncident): MainFacts {
  const amounts: Stated<Figure>[] = [];
  const dates: Stated<IncidentDate>[] = [];
  const sentences = new Set<ToldSentence>();
  for (const [index, sentence] of story.sentences.entries()) {
    if (main.sentences.has(sentence) || sentence.mentions.length > 0) continue;
    if (goesOnFromAnother(story, index, main)) continue;
    const { words, figures } = sentence;
    const text = story.placeOf(sentence.span).text;
    if (many.test(text) || overTime.test(text)) continue;
    for (const figure of figures) {
      const at = wordsOfFigure(words, figure, story.points);
      if (at === null || figure.value === null) continue;
      if (
        figure.kind === "date" &&
        main.dates.length + dates.length === 0 &&
        !another.test(text) &&
        (happened.test(text) || lost.test(text)) &&
        /^(?:exact|about|range)$/u.test(figure.bound)
      ) {
        dates.push(...datesOf(story, figure));
        sentences.add(sentence);
      }
      const near = words.slice(Math.max(0, at.first - nearMax), at.next + nearMax);
      if (figure.kind !== "money" || !near.some(({ lower }) => stealing.has(lower)) || !saysLoss(words, at)) continue;
      if (isOutOfLine(figure, main.amounts)) continue;
      amounts.push(statedFigure(story, figure));
      sentences.add(sentence);
    }
  }
  return { amounts, dates, sentences: [...sentences] };
}

/** "… as in the Acme theft. That theft, of $5m, …": it goes on from the deed of the sentence before. */
function goesOnFromAnother(story: ToldStory, index: number, main: MainIncident): boolean {
  const [before, sentence] = [story.sentences[index - 1], story.sentences[index]];
  if (before === undefined || sentence === undefined || before.mentions.length === 0 || main.sentences.has(before))
    return false;
  return pointing.test(story.placeOf(sentence.span).text);
}

/**
 * Less than nine tenths of what is stated beside the victim's name can be one token of several, or one account; more
 * than three times as much is something else.
 */
function isOutOfLine(figure: Figure, stated: readonly Stated<Figure>[]): boolean {
  return stated.some(({ value }) => {
    if (value.unit !== figure.unit || value.value === null || figure.value === null) return false;
    const [own, whole] = [ratioOf(figure.to ?? figure.value), ratioOf(value.value)];
    const [o, w] = [own.n * whole.d, whole.n * own.d];
    return 10n * o < 9n * w || o > 3n * w;
  });
}
