import type { Position, StatementInClaim } from "../claims/claim.ts";
import { type ClaimsReportContext, documentLink, type Mention, placeLink, wordsAt } from "./claims-report-context.ts";
import { claimsReportLimits } from "./claims-report-input.ts";
import { beginning, sureness } from "./claims-report-wording.ts";
import { type Html, html, outside } from "./html.ts";
import { count, wholeNumber } from "./wording.ts";

/** A longer statement is shortened here: its link leads to all of it. */
const statementMax = 420;

/**
 * The statements of a position, those of different documents first: the first of each stand open as far as there is
 * room, the others are folded.
 */
export function statementsPart(context: ClaimsReportContext, { statements, act }: Position, mention: Mention): Html {
  const { statementsOpen, statementsMax } = claimsReportLimits;
  const ordered = spreadOverDocuments(context, statements);
  const items = ordered.slice(0, statementsMax).map((one) => statementItem(context, { statement: one, act, mention }));
  const rest = items.slice(statementsOpen);
  const more = ordered.length - items.length;
  return html`<ol class="statements">${items.slice(0, statementsOpen)}</ol>${
    rest.length === 0
      ? null
      : html`<details><summary>${count(rest.length, "more statement")}</summary>
<ol class="statements" start="${statementsOpen + 1}">${rest}</ol>${
          more > 0
            ? html`<p class="note">${wholeNumber(more)} more are left out of this page: it lists
${wholeNumber(statementsMax)} of a position. The same command with <code>--json</code> prints all.</p>`
            : null
        }</details>`
  }`;
}

/** The surest of each document, the surest of them first; then what is left, in the order of the documents. */
function spreadOverDocuments({ of }: ClaimsReportContext, statements: readonly StatementInClaim[]): StatementInClaim[] {
  const firsts = new Map<string, StatementInClaim>();
  for (const one of statements) {
    const known = firsts.get(one.document);
    if (known === undefined || one.confidence > known.confidence) firsts.set(one.document, one);
  }
  const numberOf = ({ document }: StatementInClaim) => of(document)?.number ?? 0;
  const chosen = [...firsts.values()].sort((a, b) => b.confidence - a.confidence || numberOf(a) - numberOf(b));
  const isChosen = new Set(chosen);
  const rest = statements.filter((one) => !isChosen.has(one));
  return [...chosen, ...rest.sort((a, b) => numberOf(a) - numberOf(b) || a.start - b.start)];
}

interface Item {
  readonly statement: StatementInClaim;
  readonly act: Position["act"];
  readonly mention: Mention;
}

function statementItem(context: ClaimsReportContext, { statement, act, mention }: Item): Html {
  const { document, source, carriers, because, confidence } = statement;
  const text = html`<q dir="auto">${beginning(wordsAt(context, statement), statementMax)}</q>`;
  const proof = (place: Parameters<typeof placeLink>[1], words: string) =>
    placeLink(context, place, { kind: "proof", mention, text: html`“${outside(beginning(words, 120))}”` });
  const said = source === null ? "nobody is named" : html`put down to ${proof(source, wordsAt(context, source))}`;
  const through = carriers.map(
    ({ party, how, place, hasAccess }) =>
      html`; ${how === "credit" ? "credited to" : how} ${outside(beginning(party, 120))} ${
        hasAccess ? "(who had it first hand) " : ""
      }${proof(place, wordsAt(context, place))}`,
  );
  const other = statement.act === act ? null : html`, read as “${statement.act}”`;
  return html`<li>${placeLink(context, statement, { kind: "said", mention, text })}
<span class="from">${documentLink(context, document)}${other}; ${said}${through}</span>
<span class="why">${outside(because)} Sure: ${sureness(confidence)}.</span></li>`;
}
