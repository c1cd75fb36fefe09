import { expect, test } from "vitest";
import type { Claim } from "../claim.ts";
import { weighClaims } from "../weigh-claims.ts";
import { analysed } from "./made-articles.fixture.ts";

const day = (published: string, outlet: string, ...paragraphs: string[]) =>
  analysed({ outlet, published, title: "What we know of it", paragraphs });

/** The positions of the claim that has words in it: who holds each. */
function sides(claims: readonly Claim[], words: string): Record<string, string[]> {
  const claim = claims.find(({ positions }) =>
    positions.some((one) => one.statements.some((s) => s.text.includes(words))),
  );
  return Object.fromEntries(
    (claim?.positions ?? []).map(({ act, origins }) => [act, origins.map(({ party }) => party)]),
  );
}

test("a quotation that is cut behind its negation does not contradict itself", async () => {
  const whole =
    "“Bo never opened the vault in his life. He bought the key for a ring and two bottles of rum,” Jan Reed said.";
  const part = "“He bought the key for a ring and two bottles of rum,” Jan Reed told The Quay Gazette.";
  const { claims } = weighClaims([
    await day("2024-03-01", "Radio Quay", whole),
    await day("2024-03-05", "The Quay Gazette", part),
  ]);
  expect(sides(claims, "bought the key")).toEqual({ states: ["Jan Reed"] });
});

test("who tells of a denial alleges nothing", async () => {
  const { claims } = weighClaims([
    await day(
      "2024-03-01",
      "The Quay Gazette",
      "Thieves stole $5 million from Arden Bank, police said.",
      "Bo Marsh's lawyer said that Mr Marsh denied the charges.",
    ),
  ]);
  expect(sides(claims, "denied the charges").alleges ?? []).not.toContain("Bo Marsh's lawyer");
});

test("two who deny the same thing, one by a verb and one by a negation, are of one side", async () => {
  const { claims } = weighClaims([
    await day("2024-03-01", "The Quay Gazette", "Arden Bank denied paying a ransom to the thieves."),
    await day("2024-03-01", "Harbour Herald", "“No ransom was paid to the thieves,” Arden Bank said."),
  ]);
  expect(Object.keys(sides(claims, "ransom"))).toEqual(["denies"]);
});

test("who denies the blame for a theft does not deny that there was one", async () => {
  const { claims } = weighClaims([
    await day(
      "2024-03-01",
      "The Quay Gazette",
      "Hackers stole $9 million from Arden Bank, police said.",
      "Custodian Kolm denied that its software was to blame for the $9 million hack of Arden Bank.",
    ),
  ]);
  expect(Object.keys(sides(claims, "Hackers stole $9 million"))).toEqual(["states"]);
});

test("a false report of one thing is no denial of another", async () => {
  const { claims } = weighClaims([
    await day(
      "2024-03-01",
      "The Quay Gazette",
      "“The pattern is a fingerprint of the gang,” police chief Ana Cole said.",
      "Arden Bank said that reports of insolvency were false.",
    ),
  ]);
  expect(Object.keys(sides(claims, "fingerprint"))).toEqual(["states"]);
});

test("who denies that, denies what was said just before", async () => {
  const { claims } = weighClaims([
    await day(
      "2024-03-01",
      "The Quay Gazette",
      "Thieves stole $9 million from Arden Bank, police said. The $9 million was insured, police said.",
      "The faulty lock had been checked by Kolm, Ana Cole said. Kolm denied that.",
    ),
  ]);
  expect(sides(claims, "faulty lock")).toMatchObject({ denies: ["Kolm"] });
});

test("what an outlet takes back it no longer alleges", async () => {
  const text = "Ana Cole, the head of Arden Bank, had fled to Dubai with $4 million of the bank's money";
  const { claims } = weighClaims([
    await day("2024-03-01", "The Quay Gazette", `${text}, two people close to the inquiry said.`),
    await day(
      "2024-03-09",
      "The Quay Gazette",
      `On 1 March we reported that ${text}. The report was wrong, and we retract it.`,
    ),
  ]);
  expect(sides(claims, "we reported that")).toMatchObject({ retracts: ["The Quay Gazette"] });
});

test("those who say nothing confirm nothing", async () => {
  const { claims } = weighClaims([
    await day(
      "2024-03-01",
      "The Quay Gazette",
      "Thieves stole $9 million from Arden Bank, according to a person close to the inquiry.",
      "Arden Bank declined to comment. The Ostrava police declined to comment.",
    ),
  ]);
  const silent = claims.flatMap(({ positions }) => positions.filter(({ act }) => act === "declines to comment"));
  expect(silent.map(({ grade }) => grade.credibility)).toEqual(silent.map(() => 6));
  expect(silent.length).toBeGreaterThan(0);
});

test("one firm is one origin, under whatever description", async () => {
  const { claims } = weighClaims([
    await day(
      "2024-03-01",
      "The Quay Gazette",
      "Tracing firm Kolm said that $9 million had left Arden Bank in one night.",
    ),
    await day(
      "2024-03-01",
      "Harbour Herald",
      "Kolm, a blockchain analysis company, said $9 million had left Arden Bank.",
    ),
  ]);
  expect(claims[0]?.positions[0]?.origins).toHaveLength(1);
});

test("a firm's own blog is its word, and no newsroom that has it from elsewhere", async () => {
  const { claims } = weighClaims([
    await day("2024-03-01", "Kolm", "About $9 million left wallets of Arden Bank between 3 and 4 in the morning."),
    await day("2024-03-02", "The Quay Gazette", "About $9 million left wallets of Arden Bank, tracing firm Kolm said."),
  ]);
  const [position] = claims[0]!.positions;
  expect(position?.origins.map(({ document }) => document !== null)).toEqual([true]);
  expect(position?.unknownOrigins).toEqual([]);
});

test("two words that are alike do not make one payer of two", async () => {
  const { claims } = weighClaims([
    await day("2024-03-01", "The Quay Gazette", "Interior minister Bo Marsh said that the state does not pay ransoms."),
    await day("2024-03-02", "Harbour Herald", "“No ransom was paid,” Arden Bank said."),
  ]);
  const parties = claims.flatMap(({ positions }) => positions.map(({ origins }) => origins.length));
  expect(parties).toEqual([1, 1]);
});

test("the bank is the victim that the title names, where the text speaks of no other", async () => {
  const told = (title: string, rest: string) =>
    analysed({
      outlet: "The Quay Gazette",
      published: "2024-03-01",
      title,
      paragraphs: [`Hackers stole $9 million from Banco del Puerto on Friday. ${rest}`],
    });
  const who = async (title: string, rest: string) =>
    weighClaims([await told(title, rest)])
      .claims.flatMap(({ positions }) => positions.flatMap(({ origins }) => origins.map(({ party }) => party)))
      .sort();
  const said = "The bank said that its doors would stay shut.";
  expect(await who("Banco del Puerto robbed", said)).toEqual(["Banco del Puerto"]);
  expect(await who("A night at the port", said)).toEqual([]);
  expect(await who("Banco del Puerto robbed", `Two banks in Ostrava took part of it. ${said}`)).toEqual([]);
});
