import { analyseDocument } from "../claims/analyse-document.ts";
import type { Document } from "../claims/documents/document.ts";
import { readDocument } from "../claims/documents/read-document.ts";
import { type WeighedClaims, weighClaims } from "../claims/weigh-claims.ts";

/*
 * A story that never happened, as four outlets tell it: an audit board says that a bank was robbed, a ministry denies
 * it, and a news agency stands between them and two of the papers. Two more documents are kept and not read.
 */

const page = (site: string, published: string, title: string, body: readonly string[]) => `<!doctype html>
<html lang="en"><head><title>${title}</title><meta property="og:site_name" content="${site}">
${published === "" ? "" : `<meta property="article:published_time" content="${published}">`}</head>
<body><article><h1>${title}</h1>${body.map((one) => `<p>${one}</p>`).join("\n")}</article></body></html>`;

const articles: readonly (readonly [string, string])[] = [
  [
    "courier.html",
    page("Northern Courier", "2021-03-04T09:30:00Z", "Audit board says Veldmark took $4 million from Harbour Bank", [
      "A report of the Coastal Audit Board seen by Tidewire said that agents of Veldmark had stolen up to " +
        "four million US dollars from Harbour Bank in 2019.",
      "“The money was moved through eleven accounts in three countries within a single night,” the Coastal " +
        "Audit Board said in the report.",
      "A spokesman for the Veldmark finance ministry denied that its agents had stolen money from Harbour " +
        "Bank. “We have never touched a single coin of that bank,” the spokesman said.",
      "Harbour Bank opened its doors eighty years ago and is the oldest lender of the port. Its customers " +
        "are fishermen, pilots and the owners of the yards along the northern quay.",
    ]),
  ],
  [
    "harbour.html",
    page("Harbour Times", "2021-03-05", "Veldmark denies theft from Harbour Bank", [
      "Veldmark denied on Friday that its agents had stolen $4 million from Harbour Bank.",
      "“We have never touched a single coin of that bank,” a spokesman for the Veldmark finance ministry " +
        "said, according to Tidewire.",
      "The Coastal Audit Board said that agents of Veldmark had stolen more than $4 million from Harbour " +
        "Bank, Tidewire reported.",
      "The 2018 attack on Harbour Bank was the largest of its kind 🏦 on this coast, and the police are " +
        "still looking for those who opened the eleven accounts.",
    ]),
  ],
  [
    "ledger.html",
    page("The Quay Ledger", "", "How a bank lost its money in a night", [
      "Agents of Veldmark are said to have stolen about $5 million from Harbour Bank in 2019, money that " +
        "has never been found.",
      "“The money was moved through eleven accounts in three countries within a single night,” said a " +
        "report that was read in the city council.",
      "Nobody at the bank wanted to speak about the theft this week, and its windows on the quay stayed dark.",
    ]),
  ],
  [
    "inland.html",
    page("Inland Post", "2021-03-06T18:00:00+01:00", "Theft from Harbour Bank: what is known", [
      "Tidewire reported that agents of Veldmark had stolen up to $4 million from Harbour Bank in 2019, " +
        "citing the Coastal Audit Board.",
      "The Veldmark finance ministry denied that its agents had stolen money from Harbour Bank.",
      "The prosecutor of the port declined to comment on the theft. Trials of this kind take years, a clerk " +
        "at the court said.",
    ]),
  ],
  [
    "port.html",
    page("항구신문", "2021-03-05", "항구은행에서 사백만 달러가 사라졌다", [
      "감사위원회는 지난해 겨울 항구은행에서 사백만 달러가 사라졌다고 밝혔다. 재무부 대변인은 이를 부인했다.",
      "은행 창구는 이번 주 내내 닫혀 있었고 직원들은 아무 말도 하지 않았다. 경찰은 계속 수사하고 있다고 말했다.",
    ]),
  ],
  [
    "coast.html",
    page("صحيفة الساحل", "2021-03", "سرقة أربعة ملايين دولار من بنك الميناء", [
      "قال مجلس التدقيق الساحلي إن أربعة ملايين دولار سرقت من بنك الميناء في ليلة واحدة، ونفت وزارة المالية " +
        "ذلك في اليوم التالي.",
      "وظلت أبواب البنك مغلقة طوال الأسبوع، ولم يرغب أحد من الموظفين في الحديث عن السرقة مع الصحفيين.",
    ]),
  ],
];

export interface Story {
  readonly documents: readonly Document[];
  readonly weighed: WeighedClaims;
}

export async function readStory(): Promise<Story> {
  const documents: Document[] = [];
  for (const [name, text] of articles) {
    documents.push(
      await readDocument(Buffer.from(text), { name, mediaType: "text/html", capturedAt: "2021-03-07T00:00:00Z" }),
    );
  }
  return { documents, weighed: weighClaims(documents.map(analyseDocument)) };
}
