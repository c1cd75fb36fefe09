import type { Claim } from "../claims/claim.ts";
import { type ChangesOfClaim, changesPart } from "./claims-report-changes.ts";
import type { ClaimsReportContext, Mention } from "./claims-report-context.ts";
import { figuresPart } from "./claims-report-figures.ts";
import { type EdgesByDocument, lineageOf } from "./claims-report-lineage.ts";
import { lineageFigure } from "./claims-report-lineage-figure.ts";
import { positionCard } from "./claims-report-position.ts";
import { actWords, beginning } from "./claims-report-wording.ts";
import { type Html, html, outside } from "./html.ts";
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
  about.trim() === "" ? "(no words are left of what it is about)" : beginning(about.trim().replace(/,$/u, ""), max);

export function documentsOfClaim({ positions }: Claim): string[] {
  return [...new Set(positions.flatMap(({ statements }) => statements.map(({ document }) => document)))];
}

/** What was found between the documents, ready to be looked up for each claim. */
export interface AroundClaims {
  readonly edges: EdgesByDocument;
  readonly changes: ReadonlyMap<number, ChangesOfClaim>;
}

/** Everything about one claim: positions side by side, the way each took, figures, changes. */
export function claimBody(
  context: ClaimsReportContext,
  { claim, number }: NumberedClaim,
  { edges, changes }: AroundClaims,
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
  const cards = positions.map((position, at) => positionCard(context, { position, mention, at }));
  const ways = positions.map((position, at) =>
    lineageFigure(context, {
      position,
      lineage: lineageOf(position, edges),
      id: `${mention.id}-way-${at + 1}`,
      mention,
    }),
  );
  return html`${judgementLine(claim)}
<div class="sides${positions.length > 1 ? "" : " lone"}">${cards}</div>
${lone}${ways.some((way) => way !== null) ? html`<h4>Who has it from whom</h4>${ways}` : null}
${figuresPart(context, claim, mention)}
${changesPart(context, changes.get(number) ?? { here: [], elsewhere: new Map() }, mention)}
<p class="note id">Id of the claim: <code>${claim.id}</code></p>`;
}

export function judgementLine({ judged }: Claim): Html {
  if (judged === null) return html`<p class="judged none">Proposal. No person has confirmed or rejected it.</p>`;
  const { verdict, by, at, reason } = judged;
  const why = reason === "" ? ", without a reason." : html`: “${outside(reason)}”`;
  return html`<p class="judged ${verdict}"><strong>${verdict === "confirmed" ? "Confirmed" : "Rejected"}</strong> by
${outside(by)} on ${at}${why} <small>That is a judgement of how it was read from the documents.</small></p>`;
}

/** "Alleged by A, denied by B": a claim in a line. */
export function positionsLine({ positions }: Claim): string {
  return listed(
    positions.map(({ act, party, origins }) => {
      const more = origins.length > 1 ? ` and ${count(origins.length - 1, "other origin")}` : "";
      return `${actWords[act].by.toLowerCase()}
${party === null ? "nobody who is named" : beginning(party, 90)}${more}`;
    }),
  );
}
