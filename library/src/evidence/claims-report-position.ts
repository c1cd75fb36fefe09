import type { EvidentialOrigin, Position } from "../claims/claim.ts";
import { credibilities, reliabilities } from "../claims/grades/admiralty.ts";
import { type ClaimsReportContext, documentLink, type Mention, placeLink, wordsAt } from "./claims-report-context.ts";
import { claimsReportLimits } from "./claims-report-input.ts";
import { statementsPart } from "./claims-report-statements.ts";
import { actWords, beginning } from "./claims-report-wording.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import { count } from "./wording.ts";

export interface Card {
  readonly position: Position;
  readonly mention: Mention;
  readonly at: number;
}

/** One side of a claim: who holds it, the counts, the grade, and where it is said. */
export function positionCard(context: ClaimsReportContext, { position, mention, at }: Card): Html {
  const { act, party, grade } = position;
  const holder = party === null ? html`<span class="none">nobody who is named</span>` : outside(beginning(party, 240));
  const id = `${mention.id}-position-${at + 1}`;
  const wouldChange =
    grade.wouldChange.length === 0
      ? null
      : html`<details><summary>What would change the grade</summary><ul class="plain">${grade.wouldChange.map(
          (one) => html`<li>${outside(one)}</li>`,
        )}</ul></details>`;
  return html`<article class="side ${act.replaceAll(" ", "-")}" aria-labelledby="${id}"><h4 id="${id}"><span
class="act">${actWords[act].by}</span> ${holder}</h4>
<div class="weighed">${countsList(context, position, mention)}
<h5>Grade ${grade.reliability}${grade.credibility}</h5>
<p class="grade-words">Source <b>${grade.reliability}</b>: ${reliabilities[grade.reliability]}. Information
<b>${grade.credibility}</b>: ${credibilities[grade.credibility]}.</p>
<ul class="plain reasons">${grade.reasons.map((reason) => html`<li>${outside(reason)}</li>`)}</ul>${wouldChange}</div>
<div class="said-where"><h5>Where it is said</h5>${statementsPart(context, position, mention)}</div></article>`;
}

/** The three counts, and what is unknown apart from them; each with the names that it counts. */
function countsList(context: ClaimsReportContext, position: Position, mention: Mention): Html {
  const { outlets, independentAccess, origins, unknownOrigins } = position;
  const rows: [number, string, HtmlValue][] = [
    [
      outlets.length,
      outlets.length === 1 ? "outlet carries it" : "outlets carry it",
      outlets.length === 0
        ? "only papers of those who speak in them"
        : names(outlets.map((one) => outletName(context, one))),
    ],
    [
      independentAccess.length,
      independentAccess.length === 1 ? "party with access of its own" : "parties with access of their own",
      independentAccess.length === 0 ? "nobody is said to have it first hand" : names(independentAccess.map(outside)),
    ],
    [
      origins.length,
      origins.length === 1 ? "evidential origin" : "evidential origins",
      origins.length === 0 ? "nobody is named" : originsList(context, position, mention),
    ],
  ];
  if (unknownOrigins.length > 0) {
    rows.push([
      unknownOrigins.length,
      unknownOrigins.length === 1 ? "document of unknown origin" : "documents of unknown origin",
      html`${names(unknownOrigins.map((one) => documentLink(context, one)))}; counted as no origin`,
    ]);
  }
  return html`<dl class="counts">${rows.map(
    ([number, what, who]) => html`<div><dt><b>${number}</b> ${what}</dt><dd>${who}</dd></div>`,
  )}</dl>`;
}

function outletName(context: ClaimsReportContext, outlet: string): Html {
  const [, unnamed] = /^unnamed \(([0-9a-f]+)\)$/u.exec(outlet) ?? [];
  return unnamed === undefined
    ? outside(outlet)
    : html`an outlet that is not named (${documentLink(context, unnamed)})`;
}

/** Names in a line; beyond a few the rest are folded. */
export function names(all: readonly Html[]): Html {
  const { namesOpen } = claimsReportLimits;
  const line = (some: readonly Html[]) => some.map((one, i) => html`${i === 0 ? "" : ", "}${one}`);
  if (all.length <= namesOpen + 1) return html`${line(all)}`;
  return html`${line(all.slice(0, namesOpen))}
<details class="inline"><summary>and ${all.length - namesOpen} more</summary>${line(all.slice(namesOpen))}</details>`;
}

function originsList(context: ClaimsReportContext, { origins, party }: Position, mention: Mention): Html {
  const isNamedAbove = origins.length === 1 && origins[0]!.party === party;
  const items = origins.map((origin) => originItem(context, { origin, isNamedAbove }, mention));
  const { rowsOpen } = claimsReportLimits;
  const rest = items.slice(rowsOpen);
  return html`<ul class="origins">${items.slice(0, rowsOpen)}</ul>${
    rest.length === 0
      ? null
      : html`<details><summary>${rest.length} more origins</summary><ul class="origins">${rest}</ul></details>`
  }`;
}

function originItem(
  context: ClaimsReportContext,
  { origin, isNamedAbove }: { readonly origin: EvidentialOrigin; readonly isNamedAbove: boolean },
  mention: Mention,
): Html {
  const { party, document, via, namings } = origin;
  const way = via === "directly" ? "directly: no carrier is named" : html`via ${outside(via)}`;
  const own =
    document === null
      ? "its own document is not among these"
      : html`its own document: ${documentLink(context, document)}`;
  const name = isNamedAbove ? null : html`<b>${outside(beginning(party, 240))}</b><br>`;
  return html`<li>${name}${way}; ${own}
${namingsPart(context, namings, mention)}</li>`;
}

/** The names under which a party goes, each once with the documents that use it. */
function namingsPart(context: ClaimsReportContext, namings: EvidentialOrigin["namings"], mention: Mention): Html {
  const seen = new Set<string>();
  const items: Html[] = [];
  for (const naming of namings) {
    const key = `${naming.document} ${naming.start} ${naming.end} ${naming.because}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const text = html`“${outside(beginning(wordsAt(context, naming), 160))}”`;
    items.push(
      html`<li>${placeLink(context, naming, { kind: "proof", mention, text })},
${documentLink(context, naming.document)}
<span class="why">${outside(naming.because)}</span></li>`,
    );
  }
  const { rowsMax } = claimsReportLimits;
  const more = items.length > rowsMax ? html`<li>and ${items.length - rowsMax} more</li>` : null;
  return html`<details><summary>How it is named (${count(items.length, "place")})</summary>
<ul class="plain">${items.slice(0, rowsMax)}${more}</ul></details>`;
}
