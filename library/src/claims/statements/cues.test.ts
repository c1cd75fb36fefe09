import { expect, test } from "vitest";
import { statementsIn } from "./statements.fixture.ts";

test.each([
  ["The ministry declined to comment on the theft.", "declines to comment", "the theft"],
  ["The ministry did not respond to a request for comment.", "declines to comment", undefined],
  ["The minister would not say whether it was insured.", "declines to comment", "whether it was insured"],
  ["The company neither confirmed nor denied the theft.", "declines to comment", "the theft"],
  ["The opposition called on the governor to resign.", "calls on", "the governor to resign"],
  ["Critics urged the bank to open its books.", "calls on", "the bank to open its books"],
  ["The Herald corrected its report on the bank.", "corrects", "its report on the bank"],
  ["The witness retracted her statement.", "retracts", "her statement"],
  ["The minister walked back his remarks.", "retracts", "his remarks"],
  ["The ministry repeated that it owed the sum.", "repeats", "it owed the sum"],
  ["Prosecutors allege that Cole hid the money.", "alleges", "Cole hid the money"],
  ["The police accused Cole of theft.", "alleges", "Cole of theft"],
  ["The mayor called the report a fabrication.", "denies", "the report a fabrication"],
  ["The mayor called the allegations baseless.", "denies", "the allegations baseless"],
  ["The bank called the charge entirely false.", "denies", "the charge entirely false"],
  ["The guards ruled out that thieves came by sea.", "denies", "thieves came by sea"],
  ["The guards could not rule out that thieves came by sea.", "declines to comment", "thieves came by sea"],
  ["Cole pleaded not guilty to theft.", "denies", "not guilty to theft"],
  ["The bank did not deny that it was robbed.", "declines to comment", "it was robbed"],
  ["The bank has not denied the theft.", "declines to comment", "the theft"],
  ["The bank hid the gold, which the mayor denies.", "denies", "The bank hid the gold"],
  ["The mayor called the false alarm a mistake.", "states", "the false alarm a mistake"],
  ["The auditor doubts that the bank was robbed.", "states", "the bank was robbed"],
  ["The company has come out to refute those claims.", "denies", "those claims"],
  ["She went on to say that it was empty.", "states", "it was empty"],
])("%s: %s", (text, act, what) => {
  expect(statementsIn(text).map((one) => [one.act, one.what[0]])).toEqual([[act, what]]);
});

test("an allegation within a denial is an allegation of its own, by nobody named", () => {
  expect(
    statementsIn("The bank rejected allegations that it hid the money.").map(({ act, who }) => [act, who]),
  ).toEqual([
    ["denies", "The bank"],
    ["alleges", null],
  ]);
});

test("a claim ends before it is called untrue", () => {
  const text = "The claim that Cole hid the gold is false, her lawyer said.";
  expect(statementsIn(text).map(({ act, who, what, denied }) => [act, who, ...what, ...denied])).toEqual([
    ["alleges", null, "Cole hid the gold"],
    ["denies", "her lawyer", "The claim that Cole hid the gold is false", "Cole hid the gold"],
  ]);
});

test("a charge that is denied after it is not the accuser's denial", () => {
  const text = "Prosecutors say the bank hid the gold, which it denies.";
  expect(statementsIn(text).map(({ act, who, what }) => [act, who, ...what])).toEqual([
    ["states", "Prosecutors", "the bank hid the gold"],
    ["denies", "it", "the bank hid the gold"],
  ]);
});

test.each([
  "The vault was emptied on Monday for an estimated $7 million.",
  "The envoys looked into 19 suspected raids on ports and banks.",
  "On 4 May a thief withdrew 900 coins and two bars of gold from the vault.",
])("what is only reckoned, or drawn out of an account, is no saying: %s", (text) => {
  expect(statementsIn(text)).toEqual([]);
});

test("who denies that, denies what was said before", () => {
  expect(statementsIn("The port denied that.").map(({ act, who, what }) => [act, who, ...what])).toEqual([
    ["denies", "The port", "that"],
  ]);
});

test.each([
  ["The port confirmed the raid in a letter.", "states", "the raid in a letter"],
  ["Kolm has put the loss at $4 million.", "states", "the loss at $4 million"],
  [
    "The bureau attributes the May theft of $4 million to Grey Heron.",
    "alleges",
    "the May theft of $4 million to Grey Heron",
  ],
])("what is confirmed, reckoned or attributed may be a noun: %s", (text, act, what) => {
  expect(statementsIn(text).map((one) => [one.act, ...one.what])).toEqual([[act, what]]);
});

test.each([
  "The raid was attributed to Grey Heron.",
  "The port could not confirm the raid.",
  "Cole put the gold at the door.",
])("and is nobody's word elsewhere: %s", (text) => {
  expect(statementsIn(text).filter(({ act }) => act === "states" || act === "alleges")).toEqual([]);
});

test.each([
  ["Teller accused of taking $3m", [null]],
  ["Guards held two men accused of robbing the vault.", [null]],
  ["Owner charged with selling the vault", []],
  ["Acme drops claim against Kestrel", []],
])("who is accused accuses nobody: %s", (text, speakers) => {
  expect(
    statementsIn(text)
      .filter(({ act }) => act === "alleges")
      .map(({ who }) => who),
  ).toEqual(speakers);
});

test("what a reckoned sum is compared with is not said", () => {
  const [first] = statementsIn("Kestrel put the loss at $7 million, far above the sum that the bank had named.");
  expect(first?.what).toEqual(["the loss at $7 million"]);
});

test("no comment is none, and an answer that was not given", () => {
  const silent = (text: string) => statementsIn(text).map(({ act }) => act);
  expect(silent("The ministry had no comment.")).toEqual(["declines to comment"]);
  expect(silent("Kestrel did not answer a request for comment.")).toEqual(["declines to comment"]);
});
