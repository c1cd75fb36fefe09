import type { Position } from "../claims/claim.ts";
import { type ClaimsReportContext, documentAnchor } from "./claims-report-context.ts";
import { claimsReportLimits } from "./claims-report-input.ts";
import { type BoxSize, columnGaps, type LineageLayout, layOutLineage } from "./claims-report-layout.ts";
import { foldLineage, type Lineage, type LineageArc, type LineageNode } from "./claims-report-lineage.ts";
import { actWords, basisWords, beginning, dayWords } from "./claims-report-wording.ts";
import { type Html, html } from "./html.ts";
import { shorten, visibleText } from "./text-safety.ts";
import { count } from "./wording.ts";

export interface LineagePicture {
  readonly svg: Html;
  /** What was joined or is not drawn, a sentence each. */
  readonly notes: readonly string[];
}

interface Box {
  readonly lines: readonly { readonly text: string; readonly kind: "name" | "more" }[];
  readonly width: number;
}

const lineHeight = 15;
const padding = 9;
/** About the width of a character, bold of 12 px and plain of 11; those of Chinese, Japanese and Korean take two. */
const characterWidths = { name: 7.6, more: 6.5 };
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u;

type Widths = Readonly<Record<LineageNode["kind"], number>>;

const wideBoxes: Widths = { origin: 232, unknown: 118, carrier: 152, document: 232 };
const narrowBoxes: Widths = { origin: 186, unknown: 92, carrier: 132, document: 190 };
/** What the page has room for. */
const widthWanted = 1090;
const nameLinesMax: Readonly<Record<LineageNode["kind"], number>> = { origin: 4, unknown: 1, carrier: 3, document: 2 };

/** The lineage of a position as a picture, left to right; see {@link Lineage}. */
export function lineagePicture(
  context: ClaimsReportContext,
  position: Position,
  { whole, id }: { readonly whole: Lineage; readonly id: string },
): LineagePicture {
  const lineage = foldLineage(whole, claimsReportLimits.pictureNodesMax);
  const { boxes, layout } = fitting(context, lineage);
  const { width, height } = layout;
  const noun = actWords[position.act].noun;
  const svg = html`<svg class="lineage" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${`Who has the ${noun} from whom`}</title>
<desc id="${id}-desc">${described(position, lineage)}</desc>
${heads(lineage, layout)}
${lineage.arcs.map((arc, at) => arcShape(lineage, layout, { arc, at }))}
${lineage.nodes.map((node, at) => nodeShape(context, { node, box: boxes[at]! }, layout.boxes[at]!))}</svg>`;
  return { svg, notes: notesOf(whole, lineage) };
}

/** With wide boxes where they fit into the page, else with narrow ones. */
function fitting(context: ClaimsReportContext, lineage: Lineage): { boxes: readonly Box[]; layout: LineageLayout } {
  const laidOut = (widths: Widths, gap: number) => {
    const boxes = lineage.nodes.map((node) => boxOf(context, node, widths));
    return { boxes, layout: layOutLineage(lineage, (node) => sizeOf(boxes[node]!), gap) };
  };
  const wide = laidOut(wideBoxes, columnGaps.wide);
  return wide.layout.width <= widthWanted ? wide : laidOut(narrowBoxes, columnGaps.narrow);
}

function described({ origins, unknownOrigins }: Position, { nodes }: Lineage): string {
  const documents = nodes.filter(({ kind }) => kind === "document").reduce((sum, { many }) => sum + many.length, 0);
  const carriers = nodes.filter(({ kind }) => kind === "carrier").length;
  const unknown = unknownOrigins.length === 0 ? "" : ` Of ${count(unknownOrigins.length, "document")} it is unknown.`;
  return (
    `${count(origins.length, "evidential origin")} on the left, ${count(carriers, "carrier")} between, ` +
    `${count(documents, "document")} on the right.${unknown} The table below lists every line.`
  );
}

function notesOf(whole: Lineage, drawn: Lineage): string[] {
  const notes: string[] = [];
  const joined = drawn.nodes.filter(({ many }) => many.length > 1);
  if (joined.length > 0) {
    const members = joined.reduce((sum, { many }) => sum + many.length, 0);
    notes.push(
      `${members} of ${whole.nodes.length} are joined in ${count(joined.length, "box", "boxes")} that say how many ` +
        `they stand for (at most ${claimsReportLimits.pictureNodesMax} boxes are drawn).`,
    );
  }
  if (whole.undrawn > 0) {
    const are = whole.undrawn === 1 ? "line that joins" : "lines that join";
    notes.push(
      `${whole.undrawn} more ${are} what other lines join already ${whole.undrawn === 1 ? "is" : "are"} left
      to the table.`.replace(/\s+/gu, " "),
    );
  }
  return notes;
}

function boxOf({ of }: ClaimsReportContext, { kind, name, many }: LineageNode, widths: Widths): Box {
  const width = widths[kind];
  const room = (width - 2 * padding) / characterWidths.name;
  const named = (text: string) =>
    wrap(visibleText(text), room, nameLinesMax[kind]).map((line) => ({ text: line, kind: "name" as const }));
  const more = (text: string) => ({
    text: fit(visibleText(text), (width - 2 * padding) / characterWidths.more),
    kind: "more" as const,
  });
  if (kind === "unknown") {
    return { lines: [...named("unknown"), ...(many.length > 1 ? [more(`for ${many.length} documents`)] : [])], width };
  }
  const known = of(name);
  if (kind !== "document" || known === undefined) {
    return { lines: [...named(name), ...(many.length > 1 ? [more(`and ${many.length - 1} more`)] : [])], width };
  }
  if (many.length > 1) {
    const outlets = new Set(many.map((one) => of(one)?.name ?? one));
    return { lines: [...named(count(many.length, "document")), more(`of ${count(outlets.size, "outlet")}`)], width };
  }
  const { document, number } = known;
  const when = document.published === null ? "no time known" : dayWords(document.published);
  return { lines: [...named(known.name), more(`D${number} · ${when}`)], width };
}

const sizeOf = ({ lines, width }: Box): BoxSize => ({ width, height: lines.length * lineHeight + 2 * padding - 3 });

const widthOf = (text: string): number => [...text].reduce((sum, one) => sum + (wide.test(one) ? 1.9 : 1), 0);

function fit(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  let max = [...text].length - 1;
  while (max > 3 && widthOf(shorten(text, max)) > room) max--;
  return shorten(text, max);
}

/** Lines of words; a word that is too long for one is broken, and what is beyond the last is `…`. */
function wrap(text: string, room: number, linesMax: number): string[] {
  const lines: string[] = [];
  let line = "";
  const words = beginning(text, Math.ceil(room) * (linesMax + 1)).split(/\s+/u);
  for (const [at, word] of words.entries()) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= room || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
    if (lines.length === linesMax - 1 && at + 1 < words.length) {
      const rest = [line, ...words.slice(at + 1)].join(" ");
      if (widthOf(rest) > room) return [...lines, cutAtEnd(rest, room)];
    }
  }
  return [...lines, line].slice(0, linesMax).map((one) => fit(one, room));
}

function cutAtEnd(text: string, room: number): string {
  let kept = [...text];
  while (kept.length > 1 && widthOf(kept.join("")) > room - 1) kept = kept.slice(0, -1);
  return `${kept.join("").trimEnd()}…`;
}

const round = (length: number) => Math.round(length * 10) / 10;

function heads({ nodes }: Lineage, { boxes }: LineageLayout): Html[] {
  const places = [...new Set(boxes.map(({ x }) => x))].sort((a, b) => a - b);
  let last = "";
  return places.map((x, at) => {
    const kinds = new Set(nodes.filter((_, node) => boxes[node]!.x === x).map(({ kind }) => kind));
    const words = [kinds.has("carrier") ? "Carried by" : "", kinds.has("document") ? "Documents" : ""];
    const isFirst = at === 0 && (kinds.has("origin") || kinds.has("unknown"));
    const head = isFirst ? "Origins" : words.filter((one) => one !== "").join(", ");
    const shown = head === last ? "" : head;
    last = head;
    return html`<text class="head" x="${round(x + 1)}" y="13">${shown}</text>`;
  });
}

function nodeShape(
  context: ClaimsReportContext,
  { node, box }: { readonly node: LineageNode; readonly box: Box },
  { x, y }: { readonly x: number; readonly y: number },
): Html {
  const { height } = sizeOf(box);
  const { kind, name, many } = node;
  const known = context.of(name);
  const title =
    kind === "unknown"
      ? "The document does not say, or leaves open, whom it has it from."
      : kind === "document" && many.length > 1
        ? many.map((one) => context.of(one)?.name ?? one).join("; ")
        : kind === "document"
          ? (known?.document.title ?? known?.document.source ?? name)
          : many.join("; ");
  const lines = box.lines.map(
    ({ text, kind: part }, i) =>
      html`<text class="${part}" x="${round(x + padding)}"
y="${round(y + padding + 8.5 + i * lineHeight)}">${text}</text>`,
  );
  const shape = html`<g class="box ${kind}${many.length > 1 ? " joined" : ""}"><title>${beginning(title, 600)}</title>
<rect x="${round(x)}" y="${round(y)}" width="${box.width}" height="${height}" rx="${kind === "document" ? 2 : 9}"/>
${lines}</g>`;
  if (kind !== "document" || known === undefined || many.length > 1) return shape;
  return html`<a href="#${documentAnchor(known.number)}">${shape}</a>`;
}

function arcShape(
  { nodes }: Lineage,
  layout: LineageLayout,
  { arc, at }: { readonly arc: LineageArc; readonly at: number },
): Html {
  const { points, isRound } = layout.ways[at]!;
  const line = isRound ? roundPath(points) : levelPath(points, arc.directed);
  const name = arc.basis === null ? "unknown" : arc.basis;
  const said = arc.basis === null ? "not known whom it has it from" : basisWords[arc.basis].name;
  const [from, to] = [nodes[arc.from]!, nodes[arc.to]!];
  const title = `${said}${arc.directed ? "" : ", without a direction"}${
    from.kind === "document" && to.kind === "document" && arc.directed ? ", the later has it from the earlier" : ""
  }`;
  const core = arc.basis === "text" ? html`<path class="core" d="${line}"/>` : null;
  const head = arc.directed ? html`<path class="tip" d="${tip(points, isRound)}"/>` : null;
  return html`<g class="arc ${name}"><title>${title}</title><path class="line" d="${line}"/>${core}${head}</g>`;
}

type Points = LineageLayout["ways"][number]["points"];

const tipLength = 7;

/** Level at each point; a little short of the last where an arrowhead stands. */
function levelPath(points: Points, directed: boolean): string {
  const last = points.length - 1;
  const isLeftward = points[last]![0] < points[0]![0];
  const [firstX, firstY] = points[0]!;
  const parts = [`M${round(firstX)} ${round(firstY)}`];
  for (let i = 1; i <= last; i++) {
    const [fromX, fromY] = points[i - 1]!;
    const [x, y] = points[i]!;
    const end = i === last && directed ? x + (isLeftward ? tipLength : -tipLength) : x;
    if (fromY === y) parts.push(`L${round(end)} ${round(y)}`);
    else {
      const bend = (fromX + end) / 2;
      parts.push(`C${round(bend)} ${round(fromY)} ${round(bend)} ${round(y)} ${round(end)} ${round(y)}`);
    }
  }
  return parts.join("");
}

/** Between two of one column: out on the right, and back. */
function roundPath(points: Points): string {
  const [[fromX, fromY], [x, y]] = [points[0]!, points.at(-1)!];
  const out = Math.max(fromX, x) + Math.min(38, 14 + Math.abs(y - fromY) / 8);
  return `M${round(fromX)} ${round(fromY)}C${round(out)} ${round(fromY)} ${round(out)} ${round(y)} ${round(x)}
${round(y)}`;
}

function tip(points: Points, isRound: boolean): string {
  const [x, y] = points.at(-1)!;
  const isLeftward = isRound || x < points[0]![0];
  const back = isLeftward ? tipLength : -tipLength;
  return `M${round(x)} ${round(y)}l${back} -4v8z`;
}
