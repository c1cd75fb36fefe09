import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStory, type Story } from "./claims-articles.fixture.ts";
import { claimsReportHtml } from "./claims-report.ts";
import { type ClaimsReportInput, claimsReportLimits, type ReportIncident } from "./claims-report-input.ts";
import { madeClaim, madeDocument, madeFigure, madeWeighed, manyDocuments, placeIn } from "./claims-weighed.fixture.ts";
import { type Markup, resolveEntities } from "./markup.fixture.ts";
import { hostile, readPage } from "./read-report.fixture.ts";
import { visibleText } from "./text-safety.ts";

const engine = "spoor 0.1.0";
const story: Story = await readStory();
const told = (more: Partial<ClaimsReportInput> = {}) => claimsReportHtml({ ...story, engine, ...more });

const linksOf = ({ elements }: Pick<Markup, "elements">) =>
  new Set(elements.flatMap(({ name, attributes }) => (name === "a" ? [attributes.get("href")!] : [])));

/** The text of a page from the element of an id on, without tags. */
function textFrom(page: string, id: string): string {
  const at = page.indexOf(`id="${id}"`);
  return resolveEntities(page.slice(page.indexOf(">", at) + 1, at + 20_000).replace(/<sup.*?<\/sup>|<[^>]*>/gsu, ""));
}

describe("a story", () => {
  test("every sentence leads to its place in a document, and the place leads back", () => {
    const page = told();
    const links = linksOf(readPage(page));
    // Numbers are by publication.
    const numbers = new Map(
      [...page.matchAll(/<h3 id="document-(\d+)-title"[\s\S]*?<code>([0-9a-f]{64})<\/code>/gu)].map(
        ([, number, sha]) => [sha!.slice(0, 16), number!],
      ),
    );
    expect(numbers.size).toBe(story.documents.length);
    const statements = story.weighed.claims.flatMap(({ positions }) => positions.flatMap((one) => one.statements));
    expect(statements.length).toBeGreaterThan(10);
    for (const { document, start, end, text } of statements) {
      const anchor = `d${numbers.get(document)}-${start}-${end}`;
      expect(links).toContain(`#${anchor}`);
      expect(textFrom(page, anchor).startsWith(visibleText(text))).toBe(true);
    }
    for (const { place } of story.weighed.claims.flatMap(({ figures }) => figures)) {
      expect(links).toContain(`#d${numbers.get(place.document)}-${place.start}-${place.end}`);
    }
    const documents = page.slice(page.indexOf('<section id="documents">'));
    expect(documents).toMatch(/<sup class="back"><a href="#claim-1"/u);
  });

  test("the counts that are shown are the counts that were given", () => {
    const page = told();
    for (const [number, claim] of story.weighed.claims.entries()) {
      const at = page.indexOf(`<code>${claim.id}</code>`);
      const part = page.slice(page.lastIndexOf('class="claim"', at), at);
      const counts = [...part.matchAll(/<dt><b>(\d+)<\/b> ([a-z ]+)<\/dt>/gu)].map(([, count, what]) => [what, count]);
      const expected = claim.positions.flatMap(({ outlets, independentAccess, origins, unknownOrigins }) => [
        [outlets.length === 1 ? "outlet carries it" : "outlets carry it", String(outlets.length)],
        [
          independentAccess.length === 1 ? "party with access of its own" : "parties with access of their own",
          String(independentAccess.length),
        ],
        [origins.length === 1 ? "evidential origin" : "evidential origins", String(origins.length)],
        ...(unknownOrigins.length === 0
          ? []
          : [
              [
                unknownOrigins.length === 1 ? "document of unknown origin" : "documents of unknown origin",
                String(unknownOrigins.length),
              ],
            ]),
      ]);
      expect(counts, `claim at ${number}`).toEqual(expected);
    }
  });

  test("it says what was not analysed, and what has no time; other scripts have their language", () => {
    const { text, elements, page } = readPage(told());
    expect(text).toMatch(/2 documents in\s+Korean and Arabic\.\s+Only English is read/u);
    expect(text).toMatch(/Without a time of publication: 2 documents/u);
    expect(text.match(/Not analysed: only English is read/gu)).toHaveLength(2);
    const langs = elements.filter(({ attributes }) => attributes.get("class") === "text");
    expect(new Set(langs.map(({ attributes }) => attributes.get("lang")))).toEqual(new Set(["en", "ko", "ar"]));
    expect(page).toContain("항구은행에서 사백만 달러가 사라졌다");
    expect(page).toMatch(/<p dir="auto">قال مجلس/u);
  });

  test("the same input gives the same bytes", () => {
    expect(told()).toBe(told());
  });
});

describe("the page of a story", () => {
  test("headings step down one at a time; tables have captions; pictures have a title and a description", () => {
    const { elements } = readPage(told({ incidents: [incident()] }));
    const headings = elements.map(({ name }) => name).filter((name) => /^h\d$/u.test(name));
    expect(headings[0]).toBe("h1");
    headings.forEach((heading, i) => {
      expect(Number(heading[1])).toBeLessThanOrEqual(Number(headings[i - 1]?.[1] ?? 0) + 1);
    });
    elements.forEach(({ name, attributes }, i) => {
      if (name === "table") expect(elements[i + 1]?.name).toBe("caption");
      if (name === "svg" && attributes.get("class") === "lineage") {
        expect([elements[i + 1]?.name, elements[i + 2]?.name]).toEqual(["title", "desc"]);
      }
    });
    expect(elements.filter(({ name }) => name === "svg").length).toBeGreaterThan(3);
  });

  test("a person's judgement stands with its author and reason", () => {
    const [first, ...rest] = story.weighed.claims;
    const judged = {
      verdict: "confirmed",
      by: "A. Reader",
      at: "2021-04-01T10:00:00Z",
      reason: "Read in full",
    } as const;
    const { text } = readPage(told({ weighed: { ...story.weighed, claims: [{ ...first!, judged }, ...rest] } }));
    expect(text).toContain("Confirmed by\nA. Reader on 2021-04-01T10:00:00Z: “Read in full”");
    const bare = { ...judged, reason: "" };
    const unsaid = readPage(told({ weighed: { ...story.weighed, claims: [{ ...first!, judged: bare }, ...rest] } }));
    expect(unsaid.text).toContain("A. Reader on 2021-04-01T10:00:00Z, without a reason.");
  });

  test("what was taken out, and what a judgement is of that is not here, are told", () => {
    const statement = story.weighed.claims[0]!.positions[0]!.statements[0]!;
    const rejected = [{ statement, by: "A. Reader", at: "2021-04-01T10:00:00Z", reason: "Is a headline" }];
    const { text } = readPage(told({ rejected, unapplied: ["reject of claim-1 by B"] }));
    expect(text).toMatch(/Taken out by a person: 1 statement\.[\s\S]*A\. Reader on [^,]*, “Is a headline”/u);
    expect(text).toMatch(/Judged, but not found here: 1 judgement[\s\S]*reject of claim-1 by B/u);
  });

  test("values of an incident that differ stand beside each other", () => {
    const { text } = readPage(told({ incidents: [incident()] }));
    expect(text).toMatch(/Amounts stated.*at most 4,000,000 USD.*about 5,000,000 USD/su);
    expect(text).toContain("about 5,000,000 USD excludes at most 4,000,000 USD");
    expect(text).toMatch(/When, as stated2018“.*2019-02“/su);
    expect(text).toMatch(/Kindbank.*Put down toOstmark: the Lintel Panel alleges.*A claim, not a finding/su);
    expect(text).toContain("may be the same as incident-1: only the year fits");
  });
});

function incident(): ReportIncident {
  const [document] = story.documents;
  const [, first] = document!.blocks;
  const place = placeIn(document!, first!.start, first!.end);
  const stated = (value: string) => ({ value, places: [place], entries: ["a register, entry 7"] });
  return {
    id: "incident-0123456789ab",
    name: "Harbour Bank, 2019",
    dates: [stated("2018"), stated("2019-02")],
    kinds: [stated("bank")],
    methods: [],
    attributions: [stated("Ostmark: the Lintel Panel alleges")],
    doubts: ["may be the same as incident-1: only the year fits"],
    victims: [stated("Harbour Bank")],
    countries: [],
    amount: [stated("at most 4000000 USD"), stated("about 5000000 USD")],
    disagreements: ["about 5000000 USD excludes at most 4000000 USD"],
    statements: [place],
  };
}

/** The same text in every place that a text from outside can take. */
function poisoned(text: string): ClaimsReportInput {
  const documents = [
    madeDocument(text, [`${text} and more`], {
      source: text,
      author: text,
      credit: text,
      outlet: { name: text, domain: text, family: "family", basis: "text" },
    }),
    madeDocument(`b${text}`, [text, text], { outlet: null, published: null, analysed: false, language: "und" }),
  ];
  const { claim, lineage, changes } = madeClaim(text, documents, text);
  const positions = claim.positions.map((one) => ({
    ...one,
    independentAccess: [text],
    origins: one.origins.map((origin) => ({ ...origin, via: text })),
    statements: one.statements.map((statement) => ({
      ...statement,
      because: text,
      carriers: [{ party: text, how: text, place: statement, hasAccess: true }],
    })),
    grade: { ...one.grade, reasons: [text], wouldChange: [text] },
  }));
  const judged = { verdict: "rejected", by: text, at: text, reason: text } as const;
  const scope = [{ kind: "in", span: { start: 0, end: 1 }, text }] as const;
  const figures = claim.figures.map((one) => ({ ...one, figure: { ...madeFigure, unit: text, text, scope } }));
  const stated = { value: text, places: [placeIn(documents[0]!, 0, 1)], entries: [text] };
  return {
    weighed: {
      claims: [{ ...claim, about: text, judged, positions, figures, contradictions: [{ figures, why: text }] }],
      lineage: lineage.map((edge) => ({ ...edge, because: text })),
      changes,
    },
    documents,
    incidents: [
      {
        id: text,
        name: text,
        dates: [stated],
        kinds: [stated],
        methods: [stated],
        attributions: [stated],
        doubts: [text],
        victims: [stated],
        countries: [stated],
        amount: [stated],
        disagreements: [text],
        statements: stated.places,
      },
    ],
    rejected: [{ statement: { ...positions[0]!.statements[0]!, text }, by: text, at: text, reason: text }],
    unapplied: [text],
    skipped: [{ source: text, reason: text }],
    engine: text,
    command: ["spoor", text],
    madeAt: text,
  };
}

describe("what comes from outside", () => {
  test.each(hostile)("%j stays text wherever it stands", (text) => {
    const { page, text: shown } = readPage(claimsReportHtml(poisoned(text)));
    expect(shown).toContain(visibleText(text));
    expect(page).not.toMatch(/[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]|(?!\n)\p{Cc}/u);
  });

  test("random text stays text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 30 }), (text) => {
        readPage(claimsReportHtml(poisoned(text)));
      }),
      { numRuns: 8, seed: 7 },
    );
  });

  test("places in documents that are not given, or beyond their end, are said and not linked", () => {
    const documents = manyDocuments(3);
    const made = madeClaim("claim-1", documents);
    const { text } = readPage(
      claimsReportHtml({ weighed: madeWeighed([made]), documents: documents.slice(1), engine }),
    );
    expect(text).toContain(`${documents[0]!.id} (not in this report)`);
    const cut = documents.map((one) => ({ ...one, text: one.title!, blocks: one.blocks.slice(0, 1) }));
    const page = claimsReportHtml({ weighed: madeWeighed([made]), documents: cut, engine });
    expect(readPage(page).text).toContain("They said that four million were gone.");
    expect(linksOf(readPage(page)).has("#d1-10-48")).toBe(false);
  });

  test("a paragraph of a million characters is shown as text, and says what is left out of it", () => {
    const paragraph = `They said 🏦 <script>alert(1)</script> ${"long ".repeat(200_000)}`.trim();
    const documents = [madeDocument("Long", [`Robbed <b>${"!".repeat(9)}`, paragraph])];
    const { page, text } = readPage(
      claimsReportHtml({ weighed: madeWeighed([madeClaim("c", documents)]), documents, engine }),
    );
    expect(text).toMatch(/\[9\d\d,\d{3} characters in which nothing is marked are left out\s+here\]/u);
    expect(page.length).toBeLessThan(200_000);
  });
});

describe("large and small", () => {
  test("nothing was found, nothing was given", () => {
    const empty = { claims: [], lineage: [], changes: [] };
    expect(readPage(claimsReportHtml({ weighed: empty, documents: [], engine })).text).toContain("No claim was found");
    expect(readPage(claimsReportHtml({ weighed: empty, documents: manyDocuments(2), engine })).text).toContain(
      "Nothing in this document is mentioned above.",
    );
  });

  test("many documents and claims: each claim has its place, and what is folded says how many", () => {
    const documents = manyDocuments(40);
    const made = Array.from({ length: 12 }, (_, at) => madeClaim(`claim-${at}`, documents.slice(at, at + 25)));
    const { text, elements } = readPage(claimsReportHtml({ weighed: madeWeighed(made), documents, engine }));
    const ids = new Set(elements.map(({ attributes }) => attributes.get("id")));
    for (let at = 1; at <= made.length; at++) expect(ids).toContain(`claim-${at}`);
    expect(text).toContain("22 more statements");
    expect(text).toMatch(/and 17 more/u);
  });

  test("claims beyond the limit are listed with their ids, and the page says so", () => {
    const documents = manyDocuments(1);
    const made = Array.from({ length: claimsReportLimits.claimsMax + 2 }, (_, at) => madeClaim(`id-${at}`, documents));
    const text = claimsReportHtml({ weighed: madeWeighed(made), documents, engine }).replace(/\s+/gu, " ");
    expect(text).toContain("This page tells 1,000 claims.");
    expect(text).toContain("2 more claims stand here with their ids");
    expect(text).toContain(`id-${claimsReportLimits.claimsMax + 1}`);
  });
});
