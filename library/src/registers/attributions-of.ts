import type { Place } from "../claims/claim.ts";
import type { Statement } from "../claims/statements/statement.ts";
import { findAttributions } from "./find-attributions.ts";
import type { Attribution } from "./incident.ts";
import { compareNames } from "./same-victim.ts";
import type { ToldSentence, ToldStory } from "./told-story.ts";
import { tellingWords } from "./victim-words.ts";

interface AttributedTo {
  /** The sentences that tell of the incident. */
  readonly sentences: readonly ToldSentence[];
  readonly victims: readonly (readonly string[])[];
  /** Whether the document is about it: "the attack" is then this one. */
  readonly isMain: boolean;
}

/** The attributions of an incident, with whose word each is. */
export function attributionsOf(story: ToldStory, { sentences, victims, isMain }: AttributedTo): Attribution[] {
  const found: Attribution[] = [];
  for (const sentence of isMain ? story.sentences : sentences) {
    const { span, words, mentions } = sentence;
    for (const { first, next, cueFirst, cueNext, deed } of findAttributions(words)) {
      // "blamed X for the attack, as for the hack of Y": what it is blamed for is not the deed that is named.
      const isOther = deed !== null && mentions.every((mention) => mention.deed !== deed);
      if (isOther ? !isMain : !sentences.includes(sentence)) continue;
      const place = story.placeOfWords(words, first, next);
      const telling = tellingWords(place.text);
      if (victims.some((victim) => compareNames(victim, telling) !== "other")) continue;
      const statement = statementAround(story, place, span.start);
      const cue = story.placeOfWords(words, cueFirst, cueNext);
      found.push({
        actor: place.text,
        place,
        cue,
        source: statement === null ? null : sourceOf(story, statement),
        act: statement?.act ?? "states",
      });
    }
  }
  return found;
}

/** The innermost statement with a named source that holds the words. */
function statementAround(story: ToldStory, place: Place, from: number): Statement | null {
  const around = story.analysis.said.statements.filter(
    ({ span, content, denied, source }) =>
      source !== null &&
      span.end > from &&
      [...content, ...denied].some((one) => one.start <= place.start && place.end <= one.end) &&
      !(source.span.start < place.end && place.start < source.span.end),
  );
  const length = ({ span }: Statement) => span.end - span.start;
  return around.reduce<Statement | null>((a, b) => (a === null || length(b) < length(a) ? b : a), null);
}

const sourceOf = (story: ToldStory, { source }: Statement): Place | null =>
  source === null ? null : story.placeOf(source.refersTo ?? source.span);
