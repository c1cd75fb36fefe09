import type { LineageEdge, Position } from "../claims/claim.ts";
import {
  type ClaimsReportContext,
  documentLink,
  isPlaced,
  type Mention,
  placeLink,
  wordsAt,
} from "./claims-report-context.ts";
import { claimsReportLimits } from "./claims-report-input.ts";
import type { Lineage } from "./claims-report-lineage.ts";
import { lineagePicture } from "./claims-report-picture.ts";
import { actWords, bases, basisWords, beginning, sureness } from "./claims-report-wording.ts";
import { type Html, html, outside } from "./html.ts";
import { count } from "./wording.ts";

interface Way {
  readonly position: Position;
  readonly lineage: Lineage;
  readonly id: string;
  readonly mention: Mention;
}

/** The picture of a position's lineage with every line of it as a table; null where it would show one line at most. */
export function lineageFigure(context: ClaimsReportContext, { position, lineage, id, mention }: Way): Html | null {
  if (lineage.nodes.length < 3) return null;
  const noun = actWords[position.act].noun;
  const { svg, notes } = lineagePicture(context, position, { whole: lineage, id });
  const drawn = new Set(lineage.arcs.map(({ basis }) => basis ?? "unknown"));
  const keys = [...bases, "unknown" as const].filter((basis) => drawn.has(basis));
  const key = keys.map((basis) => {
    const words = basis === "unknown" ? "not known from whom" : basisWords[basis].name;
    return html`<span>${sample(basis)} ${words}</span>`;
  });
  const undirected = lineage.arcs.some(({ directed }) => !directed);
  const headless = undirected ? " A line without a head: both have it, and which had it first is not known." : "";
  return html`<figure class="way"><figcaption><strong>The way of the ${noun}</strong>
<span class="key">${key}</span></figcaption>
<div class="scroll drawing" role="region" aria-label="Picture of the way of the ${noun}" tabindex="0">${svg}</div>
${headless === "" && notes.length === 0 ? null : html`<p class="note">${`${headless} ${notes.join(" ")}`.trim()}</p>`}
${edgesTable(context, lineage.edges, mention)}</figure>`;
}

/** A short piece of a line, as it is drawn. */
export function sample(basis: LineageEdge["basis"] | "unknown"): Html {
  const core = basis === "text" ? html`<path class="core" d="M1 6H30"/>` : null;
  return html`<svg class="lineage sample" viewBox="0 0 31 12" width="31" height="12" aria-hidden="true"><g
class="arc ${basis}"><path class="line" d="M1 6H30"/>${core}</g></svg>`;
}

function edgesTable(context: ClaimsReportContext, edges: readonly LineageEdge[], mention: Mention): Html | null {
  if (edges.length === 0) return null;
  const { rowsMax } = claimsReportLimits;
  const name = (one: string) =>
    context.of(one) === undefined ? outside(beginning(one, 120)) : documentLink(context, one);
  const rows = edges.slice(0, rowsMax).map(
    (edge) => html`<tr><td data-head="From"><span>${name(edge.from)}</span></td><td
data-head="${edge.directed ? "To" : "Shared with"}"><span>${
      edge.directed
        ? null
        : html`<small>shared with</small>
`
    }${name(edge.to)}</span></td><td>${sample(edge.basis)} ${basisWords[edge.basis].name}<span
class="why">${outside(edge.because)}</span></td>
<td>${proofs(context, edge, mention)}</td><td class="number"
data-head="Sure"><span>${sureness(edge.confidence)}</span></td></tr>`,
  );
  const left = edges.length - rows.length;
  return html`<details><summary>${count(edges.length, "line")} as a table, with ${edges.length === 1 ? "its" : "their"}
proofs</summary><table class="edges cards"><caption>Who has it from whom, and what shows it</caption><thead><tr><th
scope="col">From</th><th scope="col">To</th><th scope="col">What shows it</th><th scope="col">Proof</th><th scope="col"
class="number">Sure</th></tr></thead><tbody>${rows}</tbody></table>${
    left > 0 ? html`<p class="note">${count(left, "more line")} left out of this page; --json prints all.</p>` : null
  }</details>`;
}

const proofsOpen = 4;

function proofs(context: ClaimsReportContext, { proof }: LineageEdge, mention: Mention): Html {
  const lines = proof.map((place) => {
    const words = isPlaced(context, place) ? wordsAt(context, place) : "(not in this report)";
    const text = html`“${outside(beginning(words, 90))}”`;
    const number = context.of(place.document)?.number;
    return html`<span class="line">${placeLink(context, place, { kind: "proof", mention, text })} <small>${
      number === undefined ? "" : `D${number}`
    }</small></span>`;
  });
  if (lines.length <= proofsOpen + 1) return html`${lines}`;
  return html`${lines.slice(0, proofsOpen)}<details><summary>and ${lines.length - proofsOpen}
more</summary>${lines.slice(proofsOpen)}</details>`;
}
