import type { Place } from "../claims/claim.ts";
import type { Statement } from "../claims/statements/statement.ts";
import { findAttributions } from "./find-attributions.ts";
import type { Attribution } from "./incident.ts";
import { compareNames } from "./same-victim.ts";
import type { ToldSentence, ToldStory } from "./told-story.ts";
import { tellingWords } from "./victim-words.ts";

/** The attributions in the sentences that tell of an incident, with whose word each is. */
export function attributionsOf(
  story: ToldStory,
  sentences: readonly ToldSentence[],
  victims: readonly (readonly string[])[],
): Attribution[] {
  const found: Attribution[] = [];
  for (const { span, words } of sentences) {
    for (const { first, next, cueFirst, cueNext } of findAttributions(words)) {
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
    ({ span, content, source }) =>
      source !== null &&
      span.end > from &&
      content.some((one) => one.start <= place.start && place.end <= one.end) &&
      !(source.span.start < place.end && place.start < source.span.end),
  );
  const length = ({ span }: Statement) => span.end - span.start;
  return around.reduce<Statement | null>((a, b) => (a === null || length(b) < length(a) ? b : a), null);
}

const sourceOf = (story: ToldStory, { source }: Statement): Place | null =>
  source === null ? null : story.placeOf(source.refersTo ?? source.span);
