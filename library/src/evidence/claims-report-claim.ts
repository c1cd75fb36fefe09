import type { Claim, EvidentialOrigin, Position } from "../claims/claim.ts";
import { credibilities, reliabilities } from "../claims/grades/admiralty.ts";
import { changesOf, changesTable } from "./claims-report-changes.ts";
import { type ClaimsReportContext, documentLink, type Mention, placeLink, wordsAt } from "./claims-report-context.ts";
import { figuresPart } from "./claims-report-figures.ts";
import { claimsReportLimits } from "./claims-report-input.ts";
import { type EdgesByDocument, lineageOf } from "./claims-report-lineage.ts";
import { lineageFigure } from "./claims-report-lineage-figure.ts";
import { statementsPart } from "./claims-report-statements.ts";
import { actWords } from "./claims-report-wording.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import { shorten } from "./text-safety.ts";
import { count, listed } from "./wording.ts";

export interface NumberedClaim {
  readonly claim: Claim;
  /** From 1, in the order of the weighed claims. */
  readonly number: number;
}

export const claimAnchor = (number: number): string => `claim-${number}`;

export const claimMention = (number: number): Mention => ({ id: claimAnchor(number), name: `claim ${number}` });

/** Longer than this, what a claim is about is shortened in its middle: its statements have all of it. */
const aboutMax = 500;

export const aboutText = ({ about }: Claim, max = aboutMax): string =>
  about.trim() === "" ? "(no words are left of what it is about)" : shorten(about, max);

export function documentsOfClaim({ positions }: Claim): string[] {
  return [...new Set(positions.flatMap(({ statements }) => statements.map(({ document }) => document)))];
}

/** Everything about one claim: positions side by side, the way each took, figures, changes. */
export function claimBody(
  context: ClaimsReportContext,
  { claim, number }: NumberedClaim,
  edges: EdgesByDocument,
): Html {
  const mention = claimMention(number);
  const { positions } = claim;
  const denied = positions.some(({ act }) => act === "denies");
  const lone =
    positions.length > 1
      ? null
      : html`<p class="note">No other position on it was found in these documents.${
          denied ? " The allegation that it answers is not told as a claim of its own." : ""
        }</p>`;
  const ways = positions.map((position, at) =>
    lineageFigure(context, {
      position,
      lineage: lineageOf(position, edges),
      id: `${mention.id}-way-${at + 1}`,
      mention,
    }),
  );
  const changes = changesOf(context, claim);
  return html`${judgementLine(claim)}
<div class="sides">${positions.map((position, at) => positionCard(context, { position, mention, at }))}</div>
${lone}${ways.some((way) => way !== null) ? html`<h4>Who has it from whom</h4>${ways}` : null}
${figuresPart(context, claim, mention)}
${changes.length === 0 ? null : html`<h4>Changed on the way</h4>${changesTable(context, changes, mention)}`}
<p class="note id">Id of the claim: <code>${claim.id}</code></p>`;
}

export function judgementLine({ judged }: Claim): Html {
  if (judged === null) return html`<p class="judged none">Proposal. No person has confirmed or rejected it.</p>`;
  const { verdict, by, at, reason } = judged;
  return html`<p class="judged ${verdict}"><strong>${verdict === "confirmed" ? "Confirmed" : "Rejected"}</strong> by
${outside(by)} on ${at}: “${outside(reason)}” <small>That is a judgement of how it was read from the documents, with the
reason given.</small></p>`;
}

interface Card {
  readonly position: Position;
  readonly mention: Mention;
  readonly at: number;
}

function positionCard(context: ClaimsReportContext, { position, mention, at }: Card): Html {
  const { act, party, grade } = position;
  const holder = party === null ? html`<span class="none">nobody who is named</span>` : outside(shorten(party, 240));
  const id = `${mention.id}-position-${at + 1}`;
  return html`<article class="side ${act.replaceAll(" ", "-")}" aria-labelledby="${id}"><h4 id="${id}"><span
class="act">${actWords[act].by}</span> ${holder}</h4>
${countsList(context, position)}
<h5>Whose word it rests on</h5>${originsList(context, position, mention)}
<h5>Grade ${grade.reliability}${grade.credibility} <small>proposed; a person decides</small></h5>
<p class="grade-words">Source <b>${grade.reliability}</b>: ${reliabilities[grade.reliability]}. Information
<b>${grade.credibility}</b>: ${credibilities[grade.credibility]}.</p>
<ul class="plain reasons">${grade.reasons.map((reason) => html`<li>${outside(reason)}</li>`)}</ul>
${
  grade.wouldChange.length === 0
    ? null
    : html`<details><summary>What would change the grade</summary><ul class="plain">${grade.wouldChange.map(
        (one) => html`<li>${outside(one)}</li>`,
      )}</ul></details>`
}
<h5>Where it is said</h5>${statementsPart(context, position, mention)}</article>`;
}

/** The three counts, and what is unknown apart from them; each with the names that it counts. */
function countsList(context: ClaimsReportContext, position: Position): Html {
  const { outlets, independentAccess, origins, unknownOrigins } = position;
  const rows: [number, string, HtmlValue][] = [
    [
      outlets.length,
      outlets.length === 1 ? "outlet carries it" : "outlets carry it",
      names(outlets.map((one) => outletName(context, one))),
    ],
    [
      independentAccess.length,
      `${independentAccess.length === 1 ? "party" : "parties"} with access of their own`.replace(
        "party with access of their own",
        "party with access of its own",
      ),
      independentAccess.length === 0 ? "nobody is said to have it first hand" : names(independentAccess.map(outside)),
    ],
    [
      origins.length,
      origins.length === 1 ? "evidential origin" : "evidential origins",
      origins.length === 0 ? "nobody is named" : names(origins.map(({ party }) => outside(shorten(party, 120)))),
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

function originsList(context: ClaimsReportContext, { origins, unknownOrigins }: Position, mention: Mention): Html {
  if (origins.length === 0) {
    return html`<p>Nobody who is named. ${count(unknownOrigins.length, "document")} say it by themselves, or leave open
whom they have it from.</p>`;
  }
  const items = origins.map((origin) => originItem(context, origin, mention));
  const { rowsOpen } = claimsReportLimits;
  const rest = items.slice(rowsOpen);
  return html`<ul class="plain origins">${items.slice(0, rowsOpen)}</ul>${
    rest.length === 0
      ? null
      : html`<details><summary>${rest.length} more origins</summary><ul class="plain origins">${rest}</ul></details>`
  }`;
}

function originItem(context: ClaimsReportContext, origin: EvidentialOrigin, mention: Mention): Html {
  const { party, document, via, namings } = origin;
  const way = via === "directly" ? "directly: no carrier is named" : html`via ${outside(via)}`;
  const own =
    document === null
      ? "its own document is not among these"
      : html`its own document: ${documentLink(context, document)}`;
  return html`<li><b>${outside(shorten(party, 240))}</b> <span class="why">${way}; ${own}</span>
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
    const text = html`“${outside(shorten(wordsAt(context, naming), 160))}”`;
    items.push(
      html`<li>${placeLink(context, naming, { kind: "proof", mention, text })}, ${documentLink(context, naming.document)}
<span class="why">${outside(naming.because)}</span></li>`,
    );
  }
  const { rowsMax } = claimsReportLimits;
  const more = items.length > rowsMax ? html`<li>and ${items.length - rowsMax} more</li>` : null;
  return html`<details><summary>How it is named (${count(items.length, "place")})</summary>
<ul class="plain">${items.slice(0, rowsMax)}${more}</ul></details>`;
}

/** "Alleged by A, denied by B": a claim in a line. */
export function positionsLine({ positions }: Claim): string {
  return listed(
    positions.map(({ act, party, origins }) => {
      const more = origins.length > 1 ? ` and ${count(origins.length - 1, "other origin")}` : "";
      return `${actWords[act].by.toLowerCase()} ${party === null ? "nobody who is named" : shorten(party, 90)}${more}`;
    }),
  );
}
