import { beforeAll, describe, expect, test } from "vitest";
import type { DocumentAnalysis } from "./analyse-document.ts";
import type { Claim, Position } from "./claim.ts";
import { codePoints } from "./code-points.ts";
import type { Judgement } from "./judgement.ts";
import { claimId } from "./weigh/judge.ts";
import { analysed, harbourBank } from "./weigh/made-articles.fixture.ts";
import { readTogether, type WeighedClaims, weighClaims, weighTogether } from "./weigh-claims.ts";

let analyses: DocumentAnalysis[];
let weighed: WeighedClaims;
let theft: Claim;

const idOf = (outlet: string) => analyses.find(({ document }) => document.outlet?.name === outlet)!.document.id;
const position = (claim: Claim, act: string): Position => claim.positions.find((one) => one.act === act)!;
const parties = ({ origins }: Position) => origins.map(({ party }) => party).sort();

beforeAll(async () => {
  analyses = await Promise.all(harbourBank.map(analysed));
  weighed = weighClaims(analyses);
  theft = weighed.claims[0]!;
});

describe("a theft that four outlets tell of", () => {
  test("is one claim with those who allege it, those who deny it and those who say nothing", () => {
    expect(theft.about).toMatch(/\$9 million/u);
    expect(theft.positions.map(({ act }) => act).sort()).toEqual(["alleges", "declines to comment", "denies"]);
  });

  test("counts outlets, access and origins apart", () => {
    const alleged = position(theft, "alleges");
    expect(alleged.outlets).toEqual(["Coin Ledger Daily", "Northern Wire", "The Evening Lamp", "The Port Tribune"]);
    expect(parties(alleged)).toEqual([
      "chain analysis firm Tracelight",
      "national police",
      "person familiar with the inquiry",
    ]);
    // The wire has it from the paper, which cites the police itself.
    expect(alleged.independentAccess).toEqual(["The Port Tribune"]);
    expect(alleged.unknownOrigins).toEqual([idOf("The Evening Lamp")]);
  });

  test("a bank and its spokeswoman are one origin of a denial, which confirms nothing", () => {
    const denied = position(theft, "denies");
    expect(denied.origins).toHaveLength(1);
    expect(denied.outlets).toEqual(["Northern Wire", "The Port Tribune"]);
    expect(denied.unknownOrigins).toEqual([]);
    expect(denied.grade.credibility).toBe(4);
    expect(position(theft, "alleges").grade.credibility).toBe(4);
  });

  test("finds the amounts that exclude each other", () => {
    const pairs = theft.contradictions.map(({ figures }) => figures.map(({ figure }) => figure.value).sort());
    expect(pairs).toContainEqual(["12000000", "9000000"].sort());
    expect(pairs.flat()).not.toContain("3");
  });

  test("shows the way to each document, and proves each step by the words that say it", () => {
    const steps = weighed.lineage.map(({ from, to, basis }) => [from, to, basis]);
    expect(steps).toContainEqual(["national police", idOf("The Port Tribune"), "attribution"]);
    // The paper is one of the documents here, so the wire has it from that document.
    expect(steps).toContainEqual([idOf("The Port Tribune"), idOf("Northern Wire"), "attribution"]);
    for (const { proof } of weighed.lineage) {
      expect(proof.length).toBeGreaterThan(0);
      for (const { document, start, end } of proof) {
        const { text } = analyses.find((one) => one.document.id === document)!.document;
        expect(codePoints(text).slice({ start, end }).trim()).not.toBe("");
      }
    }
  });

  test("a correction is kept beside what it corrects, as the outlet's own word", () => {
    const corrections = weighed.claims.flatMap(({ positions }) => positions.filter(({ act }) => act === "corrects"));
    expect(corrections).toHaveLength(1);
    expect(corrections[0]!.party).toBe("The Evening Lamp");
  });

  test("every statement's text is the text at its span", () => {
    for (const { positions } of weighed.claims) {
      for (const { statements } of positions) {
        for (const { document, start, end, text, content } of statements) {
          const points = codePoints(analyses.find((one) => one.document.id === document)!.document.text);
          expect(points.slice({ start, end })).toBe(text);
          for (const one of content) expect(points.slice(one)).toBe(one.text);
        }
      }
    }
  });

  test("does not depend on the order in which documents are given", () => {
    expect(weighClaims([...analyses].reverse())).toEqual(weighed);
  });
});

describe("what persons decide", () => {
  const by = "M. Holm";
  const at = "2024-04-02T09:00:00Z";
  const reason = "Read both.";

  test("a rejected statement is out of its claim, and the claim stands", () => {
    const [statement] = position(theft, "alleges").statements.filter(({ source }) => source?.text.includes("person"));
    const again = weighClaims(analyses, [{ kind: "reject", of: statement!.id, by, at, reason }]);
    const claim = again.claims.find(({ id }) => id === theft.id)!;
    expect(parties(position(claim, "alleges"))).toEqual(["chain analysis firm Tracelight", "national police"]);
  });

  test("what was read together once is weighed with any judgements, in any order", () => {
    const together = readTogether(analyses);
    const [statement] = position(theft, "alleges").statements;
    const rejected: Judgement[] = [{ kind: "reject", of: statement!.id, by, at, reason }];
    for (const judgements of [[], rejected, []]) {
      expect(weighTogether(together, judgements)).toEqual(weighClaims(analyses, judgements));
    }
  });

  test("two claims that are one are joined under the first one's id", () => {
    const other = weighed.claims.find(({ about }) => /eleven transfers/u.test(about))!;
    const again = weighClaims(analyses, [{ kind: "merge", into: theft.id, claim: other.id, by, at, reason }]);
    expect(again.claims.map(({ id }) => id)).not.toContain(other.id);
    const claim = again.claims.find(({ id }) => id === theft.id)!;
    expect(parties(position(claim, "alleges"))).toContain("Inspector Dana Holt");
    expect(again.claims).toHaveLength(weighed.claims.length - 1);
  });

  test("a grade of a person's stands instead of the proposed one, and says so", () => {
    const grade = { kind: "grade", claim: theft.id, act: "denies", reliability: "C", credibility: 5 } as const;
    const again = weighClaims(analyses, [{ ...grade, by, at, reason }]);
    const given = position(again.claims.find(({ id }) => id === theft.id)!, "denies").grade;
    expect([given.reliability, given.credibility]).toEqual(["C", 5]);
    expect(given.reasons[0]).toContain("M. Holm");
    expect(given.reasons[0]).toContain("proposed: F4");
  });

  test("of two verdicts the later one counts", () => {
    const verdict = (kind: "confirm" | "reject", day: string) => ({ kind, of: theft.id, by, at: day, reason });
    const again = weighClaims(analyses, [
      verdict("reject", "2024-04-02T09:00:00Z"),
      verdict("confirm", "2024-04-03T09:00:00Z"),
    ]);
    expect(again.claims.find(({ id }) => id === theft.id)!.judged?.verdict).toBe("confirmed");
  });

  test("of two verdicts under two ids of one claim the one that was given last counts, whatever its clock said", () => {
    const [, second] = position(theft, "alleges").statements;
    const verdict = (kind: "confirm" | "reject", of: string, day: string) => ({ kind, of, by, at: day, reason });
    const again = weighClaims(analyses, [
      verdict("reject", theft.id, "2024-04-03T09:00:00Z"),
      verdict("confirm", claimId(second!.id), "2024-04-02T09:00:00Z"),
    ]);
    expect(again.claims.find(({ id }) => id === theft.id)!.judged?.verdict).toBe("confirmed");
  });

  test("a judgement of a claim still holds when an earlier document founds it anew", async () => {
    const earlier = await analysed({
      outlet: "The Dawn Post",
      published: "2024-03-01",
      title: "A bad night at the coast",
      paragraphs: ["The national police said that thieves moved about $9 million out of the Harbour Bank."],
    });
    const again = weighClaims([...analyses, earlier], [{ kind: "confirm", of: theft.id, by, at, reason }]);
    const [claim] = again.claims;
    expect(claim!.id).not.toBe(theft.id);
    expect(claim!.judged?.verdict).toBe("confirmed");
  });
});

describe("origins", () => {
  const claimsOf = async (...paragraphs: string[]) => {
    const article = { outlet: "The Quay", published: "2024-03-01", title: "A note", paragraphs };
    return weighClaims([await analysed(article)]).claims;
  };

  test("a wider name means the one narrower party that it can mean", async () => {
    const [claim] = await claimsOf(
      "Norway denied that it had sent $4 million to the smugglers.",
      "A spokesman for the foreign ministry of Norway denied that it had sent $4 million to the smugglers.",
    );
    expect(position(claim!, "denies").origins).toHaveLength(1);
  });

  test("but none of two that it may mean", async () => {
    const [claim] = await claimsOf(
      "Norwegian officials at the customs office said that smugglers took $4 million from the Harbour Bank.",
      "The Norwegian navy said that smugglers took $4 million from the Harbour Bank.",
      "Norway said that smugglers took $4 million from the Harbour Bank.",
    );
    expect(position(claim!, "states").origins).toHaveLength(2);
  });

  test("what nobody is said to have said has an unknown origin", async () => {
    const [claim] = await claimsOf("Smugglers took $4 million from the Harbour Bank on Friday.");
    const stated = position(claim!, "states");
    expect(stated.origins).toEqual([]);
    expect(stated.unknownOrigins).toHaveLength(1);
    expect(stated.grade.credibility).toBe(6);
  });

  test("a denial of what the document does not tell is a claim by itself", async () => {
    const [claim] = await claimsOf("The Harbour Bank denied the allegations.");
    expect(claim!.positions.map(({ act }) => act)).toEqual(["denies"]);
  });
});

test("no documents, and documents in languages that are not read, make no claims", async () => {
  expect(weighClaims([])).toEqual({ claims: [], lineage: [], changes: [] });
  const korean = await analysed({
    outlet: "한국일보",
    published: "2024-03-01",
    title: "북한, 사이버 공격 의혹 부인",
    paragraphs: ["북한은 은행과 암호화폐 거래소에서 돈을 훔쳤다는 의혹을 부인했다. 대변인은 이를 날조라고 말했다."],
  });
  expect(korean.document.analysed).toBe(false);
  expect(weighClaims([korean]).claims).toEqual([]);
});

describe("what is not asserted", () => {
  const article = (outlet: string, ...paragraphs: string[]) =>
    analysed({ outlet, published: "2024-03-01", title: "A note", paragraphs });
  const claimOf = async (...articles: Promise<DocumentAnalysis>[]) =>
    weighClaims(await Promise.all(articles)).claims[0]!;

  test("who says that it did not happen denies it; who leaves it open says neither", async () => {
    const claim = await claimOf(
      article("The Quay", "Police said that hackers stole $20 million from the Cirrus exchange."),
      article("The Pier", "The Cirrus exchange said that hackers had not stolen $20 million from it."),
      article("The Mole", "The auditor found no evidence that hackers stole $20 million from the Cirrus exchange."),
    );
    expect(parties(position(claim, "alleges"))).toEqual(["Police"]);
    expect(parties(position(claim, "denies"))).toEqual(["Cirrus exchange"]);
  });

  test("what is quoted in a denial does not make the accuser deny it", async () => {
    const claim = await claimOf(
      article("The Quay", "“It moved client money into a secret desk it controlled alone,” said Ana Cole of Finwatch."),
      article("The Pier", "Larkspur denied that it “moved client money into a secret desk it controlled alone”."),
    );
    expect(parties(position(claim, "alleges"))).toEqual([expect.stringMatching(/Ana Cole/u)]);
    expect(parties(position(claim, "denies"))).toEqual(["Larkspur"]);
  });

  test("two thefts from one victim in different years are two claims, with a denial of one", async () => {
    const { claims } = weighClaims(
      await Promise.all([
        article("The Quay", "Harrow police said that hackers stole $12 million from the Arden Bank in February 2016."),
        article("The Pier", "Prosecutors said that hackers stole $30 million from the Arden Bank in August 2021."),
      ]),
    );
    expect(claims).toHaveLength(2);
  });

  test("two victims of the same sum are two claims", async () => {
    const { claims } = weighClaims(
      await Promise.all([
        article("The Quay", "Norwegian police said that hackers stole $20 million from the Nimbus exchange."),
        article("The Pier", "Danish police said that hackers stole $20 million from the Cirrus exchange."),
      ]),
    );
    expect(claims).toHaveLength(2);
  });

  test("two unnamed sources of two papers are two origins, and confirm nothing", async () => {
    const claim = await claimOf(
      article(
        "The Quay",
        "Thieves took $4 million from the Arden Bank, according to two people familiar with the inquiry.",
      ),
      article(
        "The Pier",
        "Thieves took $4 million from the Arden Bank, according to a person familiar with the inquiry.",
      ),
    );
    const [stated] = claim.positions;
    expect(stated!.origins.map(({ isUnnamed }) => isUnnamed)).toEqual([true, true]);
    expect(stated!.grade.credibility).toBe(3);
  });
});

test("a body's own paper is the origin's document, and what it says there is its own word", async () => {
  const article = (outlet: string, published: string, text: string) =>
    analysed({ outlet, published, title: "A note", paragraphs: [text] });
  const own = await article("National Fraud Office", "2024-03-01", "Thieves took $4 million from the Arden Bank.");
  const paper = await article(
    "The Quay",
    "2024-03-02",
    "Thieves took $4 million from the Arden Bank, the National Fraud Office said.",
  );
  const { claims, lineage } = weighClaims([own, paper]);
  const [stated] = claims[0]!.positions;
  expect(stated!.origins).toMatchObject([{ party: "National Fraud Office", document: own.document.id }]);
  expect(stated!.unknownOrigins).toEqual([]);
  expect(lineage.filter(({ basis }) => basis === "attribution")).toMatchObject([
    { from: own.document.id, to: paper.document.id },
  ]);
});
