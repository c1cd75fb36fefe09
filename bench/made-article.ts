import { Random } from "./random.ts";

const people = ["Ana Cole", "Jon Reed", "Lena Park", "Omar Vance", "Ida Holm"];
const parties = ["the port authority", "the audit chamber", "a spokesman for the mayor", "the Harbour Herald"];
const clauses = [
  "the vault was opened twice in one night",
  "up to 40 million crowns had left the bank by sea",
  "the cameras allegedly failed when the guards changed",
  "nobody in the office knew of the second key",
  "about nine clerks were asked to sign papers that they had not read",
  "the money went through three accounts abroad before it was lost",
];
const told = [
  "The harbour lay quiet while lorries waited at the gates and the tide went out.",
  "Trade in the old town has fallen since the bridge was closed for repairs.",
  "Three banks share the building, which was a customs house a hundred years ago.",
  "The second key hung in a room that a dozen people passed through every day.",
];

/** An article of about 800 words in 16 paragraphs; the same for the same number. Half of it is said by somebody. */
export function madeArticle(number: number): string {
  const random = new Random(number);
  const one = (of: readonly string[]) => of[random.below(of.length)] as string;
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const sayings = [
    () => `“${capital(one(clauses))},” said ${one(people)}. “${capital(one(clauses))}.”`,
    () => `${capital(one(parties))} said on Monday that ${one(clauses)}.`,
    () => `According to a report seen by ${one(parties)}, ${one(clauses)}.`,
    () => `${one(people)} denied that ${one(clauses)}, and accused ${one(parties)} of hiding the loss.`,
    () => `${capital(one(clauses))}, ${one(people)} told reporters, adding that ${one(clauses)}.`,
  ];
  const sentence = () =>
    random.below(2) === 0 ? one(told) : (sayings[random.below(sayings.length)] as () => string)();
  return Array.from({ length: 16 }, () => [sentence(), sentence(), sentence()].join(" ")).join("\n");
}
