import { expect, test } from "vitest";
import { readDocument } from "./read-document.ts";

const outletOf = async (line: string) => {
  const text = ["The year in thefts", "", line, "1 March 2024", "", "Thieves took more than ever, and got away."].join(
    "\n",
  );
  const about = { name: "a.txt", capturedAt: "2024-04-01T00:00:00.000Z" };
  return (await readDocument(new TextEncoder().encode(text), about)).outlet?.name ?? null;
};

test.each([
  ["Harbour Herald", "Harbour Herald"],
  ["Institute for Harbour and Customs Law", "Institute for Harbour and Customs Law"],
  ["District Attorney's Office, Ostrava Bay", "District Attorney's Office, Ostrava Bay"],
  ["An office for the lost and found", null],
  ["By Staff", null],
])("who publishes stands above the day: %s", async (line, expected) => {
  expect(await outletOf(line)).toBe(expected);
});
