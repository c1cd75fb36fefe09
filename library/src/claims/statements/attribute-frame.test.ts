import { expect, test } from "vitest";
import { statementsIn } from "./statements.fixture.ts";

const shown = (text: string) =>
  statementsIn(text).map(({ form, who, cue, what }) => `${form}: ${who} ${cue}: ${what.join(" … ")}`);

test.each([
  ["speaker after", "“The vault was empty,” said Ana Cole.", "direct: Ana Cole said: The vault was empty,"],
  ["speaker before", "Cole told the Herald: “The vault was empty.”", "direct: Cole told: The vault was empty."],
  ["broken", "“The vault,” Cole said, “was empty.”", "direct: Cole said: The vault, … was empty."],
  ["question", "“Was it empty?” Cole asked.", "direct: Cole asked: Was it empty?"],
  ["single marks", "‘We have nothing to hide,’ Cole told reporters.", "direct: Cole told: We have nothing to hide,"],
  ["dash and name", "“The vault was empty.” — Ana Cole", "direct: Ana Cole —: The vault was empty."],
  ["a paper that reads", "“It is a lie,” the letter read.", "direct: the letter read: It is a lie,"],
])("quoted, %s", (_name, text, expected) => {
  expect(shown(text)).toEqual([expected]);
});

test.each([
  ["that", "Cole said that the vault was empty.", "Cole said: the vault was empty"],
  ["without that", "Cole said on Monday the vault was empty.", "Cole said: the vault was empty"],
  ["an addressee", "Cole told the Herald it was empty.", "Cole told: it was empty"],
  ["after it", "The vault was empty, Cole said.", "Cole said: The vault was empty"],
  ["amid it", "The guards, officials said, were asleep.", "officials said: The guards … were asleep"],
  ["where", "The bank said in a statement it was robbed.", "The bank said: it was robbed"],
  ["according", "The ship left, according to the port police.", "the port police according to: The ship left"],
  ["according first", "According to the port police, the ship left.", "the port police According to: the ship left"],
  [
    "trailing off",
    "It was empty, the port police said on Thursday, revising a list.",
    "the port police said: It was empty",
  ],
  ["an aside", "The bank, in a letter to the court, said it was empty.", "The bank said: it was empty"],
  ["in a clause", "Ana Cole, who said it was empty, left.", "Ana Cole said: it was empty"],
  ["per", "The ship left, per the port police.", "the port police per: The ship left"],
  ["per a report", "The ship left, per a report by the Herald.", "a report by the Herald per: The ship left"],
  [
    "two speakers",
    "Thieves took the ship, the mayor and the port said.",
    "the mayor and the port said: Thieves took the ship",
  ],
  ["as reported", "As the Herald reported, the ship left in May.", "the Herald reported: the ship left in May"],
  ["accused by", "The group was accused by the panel of theft.", "the panel accused: The group … of theft"],
  ["accused by nobody", "The group has been accused of theft.", "null accused: The group has been accused of theft"],
  ["said to", "The group is said to have left.", "null said: The group is said to have left"],
  ["quoted", "He was quoted as saying that it was empty.", "He quoted: it was empty"],
  ["part quoted", "The bank said that it “strongly condemns” theft.", "The bank said: it “strongly condemns” theft"],
])("told, %s", (_name, text, expected) => {
  expect(shown(text)).toEqual([`indirect: ${expected}`]);
});

test("one subject, several verbs", () => {
  expect(shown("She said it was empty, adding that the guards slept.")).toEqual([
    "indirect: She said: it was empty",
    "indirect: She adding: the guards slept",
  ]);
  expect(shown("The bank denied the theft and accused the press of lying.")).toEqual([
    "indirect: The bank denied: the theft",
    "indirect: The bank accused: the press of lying",
  ]);
});

test("a charge that is denied in a clause after it", () => {
  expect(shown("Prosecutors allege that Cole hid the money, a charge she denies.")).toEqual([
    "indirect: Prosecutors allege: Cole hid the money",
    "indirect: she denies: Cole hid the money",
  ]);
});

test.each([
  "The thieves took the gold and left by sea.",
  "The report was long.",
  "She called her brother on Friday.",
  "The claims office charges a fee.",
  "The port takes a fee, five crowns per ship.",
  "What the minister says about it changes daily.",
])("nobody says anything: %s", (text) => {
  expect(statementsIn(text)).toEqual([]);
});

test.each([
  [
    "a name behind an office",
    "It sank, according to the firm's administrator, Knut Berg.",
    "the firm's administrator, Knut Berg",
  ],
  ["when, and not who", "Ferry boss Bo Marsh, 41, said last night: “We will repay it.”", "Ferry boss Bo Marsh, 41"],
  ["a lead", "“It is theirs,” said its research lead, Ines Reed.", "its research lead, Ines Reed"],
  ["people who are close", "The ship sank, according to people close to the captain.", "people close to the captain"],
  ["whose claim it is", "A police claim that the ship sank was on file.", "A police"],
  ["marks before an article", "He read out as a “plain lie” the port's claim that it sank.", "the port"],
])("the whole speaker, and no more: %s", (_name, text, who) => {
  expect(statementsIn(text).at(-1)?.who).toBe(who);
});

test.each([
  ["The ship scandal: my hands are clean, says Marsh", ["Marsh: my hands are clean"]],
  [
    "Cole said that $9 million was lost, and not $12 million as the union claimed.",
    ["Cole: $9 million was lost, and not $12 million", "the union: $12 million"],
  ],
])("what is somebody else's is not the speaker's: %s", (text, expected) => {
  expect(statementsIn(text).map(({ who, what }) => `${who}: ${what.join(" … ")}`)).toEqual(expected);
});
