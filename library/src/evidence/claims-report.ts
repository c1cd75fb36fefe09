import { changesByClaim, changesTable } from "./claims-report-changes.ts";
import {
  type AroundClaims,
  aboutText,
  claimAnchor,
  claimBody,
  documentsOfClaim,
  type NumberedClaim,
  positionsLine,
} from "./claims-report-claim.ts";
import { type ClaimsReportContext, claimsReportContext } from "./claims-report-context.ts";
import { documentsSection } from "./claims-report-documents.ts";
import { claimsGlossary } from "./claims-report-glossary.ts";
import { basisSection, overviewTable } from "./claims-report-head.ts";
import { incidentsSection } from "./claims-report-incidents.ts";
import { type ClaimsReportInput, claimsReportLimits } from "./claims-report-input.ts";
import { edgesByDocument } from "./claims-report-lineage.ts";
import { claimsReportStyle } from "./claims-report-style.ts";
import { type Html, html, outside } from "./html.ts";
import { pageHead } from "./page-head.ts";
import { shellWord } from "./text-safety.ts";
import { count, wholeNumber } from "./wording.ts";

/**
 * The report of what is claimed in a set of documents: one HTML page that holds everything it shows, without script and
 * without network. Every sentence leads to its place in the documents, and from there back. A pure function: the same
 * input gives the same bytes. Text from outside is escaped, and characters that cannot be seen are shown. What is
 * beyond {@link claimsReportLimits} is folded or left out with a note that says how much.
 */
export function claimsReportHtml(input: ClaimsReportInput): string {
  const context = claimsReportContext(input);
  const isFirst = new Map(input.weighed.claims.map((claim) => [claim, isTold(claim)]));
  const numbered = [...input.weighed.claims]
    .sort((a, b) => Number(isFirst.get(b)) - Number(isFirst.get(a)))
    .map((claim, at) => ({ claim, number: at + 1 }));
  const full = numbered.slice(0, claimsReportLimits.claimsMax);
  const told = full.filter(({ claim }) => isFirst.get(claim) === true);
  const around: AroundClaims = {
    edges: edgesByDocument(input.weighed.lineage),
    changes: changesByClaim(input.weighed.changes, full),
  };
  // The documents are marked where the sections before them lead: they are written last.
  const claims = claimsSection(context, { numbered, told, around });
  const incidents = incidentsSection(context);
  const changes = otherChanges(context, around);
  const documents = documentsSection(context);
  const title = `What is claimed in ${count(context.documents.length, "document")}`;
  const contents: readonly (readonly [string, string])[] = [
    ["basis", "What this is"],
    ["claims", "Claims"],
    ...(incidents === null ? [] : [["incidents", "Incidents"] as const]),
    ...(changes === null ? [] : [["changes", "Other changes"] as const]),
    ["documents", "Documents"],
    ["made", "How it was made"],
    ["glossary", "Glossary"],
  ];
  const page = html`${pageHead(title, claimsReportStyle)}
<body class="claims-report">
<header><p class="brand">Spoor · report of claims</p><h1>${title}</h1>
<p class="guilt">A report of claims shows who says what, and on whose word. It does not show what is true. It does not
show
who is guilty.</p>
<nav aria-label="Contents"><ul>${contents.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
</header>
<main>
${basisSection(context, told)}
${claims}
${incidents === null ? null : html`${incidents}\n`}${changes === null ? null : html`${changes}\n`}${documents}
${madeSection(input)}
${claimsGlossary()}
</main>
<footer><p>What is said is not what happened. Each name stands here only because a document has it, and leads to the
place where it does.</p></footer>
</body>
</html>
`;
  return String(page);
}

/** What a reader comes for: told by more than one document, with a second side or a contradiction, or judged. */
function isTold(claim: NumberedClaim["claim"]): boolean {
  const { positions, contradictions, judged } = claim;
  return documentsOfClaim(claim).length > 1 || positions.length > 1 || contradictions.length > 0 || judged !== null;
}

interface Claims {
  readonly numbered: readonly NumberedClaim[];
  readonly told: readonly NumberedClaim[];
  readonly around: AroundClaims;
}

function claimsSection(context: ClaimsReportContext, { numbered, told, around }: Claims): Html {
  const { claimsOpen, claimsMax } = claimsReportLimits;
  const full = numbered.slice(0, claimsMax);
  const rest = numbered.slice(claimsMax);
  const open = told.slice(0, claimsOpen);
  const more = told.slice(claimsOpen);
  const others = full.slice(told.length);
  const parts = open.map(
    (
      one,
    ) => html`<article class="claim" id="${claimAnchor(one.number)}" aria-labelledby="${claimAnchor(one.number)}-name">
<h3 id="${claimAnchor(one.number)}-name">Claim ${one.number}</h3><p class="about" dir="auto">“${outside(
      aboutText(one.claim),
    )}”</p>
${claimBody(context, one, around)}</article>
`,
  );
  const moreNote = `${count(more.length, "more claim")} that more than one document tells, or that are disputed. Each
opens.`;
  const othersNote =
    `${count(others.length, "claim")} that one document makes, that nobody else here repeats or disputes,
and that no person has judged. Each opens.`.replace(/\s+/gu, " ");
  const folded = (claims: readonly NumberedClaim[]) => claims.map((one) => foldedClaim(context, one, around));
  const further = foldedSection("more", "Told by several documents: further claims", {
    note: moreNote,
    claims: folded(more),
  });
  const single = foldedSection("single", "Told by one document alone", { note: othersNote, claims: folded(others) });
  return html`<section id="claims"><h2>Claims</h2>
${numbered.length === 0 ? html`<p>No claim was found in these documents.</p>` : null}
${overviewTable(open)}${
  more.length === 0
    ? null
    : html`<p class="note">${count(more.length, "more claim")} of this kind
are <a href="#more">below</a>.</p>`
}</section>
${parts}${further}${single}${rest.length === 0 ? null : restSection(rest)}`;
}

function foldedSection(
  id: string,
  head: string,
  { note, claims }: { readonly note: string; readonly claims: readonly Html[] },
): Html | null {
  if (claims.length === 0) return null;
  return html`<section id="${id}"><h2>${head}</h2><p class="note">${note}</p>
${claims}</section>`;
}

function foldedClaim(context: ClaimsReportContext, one: NumberedClaim, around: AroundClaims): Html {
  const { claim, number } = one;
  return html`<details class="claim" id="${claimAnchor(number)}"><summary><h3>${number}. <span dir="auto">${outside(
    aboutText(claim, 240),
  )}</span></h3><span class="why">${outside(positionsLine(claim))}</span></summary>
${claimBody(context, one, around)}</details>
`;
}

/** Claims that are too many to be told: each in a line, so that none is lost. */
function restSection(rest: readonly NumberedClaim[]): Html {
  const { claimsMax } = claimsReportLimits;
  return html`<section id="rest"><h2>Not told in full</h2><p class="note">This page tells ${wholeNumber(claimsMax)}
claims.
${count(rest.length, "more claim")} stand here with their ids; the same command with <code>--json</code> prints
them.</p><details><summary>The ids of ${count(rest.length, "claim")}</summary><ul class="plain">${rest.map(
    ({ claim }) => html`<li><code>${claim.id}</code> ${outside(aboutText(claim, 120))}</li>`,
  )}</ul></details></section>`;
}

/** Changes in words that no claim rests on. */
function otherChanges(context: ClaimsReportContext, { changes }: AroundClaims): Html | null {
  const told = new Set([...changes.values()].flatMap(({ here }) => here));
  const others = context.input.weighed.changes.filter((change) => !told.has(change));
  if (others.length === 0) return null;
  const mention = { id: "changes", name: "changes" };
  return html`<section id="changes"><h2>Other changes on the way</h2><p class="note">In words that documents share,
and that
no claim above rests on.</p>${changesTable(context, others, mention)}</section>`;
}

function madeSection({ engine, command, madeAt, weighed, documents }: ClaimsReportInput): Html {
  const again =
    command === undefined
      ? null
      : html`<p>The same documents and judgements give the same
report:</p><pre>${command.map(shellWord).join(" ")}</pre>`;
  return html`<section id="made"><h2>How it was made</h2><p>Made by ${outside(engine)}${
    madeAt === undefined ? "" : ` on ${madeAt}`
  } from ${count(documents.length, "document")}:
${count(weighed.claims.length, "claim")}, ${count(weighed.lineage.length, "line")} of lineage,
${count(weighed.changes.length, "change")}. Each document is named by the SHA-256 of its bytes; who has the same bytes
can
check every span.</p>${again}</section>`;
}
