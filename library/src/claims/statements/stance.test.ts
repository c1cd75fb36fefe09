import { expect, test } from "vitest";
import { statementsIn } from "./statements.fixture.ts";

const stance = (text: string) => statementsIn(text)[0]?.stance;

test.each([
  "The guards said the thieves had left.",
  "The thieves allegedly left, the guards said.",
  "The bank said it lost 20 crowns, not 30.",
  "The bank said it lost not only its gold but its name.",
  "The mayor said the guards, who did not ask, left.",
  "The mayor said the guards who did not sleep left.",
  "The mayor said the thieves left because nobody had asked.",
  "The mayor said the thieves left and took no gold.",
  "The bank said it does not dispute that the thieves left.",
  "The mayor does not doubt that the thieves left.",
  "The bank said there was no doubt that the thieves left.",
  "The bank denied that the thieves left.",
  "Cole pleaded not guilty to theft.",
  "“We lost it. Nobody came,” Ana Cole said.",
])("asserted: %s", (text) => {
  expect(stance(text)).toBe("asserted");
});

test.each([
  "The guards said the thieves had not left.",
  "The bank said no client has lost a crown.",
  "The bank said that nothing was taken.",
  "The mayor said it never paid.",
  "The guards say there is no evidence that thieves came.",
  "The mayor does not believe that thieves came.",
  "The mayor said she believes that thieves did not come.",
  "The bank said that in May, it did not pay.",
  "The guards accused the bank of not paying.",
  "No gold was lost, the bank said.",
  "Contrary to reports, the bank was not robbed, its chief said.",
  "The guards no longer believe that thieves came.",
  "The bank denied that it had not paid.",
  "“We didn’t lose it,” Ana Cole said.",
  "“No,” Ana Cole said.",
])("negated: %s", (text) => {
  expect(stance(text)).toBe("negated");
});

test.each([
  "The guards could not confirm that thieves came.",
  "The guards said they couldn’t confirm that thieves came.",
  "The guards found no evidence that thieves came.",
  "The guards said they had found no sign that thieves came.",
  "The guards asked whether thieves came.",
  "The bank said it was unclear if thieves came.",
  "The guards said they were looking into whether thieves came.",
  "The auditor doubts that thieves came.",
  "The guards said they cannot rule out that thieves came.",
  "The guards have not ruled out that thieves came.",
  "The bank did not deny that thieves came.",
  "The bank did not say whether thieves came.",
  "Nobody said that thieves came.",
  "“Did they come?” Ana Cole asked.",
])("doubted: %s", (text) => {
  expect(stance(text)).toBe("doubted");
});
