import { newsroomOf } from "../claims/documents/newsroom.ts";
import { aboutText, claimAnchor, documentsOfClaim, type NumberedClaim } from "./claims-report-claim.ts";
import { type ClaimsReportContext, documentLink } from "./claims-report-context.ts";
import { names } from "./claims-report-position.ts";
import { actWords, beginning } from "./claims-report-wording.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import { count, listed } from "./wording.ts";

/** What the report is made of, what it is, and what it does not cover. */
export function basisSection(context: ClaimsReportContext, told: readonly NumberedClaim[]): Html {
  const { input, documents } = context;
  const { claims } = input.weighed;
  const outlets = new Set(
    documents.flatMap(({ document: { outlet } }) => (outlet === null ? [] : [newsroomOf(outlet)])),
  );
  const unnamed = documents.filter(({ document }) => document.outlet === null).length;
  const read = documents.filter(({ document }) => document.analysed).length;
  const judged = claims.filter((claim) => claim.judged !== null).length;
  const rows: [string, HtmlValue][] = [
    ["documents", String(documents.length)],
    [
      unnamed === 0 ? "outlets" : `outlets, and ${count(unnamed, "document")} of none that is named`,
      String(outlets.size),
    ],
    ["documents that were read", String(read)],
    ["claims", String(claims.length)],
    ["told by more than one document, or disputed", String(told.length)],
    ["judged by a person", String(judged)],
  ];
  const entries = rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return html`<section id="basis"><h2>What this is</h2><div class="told"><div>
<p>This report sets out who says what in ${count(documents.length, "document")}, who denies it, on whose word it rests,
and where each outlet has it from. It was found by rules that read the text. <strong>All of it is a proposal</strong>:
each names the words it rests on and leads to them in <a href="#documents">the documents</a> below, and a person
confirms,
corrects or rejects it.</p>
<p>Ten outlets that repeat one report are one source, not ten. So three things are counted apart for each side of a
claim,
and never added: the <strong>outlets</strong> that carry it; the parties that are said to have had
<strong>access of their own</strong> to where it comes from; and the <strong>evidential origins</strong>, on whose own
word
or paper it rests. A document that does not say whom it has it from counts as no origin, and is counted as unknown.</p>
${notCovered(context)}</div>
<dl class="figures">${entries}</dl></div></section>`;
}

function notCovered(context: ClaimsReportContext): Html {
  const { documents, input } = context;
  const unread = documents.filter(({ document }) => !document.analysed);
  const timeless = documents.filter(({ document }) => document.published === null);
  const { skipped = [], undated = [], asOf = null, knownAt = null } = input;
  const items: Html[] = [];
  const links = (some: typeof documents) => names(some.map(({ document }) => documentLink(context, document.id)));
  if (asOf !== null || knownAt !== null) {
    const published = asOf === null ? null : html`published by <strong>${asOf}</strong>`;
    const known = knownAt === null ? null : html`taken in and judged by <strong>${knownAt}</strong>`;
    const and = published === null || known === null ? "" : ", and ";
    items.push(html`<li>Only what was ${published}${and}${known}.</li>`);
  }
  if (undated.length > 0) {
    items.push(html`<li><strong>Left out:</strong> ${count(undated.length, "document")}, because it is not known whether
they were published by then. <details><summary>Which</summary><ul class="plain">${undated.map(
      ({ outlet, title, source }) =>
        html`<li>${outlet === null ? null : html`${outside(outlet.name)}: `}${outside(title ?? source)}</li>`,
    )}</ul></details></li>`);
  }
  if (unread.length > 0) {
    const languages = [...new Set(unread.map(({ document }) => document.language))].map((one) =>
      one === "und" ? "a language that cannot be told" : (languageNames.of(one) ?? one),
    );
    items.push(html`<li><strong>Not analysed:</strong> ${count(unread.length, "document")} in
${outside(listed(languages))}.
Only English is read; what they say is not in this report: ${links(unread)}.</li>`);
  }
  if (timeless.length > 0) {
    items.push(html`<li><strong>Without a time of publication:</strong> ${count(timeless.length, "document")}. Which
came
first cannot be told of them: ${links(timeless)}.</li>`);
  }
  items.push(...judgedElsewhere(context));
  if (skipped.length > 0) {
    items.push(html`<li><strong>Not taken in:</strong> ${count(skipped.length, "source")}.
<details><summary>Which, and why</summary><ul class="plain">${skipped.map(
      ({ source, reason }) => html`<li>${outside(source)}: ${outside(reason)}</li>`,
    )}</ul></details></li>`);
  }
  return items.length === 0
    ? html`<p>All documents were read, and each has a time of publication.</p>`
    : html`<ul class="plain">${items}</ul>`;
}

/** What persons decided that no claim below can show. */
function judgedElsewhere(context: ClaimsReportContext): Html[] {
  const { rejected = [], unapplied = [] } = context.input;
  const items: Html[] = [];
  if (rejected.length > 0) {
    items.push(html`<li><strong>Taken out by a person:</strong> ${count(rejected.length, "statement")}.
<details><summary>Which, by whom, and why</summary><ul class="plain">${rejected.map(
      ({ statement, by, at, reason }) => html`<li>“${outside(beginning(statement.text, 240))}”
${documentLink(context, statement.document)}: ${outside(by)} on ${at}, “${outside(reason)}”</li>`,
    )}</ul></details></li>`);
  }
  if (unapplied.length > 0) {
    items.push(html`<li><strong>Judged, but not found here:</strong> ${count(unapplied.length, "judgement")} of what is
not in these documents. <details><summary>Which</summary><ul class="plain">${unapplied.map(
      (one) => html`<li>${outside(one)}</li>`,
    )}</ul></details></li>`);
  }
  return items;
}

const languageNames = {
  of(code: string): string | undefined {
    try {
      return new Intl.DisplayNames("en", { type: "language" }).of(code);
    } catch {
      return undefined;
    }
  },
};

/** The claims in a table: of each its sides, with their counts. */
export function overviewTable(told: readonly NumberedClaim[]): Html | null {
  if (told.length === 0) return null;
  const rows = told.map(({ claim, number }) => {
    const sides = claim.positions.map(
      ({ act, party, outlets, independentAccess, origins, unknownOrigins, grade }, at) => html`<tr${
        at === 0 ? html` class="first"` : null
      }>${
        at === 0
          ? html`<td rowspan="${claim.positions.length}"><a href="#${claimAnchor(number)}">${number}.
${aboutText(claim, 150)}</a><span class="why">${count(documentsOfClaim(claim).length, "document")}${
              claim.judged === null ? "" : `; ${claim.judged.verdict}`
            }</span></td>`
          : null
      }<td>${actWords[act].by} ${
        party === null
          ? html`<span class="none">nobody who is
named</span>`
          : outside(beginning(party, 110))
      }</td>
<td class="number" data-head="Outlets"><span>${outlets.length}</span></td>
<td class="number" data-head="With access of their own"><span>${independentAccess.length}</span></td>
<td class="number" data-head="Evidential origins"><span><b>${origins.length}</b></span></td>
<td class="number" data-head="Documents of unknown origin"><span>${unknownOrigins.length}</span></td>
<td class="number" data-head="Grade"><span>${grade.reliability}${grade.credibility}</span></td></tr>`,
    );
    return html`${sides}`;
  });
  return html`<table class="overview cards"><caption>The claims that more than one document tells, or that are
disputed</caption><thead><tr><th scope="col">Claim</th><th scope="col">Position</th><th scope="col"
class="number">Outlets</th><th scope="col" class="number">With access <br>of their own</th><th scope="col"
class="number">Evidential <br>origins</th><th scope="col" class="number">Of unknown <br>origin</th><th scope="col"
class="number">Grade</th></tr></thead><tbody>${rows}</tbody></table>`;
}
