import { expect, test } from "vitest";
import { statementsIn } from "./statements.fixture.ts";

const meant = (text: string) => statementsIn(text).map(({ who, means }) => [who, means]);

test("a surname means the one full name that ends in it", () => {
  expect(meant("Ana Cole left the bank. Ms. Cole said it was empty.")).toEqual([["Ms. Cole", "Ana Cole"]]);
});

test("two people of one surname leave it open", () => {
  expect(meant("Ana Cole met Jon Cole at the bank. Cole said it was empty.")).toEqual([["Cole", null]]);
});

test("a pronoun means the last speaker, unless another name stands between", () => {
  expect(meant("Ana Cole said it was empty. She said nobody came.")[1]).toEqual(["She", "Ana Cole"]);
  expect(meant("Ana Cole said it was empty. Eva Reed came later. She said nobody came.")[1]).toEqual(["She", null]);
  expect(meant("The bank was empty. She said nobody came.")).toEqual([["She", null]]);
});

test("what is no person does not stand between, nor what describes the speaker", () => {
  const marsh = "Bo Marsh, a spokesman for Acme Bank, denied the theft.";
  expect(meant(`${marsh} “It is all there,” he said.`)[1]).toEqual(["he", "Bo Marsh"]);
  expect(meant(`${marsh} Arden Exchange was closed. He said it was empty.`)[1]).toEqual(["He", "Bo Marsh"]);
  expect(meant(`${marsh} Bo Marsh left. He said it was empty.`)[1]).toEqual(["He", "Bo Marsh"]);
  expect(meant(`${marsh} Jon Marsh left. He said it was empty.`)[1]).toEqual(["He", null]);
  expect(meant(`${marsh} Eva Reed left. He said it was empty.`)[1]).toEqual(["He", null]);
  expect(meant("Acme Bank said it was empty. He said nobody came.")[1]).toEqual(["He", null]);
});

test("a rank and a surname mean the one full name", () => {
  expect(meant("Dana Holt leads them. Inspector Holt said it was empty.")).toEqual([["Inspector Holt", "Dana Holt"]]);
  const both = "Victor Hale left. Detective Superintendent Hale said it was empty. Mr. Hale said nobody came.";
  expect(meant(both)).toEqual([
    ["Detective Superintendent Hale", "Victor Hale"],
    ["Mr. Hale", "Victor Hale"],
  ]);
});

test("a title means the one who was introduced by it", () => {
  const one = "A spokeswoman for the port said it was empty. The spokeswoman said nobody came.";
  expect(meant(one)[1]).toEqual(["The spokeswoman", "A spokeswoman for the port"]);
  const two = `A spokeswoman for the bank was there. ${one}`;
  expect(meant(two)[1]).toEqual(["The spokeswoman", null]);
});

test("what comes later means nothing yet", () => {
  expect(meant("Cole said it was empty. Ana Cole left the bank.")).toEqual([["Cole", null]]);
});

test("a name with a hyphen is one name", () => {
  expect(meant("Ana Cole-Marsh said it was empty. She said nobody came.")[1]).toEqual(["She", "Ana Cole-Marsh"]);
  expect(meant("Park Ji-ho said it was empty. He said nobody came.")[1]).toEqual(["He", "Park Ji-ho"]);
});

test("whom somebody told it does not stand between", () => {
  const told = "Ana Cole told Quay Public Radio that it was empty. “We went in,” she said.";
  expect(meant(told)[1]).toEqual(["she", "Ana Cole"]);
});

test("a pronoun behind a quotation means the one person whom the sentence before begins with", () => {
  expect(meant("Ana Cole sees it another way. “We went in,” she said.")).toEqual([["she", "Ana Cole"]]);
  expect(meant("Ana Cole saw Eva Reed there. “We went in,” she said.")).toEqual([["she", null]]);
});

test("the name behind an office is the speaker's, whatever the office is of", () => {
  const text = "Bank of Ostrava chief executive Ana Cole said it was empty. She said nobody came.";
  expect(meant(text)[1]).toEqual(["She", "Ana Cole"]);
});

test("a noun that two are called by means neither", () => {
  const text = "The club Atletico Ostrava paid men who had posed as a Dutch club. The club said it was sorry.";
  expect(meant(text).at(-1)).toEqual(["The club", null]);
});

test("a pronoun means the spokeswoman of the sentence before, where she has no name", () => {
  const spoke = "A police spokeswoman denied that 30 were held.";
  expect(meant(`${spoke} “It is nine,” she said.`)[1]).toEqual(["she", "A police spokeswoman"]);
  expect(meant(`${spoke} “It is nine,” he said.`)[1]).toEqual(["he", null]);
  expect(meant(`${spoke}\n“It is nine,” she said.`)[1]).toEqual(["she", null]);
});

test("a name behind its description is the speaker's", () => {
  const [, second] = meant("The port's lawyer, Eva Reed, denied it. “We paid,” she said.");
  expect(second).toEqual(["she", "Eva Reed"]);
});
