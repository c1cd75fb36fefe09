import { describe, expect, test } from "vitest";
import { codePoints } from "../claims/code-points.ts";
import { sayFigure } from "../claims/figures/compare-figures.ts";
import { findIncidents } from "./find-incidents.ts";
import type { Incident } from "./incident.ts";
import { article, filler } from "./incidents.fixture.ts";
import { readWriteUp } from "./read-write-up.ts";

const amounts = ({ amounts: all }: Incident) => all.map(({ value }) => sayFigure(value));
const victims = (incidents: readonly Incident[]) => incidents.map((one) => one.victims.map(({ value }) => value));

describe("one document", () => {
  test("gives date, amount, country, kind, method and attribution, each with its span", async () => {
    const told = await article(
      "# Northwind Hacked for $31 Million\n\n" +
        "On June 20, 2018, Northwind, a Japanese cryptocurrency exchange, was hacked after a phishing campaign. " +
        "The attack has been linked to the group Crimson Heron, and Northwind was robbed of about $31 million.\n\n" +
        `${filler}\n`,
    );
    const [incident, ...others] = findIncidents([told]);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      name: "Northwind, 2018",
      from: "2018-06-20",
      to: "2018-06-20",
      disagreements: [],
    });
    expect(incident?.countries.map(({ value }) => value)).toEqual(["JP"]);
    expect(incident?.kinds.map(({ value }) => value)).toEqual(["exchange"]);
    expect(incident?.methods.map(({ value }) => value)).toEqual(["phishing"]);
    expect(amounts(incident!)).toEqual(["31000000 USD", "about 31000000 USD"]);
    expect(incident?.attributions.map(({ actor, act }) => [actor, act])).toEqual([["Crimson Heron", "states"]]);
    const points = codePoints(told.document.text);
    const stated = [
      incident!.victims,
      incident!.dates,
      incident!.countries,
      incident!.kinds,
      incident!.methods,
      incident!.amounts,
    ];
    for (const { places } of stated.flat()) {
      expect(places.length).toBeGreaterThan(0);
      for (const place of places) expect(points.slice(place)).toBe(place.text);
    }
  });

  test("keeps two thefts from one victim apart", async () => {
    const told = await article(
      "# The exchange that was robbed twice\n\nNorthwind was hacked in March 2019 and lost $7 million. " +
        `In October 2021, Northwind was hacked again and lost $90 million. ${filler}\n`,
    );
    expect(findIncidents([told]).map(({ from }) => from)).toEqual(["2019-03", "2021-10"]);
  });

  test("leaves out what was got back, offered or moved", async () => {
    const told = await article(
      "# Northwind hacked\n\nNorthwind was hacked on 3 May 2020 and lost $40 million. It recovered $12 million. " +
        `It offered a bounty of $2 million. The attackers laundered $9 million through a mixer. ${filler}\n`,
    );
    expect(amounts(findIncidents([told])[0]!)).toEqual(["40000000 USD"]);
  });

  test("a denied attribution is kept as a denial, with whose it is", async () => {
    const told = await article(
      `A spokesman for Freedonia denied that the 2019 attack on Northwind was linked to the group Grey Moth. ${filler}`,
    );
    const [attribution, ...others] = findIncidents([told])[0]!.attributions;
    expect(others).toEqual([]);
    expect(attribution).toMatchObject({
      actor: "Grey Moth",
      act: "denies",
      source: { text: "A spokesman for Freedonia" },
    });
  });

  test("what is said of other times and other deeds is not of this one", async () => {
    const told = await article(
      "# Northwind says hackers took $112 million\n\nNorthwind said on Saturday that attackers had stolen about $112 " +
        "million from one of its wallets. Tracehouse blamed the Crimson Heron group for the attack, citing " +
        "similarities with the $40 million hack of Southgate in 2021. The group has stolen $3 billion since 2017. " +
        `Losses could be up to $130 million. ${filler}`,
    );
    const [main, other] = findIncidents([told]);
    expect(amounts(main!)).toEqual(["about 112000000 USD", "112000000 USD", "at most 130000000 USD"]);
    expect(main).toMatchObject({ from: null, attributions: [{ actor: "Crimson Heron" }] });
    expect(other).toMatchObject({ name: "Southgate, 2021", attributions: [] });
    expect(amounts(other!)).toEqual(["40000000 USD"]);
  });

  test("a document in a language that is not read tells nothing", async () => {
    const told = await article(
      "Biržu Northwind 2018. gadā aplaupīja, un tika nozagti 31 miljons dolāru, ziņo policija šodien.",
    );
    expect(findIncidents([told])).toEqual([]);
  });
});

describe("several documents", () => {
  const first = `A group is linked to an $81m heist that targeted the Bolivia central bank in 2016. ${filler}`;
  const second = `The 2015 attack on the Central Bank of Bolivia is one of several that made the news. ${filler}`;

  test("one incident with both dates, where one year may be a slip; and it is said why", async () => {
    const incidents = findIncidents([await article(first), await article(second)]);
    expect(incidents).toHaveLength(1);
    const [incident] = incidents;
    expect(incident).toMatchObject({ from: "2015", to: "2016", name: "Central Bank of Bolivia, 2015 or 2016" });
    expect(incident?.disagreements).toEqual([{ field: "date", values: ["2016", "2015"], why: "2016 excludes 2015" }]);
    expect(incident?.joins).toEqual([expect.objectContaining({ doubtful: true })]);
  });

  test("the id is that of the first telling, whatever comes after", async () => {
    const [a, b] = [await article(first), await article(second)];
    expect(findIncidents([a])[0]?.id).toBe(findIncidents([a, b])[0]?.id);
    expect(findIncidents([a])[0]?.id).toMatch(/^incident-[0-9a-f]{12}$/u);
  });

  test("differing amounts of one day stand beside each other", async () => {
    const a = await article(`Northwind was hacked on 12 July 2019 and lost $28 million. ${filler}`);
    const b = await article(`Northwind was hacked on July 12, 2019, and lost about $35 million. ${filler}`);
    const incidents = findIncidents([a, b]);
    expect(incidents).toHaveLength(1);
    expect(amounts(incidents[0]!)).toEqual(["28000000 USD", "about 35000000 USD"]);
    expect(incidents[0]?.disagreements.map(({ field }) => field)).toEqual(["amount"]);
  });

  test("years apart are two incidents; next to each other with other amounts they may be one", async () => {
    const a = await article(`Northwind was hacked in 2018 and lost $31 million. ${filler}`);
    const b = await article(`Northwind was hacked in 2021 and lost $90 million. ${filler}`);
    const c = await article(`Northwind was hacked in 2019 and lost $19 million. ${filler}`);
    expect(findIncidents([a, b]).map(({ maybeSame }) => maybeSame)).toEqual([[], []]);
    const doubtful = findIncidents([a, c]);
    expect(doubtful).toHaveLength(2);
    expect(doubtful[0]?.maybeSame).toEqual([
      { incident: doubtful[1]?.id, why: expect.stringContaining("years next to") },
    ]);
    expect(doubtful[1]?.maybeSame[0]?.incident).toBe(doubtful[0]?.id);
  });

  test("an undated telling that fits two is not given to either", async () => {
    const a = await article(`Northwind was hacked in March 2018 and lost $31 million. ${filler}`);
    const b = await article(`Northwind was hacked in October 2021 and lost $90 million. ${filler}`);
    const c = await article(`Northwind was hacked, and its customers are angry. ${filler}`);
    const incidents = findIncidents([a, b, c]);
    expect(incidents).toHaveLength(3);
    expect(incidents[2]?.maybeSame).toHaveLength(2);
  });

  test("what says nothing more is told once, and what a document tells apart stays apart", async () => {
    const bare = (n: number) => article(`Northwind was hacked, and ${n} customers are angry. ${filler}`);
    const apart = await article(
      `Northwind was hacked in 2018. ${filler}\n\nNorthwind was hacked in 2019 again. ${filler}`,
    );
    const incidents = findIncidents([apart, await bare(100), await bare(200), await bare(300)]);
    expect(incidents.map(({ from, joins }) => [from, joins.length])).toEqual([
      ["2018", 0],
      ["2019", 0],
      [null, 2],
    ]);
  });

  test("names that share only common words are two victims", async () => {
    const a = await article(`Northwind Bank was hacked in 2018 and lost $3 million. ${filler}`);
    const b = await article(`Southgate Bank was hacked in 2018 and lost $3 million. ${filler}`);
    expect(victims(findIncidents([a, b]))).toEqual([["Northwind Bank"], ["Southgate Bank"]]);
  });
});

test("a write-up's fields stand beside its text", async () => {
  const text =
    "---\ndate: 2019-07-12\ntarget-entities:\n  - Northwind\nentity-types: Exchange\nattack-types: Phishing\n" +
    "loss: 28000000\ntitle: Northwind hacked\n---\n\nNorthwind, a Japanese exchange, was hacked on July 12, 2019 and " +
    `lost about $35 million. ${filler}\n`;
  const bytes = new TextEncoder().encode(text);
  const [incident, ...others] = findIncidents([await article(text)], [readWriteUp(bytes, { name: "northwind.md" })]);
  expect(others).toEqual([]);
  expect(amounts(incident!)).toEqual(["about 35000000 USD", "28000000 USD"]);
  expect(incident?.amounts[1]?.entries).toMatchObject([{ file: "northwind.md", path: "loss", text: "28000000" }]);
  expect(incident?.disagreements).toMatchObject([{ field: "amount" }]);
  expect(incident?.joins[0]?.because).toBe("the fields and the text of one file");
});

test("a theft that is pointed to is the one just named, and not the one that the document is about", async () => {
  const told = await article(
    "# Northwind hacked for $31 million\n\nHackers stole $31 million from Northwind on June 20, 2018. " +
      "The thief used the same mixer as in the Blue Harbor theft. That theft, of $40 million, is unsolved.\n\n" +
      `${filler}\n`,
  );
  const [northwind] = findIncidents([told]).filter(({ name }) => name.startsWith("Northwind"));
  expect(northwind === undefined ? [] : amounts(northwind)).toEqual(["31000000 USD"]);
});

test("neither the day of the report nor that of a verdict is the day of the deed", async () => {
  const days = async (text: string) =>
    findIncidents([await article(`# Northwind robbed\n\n${text}\n\n${filler}\n`)]).map(({ from }) => from);
  expect(await days("OSTRAVA, June 22, 2018 - Hackers stole $31 million from Northwind.")).toEqual([null]);
  expect(await days("A guard was convicted on June 22, 2018 of stealing $31 million from Northwind.")).toEqual([null]);
});
