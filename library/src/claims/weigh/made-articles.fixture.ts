import { analyseDocument, type DocumentAnalysis } from "../analyse-document.ts";
import { readDocument } from "../documents/read-document.ts";

export interface MadeArticle {
  readonly outlet: string | null;
  /** ISO 8601, a day; null: not stated. */
  readonly published: string | null;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly author?: string;
}

/** An article as its outlet would publish it in Markdown, read and analysed. */
export async function analysed({
  outlet,
  published,
  title,
  paragraphs,
  author,
}: MadeArticle): Promise<DocumentAnalysis> {
  const front = [
    ...(outlet === null ? [] : [`site: "${outlet}"`]),
    ...(published === null ? [] : [`date: ${published}`]),
    ...(author === undefined ? [] : [`author: "${author}"`]),
  ];
  const text = ["---", ...front, "---", "", `# ${title}`, "", paragraphs.join("\n\n"), ""].join("\n");
  const name = `${title.toLowerCase().replace(/[^a-z0-9]+/gu, "-")}.md`;
  return analyseDocument(
    await readDocument(new TextEncoder().encode(text), { name, capturedAt: "2024-04-01T00:00:00.000Z" }),
  );
}

/** A made-up theft, told by a paper, a wire, a trade paper and an evening paper. */
export const harbourBank: readonly MadeArticle[] = [
  {
    outlet: "The Port Tribune",
    published: "2024-03-03",
    title: "Harbour Bank robbed of $9 million, police say",
    paragraphs: [
      "Thieves moved about $9 million out of the Harbour Bank of Ostrava Bay through three accounts abroad, the " +
        "national police said on Sunday.",
      "“The money left the bank in eleven transfers within a single night, and most of it has not been found,” " +
        "Inspector Dana Holt told The Port Tribune.",
      "The Harbour Bank denied that it had lost $9 million. “No customer has lost a cent, and the sums that are " +
        "being named are pure invention,” said its spokeswoman, Ilse Brandt.",
    ],
  },
  {
    outlet: "Northern Wire",
    published: "2024-03-04",
    title: "Money missing from a bank on the coast",
    paragraphs: [
      "OSTRAVA BAY — More than $9 million was stolen from the Harbour Bank, The Port Tribune reported, citing " +
        "police.",
      "“The money left the bank in eleven transfers within a single night, and most of it has not been found,” " +
        "Inspector Dana Holt was quoted as saying.",
      "The bank denies the allegations.",
    ],
  },
  {
    outlet: "Coin Ledger Daily",
    published: "2024-03-05",
    title: "Who took the money from Ostrava Bay?",
    paragraphs: [
      "Hackers stole $12 million from the Harbour Bank in one night, according to a person familiar with the inquiry.",
      "The bank's spokeswoman, Ilse Brandt, declined to comment on the new sum.",
      "The chain analysis firm Tracelight said that $9 million had left the Harbour Bank and reached four exchanges.",
    ],
  },
  {
    outlet: "The Evening Lamp",
    published: "2024-03-06",
    title: "What we know about the night at the bank",
    paragraphs: [
      "About $9 million was stolen from the Harbour Bank last week.",
      "Correction: An earlier version of this article said that five exchanges received the money.",
    ],
  },
];
