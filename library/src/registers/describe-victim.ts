import { countryOfWords } from "../claims/parties/country-names.ts";
import type { IncidentKind } from "./incident.ts";
import type { Word } from "./sentence-words.ts";
import type { Stated } from "./stated.ts";
import type { ToldStory } from "./told-story.ts";
import { countryAt, type VictimName } from "./victim-names.ts";
import { kindOfWords } from "./victim-words.ts";

interface Described {
  readonly words: readonly Word[];
  readonly victim: VictimName;
}

/** "one of Japan's largest exchanges", "a Singapore-based exchange", "the Bangladesh central bank". */
export function countriesOfVictim(story: ToldStory, all: readonly Described[]): Stated<string>[] {
  const found: Stated<string>[] = [];
  for (const { words, victim } of all) {
    for (const [first, next] of victim.descriptors) {
      for (let at = first; at < next; at++) {
        const many = countryAt(words, at);
        if (many === 0) continue;
        const stretch = words.slice(at, at + many).map(({ text }) => text.replace(/-based$/u, ""));
        const code = countryOfWords(stretch.join(" "));
        const own = code !== null && isOwn(words, at, first, victim);
        if (own) found.push({ value: code, places: [story.placeOfWords(words, at, at + many)], entries: [] });
        at += many - 1;
      }
    }
  }
  return found;
}

/** Whether a country tells where the victim is: not "backed by American investors", not "serving Japan". */
function isOwn(words: readonly Word[], at: number, first: number, victim: VictimName): boolean {
  if (at >= victim.first && at < victim.next) return true;
  const before = words.slice(Math.max(first, at - 2), at).map(({ lower }) => lower);
  if (before.length === 0 || /^(?:an?|the|of|largest|major|leading|biggest)$/u.test(before.at(-1) ?? "")) return true;
  return (
    before.at(-1) === "in" &&
    /^(?:based|headquartered|registered|located|incorporated|exchange|bank)$/u.test(before[0] ?? "")
  );
}

/** What words around the name call it: "a crypto lender", "the exchange Northwind", "Northwind Bank". */
export function kindsOfVictim(story: ToldStory, all: readonly Described[]): Stated<IncidentKind>[] {
  return all.flatMap(({ words, victim }) =>
    victim.descriptors.flatMap(([first, next]) => {
      const end = cutAtClause(words, first, next);
      if (end <= first) return [];
      const place = story.placeOfWords(words, first, end);
      const kind = kindOfWords(place.text);
      return kind === null ? [] : [{ value: kind, places: [place], entries: [] }];
    }),
  );
}

/** What a relative clause or "designed to" goes on to say is about other things. */
function cutAtClause(words: readonly Word[], first: number, next: number): number {
  for (let at = first; at < next; at++) {
    if (
      /^(?:that|which|who|where|designed|focused|on|for|by|with|behind|built|powered|known|running|offering)$/u.test(
        words[at]?.lower ?? "",
      )
    ) {
      return at;
    }
  }
  return next;
}
