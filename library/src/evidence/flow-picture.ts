import { RuleNotTracedError } from "../errors/evidence.ts";
import type { Asset } from "../money/asset.ts";
import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { Trail } from "../trace/trail.ts";
import { glyph } from "./flow-glyph.ts";
import { type FlowGraph, type FlowNode, flowGraph, type LabelAmounts, sumOf } from "./flow-graph.ts";
import { barWidth, type FlowLayout, layOutFlow } from "./flow-layout.ts";
import { pictureStyle } from "./flow-style.ts";
import { Html, html } from "./html.ts";
import type { ReportTag } from "./report-input.ts";
import { shorten, visibleText } from "./text-safety.ts";
import { timeAxis } from "./time-axis.ts";
import {
  type AmountPrinter,
  amountPrinter,
  count,
  endKinds,
  endNames,
  listed,
  shortId,
  wholeNumber,
} from "./wording.ts";

export interface FlowPictureInput {
  readonly trail: Trail;
  readonly rule: Rule;
  readonly assets: readonly Asset[];
  readonly tags: readonly ReportTag[];
  /** How many rows of each kind the report lists: nodes lead to theirs (`#movement-3`, `#end-5`, `#seed-1`). */
  readonly rows: { readonly seed: number; readonly movement: number; readonly end: number };
}

export interface FlowPicture {
  readonly svg: Html;
  /** What was joined for the picture's sake, one sentence each; empty where everything is shown on its own. */
  readonly joined: readonly string[];
  readonly isEmpty: boolean;
}

/** Labels beyond this share the last colour. */
export const labelColours = 6;

export function labelClass(labels: readonly string[], label: string): string {
  return `l${Math.min(labels.indexOf(label), labelColours - 1)}`;
}

export const labelsOf = (trail: Trail): string[] => [...new Set(trail.totals.map((total) => total.label))];

interface Drawing {
  readonly input: FlowPictureInput;
  readonly layout: FlowLayout;
  readonly labels: readonly string[];
  readonly print: AmountPrinter;
  readonly asset: string;
}

/**
 * A picture of the flow under one rule as inline SVG: time runs from left to right, a ribbon is as thick as its traced
 * value, and what is too small to be told apart is joined and counted. Deterministic; needs no script.
 *
 * @throws RuleNotTracedError where the trail was not traced under the rule
 */
export function flowPicture(input: FlowPictureInput): FlowPicture {
  const { trail, rule } = input;
  if (!trail.rules.includes(rule)) throw new RuleNotTracedError({ rule, traced: trail.rules.join(", ") });
  const whole = flowGraph(trail, rule);
  const layout = layOutFlow(whole);
  const asset = trail.totals[0]?.asset ?? trail.seeds[0]?.asset ?? "";
  const drawing = { input, layout, labels: labelsOf(trail), print: amountPrinter(input.assets), asset };
  return { svg: draw(drawing), joined: joinedSentences(layout.graph), isEmpty: layout.graph.links.length === 0 };
}

/** The picture as a file of its own, with its style. */
export function flowPictureFile(input: Omit<FlowPictureInput, "rows">): string {
  const { svg } = flowPicture({ ...input, rows: { seed: 0, movement: 0, end: 0 } });
  const style = html`<style>${Html.fromSource(pictureStyle)}</style>`;
  return `${String(svg).replace(/^(<svg [^>]*>)/u, (open) => `${open}${style}`)}\n`;
}

function draw(drawing: Drawing): Html {
  const { input, layout } = drawing;
  const { width, height, graph } = layout;
  const id = `flow-${input.rule}`;
  const forward = input.trail.direction === "forward";
  const [first, last] = forward ? ["Seeds", "Where it went"] : ["Where it came from", "Seeds"];
  const said = [drawing.asset, ruleFacts[input.rule].conserved ? "" : "upper bounds"].filter((part) => part !== "");
  const unit = said.length === 0 ? "" : ` (${said.join(", ")})`;
  const leftX = (layout.columns[0]?.x ?? 0) + barWidth / 2;
  const rightX = (layout.columns.at(-1)?.x ?? 0) - barWidth / 2;
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="flow" viewBox="0 0 ${width} ${height}" width="${width}"
    height="${height}" role="group" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">Flow of the
      traced value under ${input.rule}</title><desc id="${id}-desc">${description(graph)}</desc>
${gridLines(layout)}
<text class="head" x="${leftX}" y="24" text-anchor="end">${first}${unit}</text><text class="head" x="${rightX}"
  y="24">${last}${unit}</text>
<g class="ribbons">${graph.links.map((_, i) => ribbon(drawing, i))}</g>
<g class="bars">${graph.nodes.map((_, i) => nodeMark(drawing, i))}</g>
${timeAxis(layout, input.trail)}${scaleBar(drawing)}</svg>`;
}

function description(graph: FlowGraph): string {
  const counted = (kind: FlowNode["kind"]) =>
    graph.nodes.filter((node) => node.kind === kind).reduce((sum, node) => sum + node.members.length, 0);
  const ends = endKinds.filter((kind) => counted(kind) > 0).map((kind) => `${counted(kind)} ${endNames[kind]}`);
  return `From left to right: ${count(counted("seed"), "seed")}, ${count(counted("movement"), "movement")}, ends: ${
    ends.length === 0 ? "none" : listed(ends)
  }. The tables of seeds, ends and movements say the same in numbers.`;
}

function gridLines({ columns, top, bottom }: FlowLayout): Html {
  return html`<g class="grid">${columns
    .slice(1, -1)
    .map(({ x }) => html`<path d="M${round(x)} ${round(top - 8)}V${round(bottom)}"/>`)}</g>`;
}

const round = (length: number) => Math.round(length * 10) / 10;

type Points = FlowLayout["ribbons"][number]["points"];

/**
 * How steep the middle line is at each point: level at both ends and where it turns, else between the slopes of the two
 * pieces, so that it never overshoots.
 *
 * Source: F. N. Fritsch, J. Butland, "A method for constructing local monotone piecewise cubic interpolants", 1984.
 */
function slopes(points: Points): number[] {
  return points.map(([x, y], i) => {
    const before = points[i - 1];
    const after = points[i + 1];
    if (before === undefined || after === undefined) return 0;
    const left = (y - before[1]) / (x - before[0]);
    const right = (after[1] - y) / (after[0] - x);
    return left * right <= 0 ? 0 : (2 * left * right) / (left + right);
  });
}

/** The outline of a band that keeps between two offsets from a middle line. */
function bandPath(points: Points, from: number, to: number): string {
  const slope = slopes(points);
  const there: string[] = [];
  const back: string[] = [];
  points.forEach(([x, y], i) => {
    const before = points[i - 1];
    if (before === undefined) {
      there.push(`M${round(x)} ${round(y + from)}`);
      back.unshift(`Z`);
      return;
    }
    const third = (x - before[0]) / 3;
    const [x1, y1] = [round(before[0] + third), before[1] + third * slope[i - 1]!];
    const [x2, y2] = [round(x - third), y - third * slope[i]!];
    there.push(`C${x1} ${round(y1 + from)} ${x2} ${round(y2 + from)} ${round(x)} ${round(y + from)}`);
    back.unshift(`C${x2} ${round(y2 + to)} ${x1} ${round(y1 + to)} ${round(before[0])} ${round(before[1] + to)}`);
  });
  const [x, y] = points.at(-1)!;
  return `${there.join("")}L${round(x)} ${round(y + to)}${back.join("")}`;
}

/** A ribbon is split lengthways by label, in the order of the labels. */
function ribbon(drawing: Drawing, index: number): Html {
  const { layout, labels, print, asset } = drawing;
  const link = layout.graph.links[index]!;
  const { points, thickness } = layout.ribbons[index]!;
  const total = Number(sumOf(link.amounts));
  let at = -thickness / 2;
  const bands = labels.flatMap((label) => {
    const amount = link.amounts.get(label) ?? 0n;
    if (amount === 0n) return [];
    const start = at;
    at += (thickness * Number(amount)) / total;
    return [html`<path class="${labelClass(labels, label)}" d="${bandPath(points, start, at)}"/>`];
  });
  const said = amountsText(link.amounts, labels, (units) => print(asset, units));
  const coins = link.coins === 1 ? "" : `${count(link.coins, "coin")}: `;
  return html`<g class="ribbon"><title>${coins}${said}</title>${bands}</g>`;
}

function amountsText(amounts: LabelAmounts, labels: readonly string[], print: (units: bigint) => string): string {
  if (labels.length < 2) return print(sumOf(amounts));
  return labels
    .filter((label) => amounts.has(label))
    .map((label) => `${print(amounts.get(label)!)} of “${label}”`)
    .join(", ");
}

/** What passes through a node by label. */
function nodeAmounts(graph: FlowGraph, index: number): Map<string, bigint> {
  const comes = new Map<string, bigint>();
  const goes = new Map<string, bigint>();
  for (const link of graph.links) {
    const sum = link.target === index ? comes : link.source === index ? goes : null;
    if (sum !== null) for (const [label, amount] of link.amounts) sum.set(label, (sum.get(label) ?? 0n) + amount);
  }
  return sumOf(comes) >= sumOf(goes) ? comes : goes;
}

function nodeMark(drawing: Drawing, index: number): Html {
  const node = drawing.layout.graph.nodes[index]!;
  const mark = node.kind === "movement" ? movementMark(drawing, index) : outsideMark(drawing, index);
  const row = node.kind === "movement" || node.kind === "seed" ? node.kind : "end";
  if (node.members[0]! >= drawing.input.rows[row]) return mark;
  return html`<a href="#${row}-${node.members[0]! + 1}" aria-label="${nodeName(drawing, index)}">${mark}</a>`;
}

function nodeName(drawing: Drawing, index: number): string {
  const { layout, labels, print, asset } = drawing;
  const node = layout.graph.nodes[index]!;
  const amounts = amountsText(nodeAmounts(layout.graph, index), labels, (units) => print(asset, units));
  return `${nodeTitle(drawing, node)}: ${amounts}`;
}

function nodeTitle({ input: { trail } }: Drawing, node: FlowNode): string {
  const first = node.members[0]!;
  const many = node.members.length;
  if (node.kind === "movement") {
    if (node.joined === "row") return `${count(many, "movement")} in a row, from number ${first + 1}`;
    if (node.joined === "rest") return `${count(many, "further movement")}, joined`;
    return `Movement ${first + 1}, transaction ${trail.movements[first]!.transaction}`;
  }
  const name = node.kind === "seed" ? "seed" : endNames[node.kind];
  if (node.joined === "account") return `${count(many, "coin")} of ${node.account} (${name})`;
  if (many > 1) return `${count(many, node.kind === "seed" ? "further seed" : "further end")} (${name})`;
  const place = node.kind === "seed" ? trail.seeds[first]! : trail.ends[first]!;
  return `${name} ${place.coin ?? place.account ?? ""}`;
}

/** Room for a name over a bar: about 6.2 units a character of the small type. */
const characterWidth = 6.2;

function movementMark(drawing: Drawing, index: number): Html {
  const { layout, labels, input } = drawing;
  const node = layout.graph.nodes[index]!;
  const { x, y, height } = layout.bars[index]!;
  const first = node.members[0]!;
  const many = node.members.length;
  const roomy = layout.gap >= 104;
  const space = Math.floor((layout.gap - 8) / characterWidth);
  const name = many === 1 ? `#${first + 1}` : joinedName(node, space);
  const id = many === 1 && roomy ? shorten(shortId(input.trail.movements[first]!.transaction), 11) : "";
  const bands = barBands(nodeAmounts(layout.graph, index), labels, x - barWidth / 2, y, height);
  const shadow =
    many === 1
      ? null
      : html`<rect class="stack" x="${round(x - barWidth / 2 - 3)}" y="${round(y - 3)}" width="${barWidth + 6}"
        height="${round(height + 6)}" rx="3"/>`;
  return html`<g class="movement">
    <title>${nodeName(drawing, index)}</title>${shadow}${bands}${feeMark(drawing, index)}<text class="name"
    x="${round(x)}" y="${round(y - (many === 1 ? 6 : 8))}" text-anchor="middle">
<tspan class="number">${name}</tspan>${id === "" ? null : html` <tspan class="id">${id}</tspan>`}</text></g>`;
}

function joinedName({ members, joined }: FlowNode, space: number): string {
  const many = wholeNumber(members.length);
  const long = joined === "row" ? `${many} in a row` : `${many} further`;
  return long.length <= space ? long : `×${many}`;
}

function barBands(amounts: LabelAmounts, labels: readonly string[], x: number, y: number, height: number): Html[] {
  const total = Number(sumOf(amounts)) || 1;
  let at = y;
  return labels.flatMap((label) => {
    const amount = amounts.get(label) ?? 0n;
    if (amount === 0n) return [];
    const part = (height * Number(amount)) / total;
    at += part;
    return [
      html`<rect class="bar ${labelClass(labels, label)}" x="${round(x)}" y="${round(at - part)}" width="${barWidth}"
        height="${round(Math.max(part, 0.5))}"/>`,
    ];
  });
}

function feeMark({ layout, print, asset, labels }: Drawing, index: number): Html | null {
  const { fee } = layout.graph.nodes[index]!;
  if (fee.size === 0) return null;
  const { x, y, height } = layout.bars[index]!;
  const end = round(y + height);
  return html`<g class="fee-mark"><title>fee: ${amountsText(fee, labels, (units) => print(asset, units))}</title>
<path d="M${round(x)} ${end}v4M${round(x - 3)} ${end + 4}h6l-3 5.4z"/></g>`;
}

/** A seed or an end: its bar, its mark, and two lines beside it, outside of the movements. */
function outsideMark(drawing: Drawing, index: number): Html {
  const { layout, labels, input, print, asset } = drawing;
  const node = layout.graph.nodes[index]!;
  const { x, y, height } = layout.bars[index]!;
  const left = x === layout.columns[0]?.x;
  const side = left ? -1 : 1;
  const middle = round(y + height / 2);
  const amounts = nodeAmounts(layout.graph, index);
  const { name, tagged } = outsideName(input, node);
  const kind = node.kind as Exclude<FlowNode["kind"], "movement">;
  const word = kind === "seed" ? (amounts.size === 1 ? [...amounts.keys()].join() : "") : endNames[kind];
  const at = html`x="${round(x + side * 28)}" text-anchor="${left ? "end" : "start"}"`;
  const digits = print(asset, sumOf(amounts), "digits");
  const said = shorten(visibleText(word), 14);
  return html`<g class="outside"><title>${nodeName(drawing, index)}</title>
${barBands(amounts, labels, x - barWidth / 2, y, height)}${glyph(kind, round(x + side * 17), middle)}
<text class="name${tagged ? " tagged" : ""}" y="${middle - 3}" ${at}><tspan class="isolate">${name}</tspan></text>
<text class="amount" y="${middle + 11}" ${at}>${digits} <tspan class="kind">${said}</tspan></text></g>`;
}

const nameMax = { left: 24, right: 32 };

function outsideName(input: FlowPictureInput, node: FlowNode): { name: string; tagged: boolean } {
  const many = node.members.length;
  if (many > 1 && node.account === null) {
    return { name: count(many, node.kind === "seed" ? "further seed" : "further end"), tagged: false };
  }
  const place = node.kind === "seed" ? input.trail.seeds[node.members[0]!]! : input.trail.ends[node.members[0]!]!;
  const tag = input.tags.find((entry) => entry.account === place.account && entry.label !== "");
  const max = (node.kind === "seed") === (input.trail.direction === "forward") ? nameMax.left : nameMax.right;
  const times = many > 1 ? ` ×${wholeNumber(many)}` : "";
  const short = tag === undefined ? shortId(place.account ?? place.coin ?? "") : visibleText(`“${tag.label}”`);
  return { name: shorten(short, max - times.length) + times, tagged: tag !== undefined };
}

/** A bar whose height is a round amount. */
function scaleBar({ layout, print, asset }: Drawing): Html {
  if (layout.graph.links.length === 0) return html``;
  let units = 10n ** BigInt(Math.max(0, Math.floor(Math.log10(24 / layout.unit))));
  for (const step of [5n, 2n]) {
    if (Number(units * step) * layout.unit <= 30) {
      units *= step;
      break;
    }
  }
  const height = Math.max(1, Number(units) * layout.unit);
  const y = layout.height - 34;
  return html`<g class="scale"><rect x="16" y="${round(y - height / 2)}" width="5" height="${round(height)}"/>
<text x="28" y="${y + 4}">${print(asset, units)}</text></g>`;
}

function joinedSentences(graph: FlowGraph): string[] {
  const joined = (kinds: (node: FlowNode) => boolean, as: FlowNode["joined"]) =>
    graph.nodes.filter((node) => node.joined === as && kinds(node)).reduce((sum, node) => sum + node.members.length, 0);
  const isMovement = (node: FlowNode) => node.kind === "movement";
  const isSeed = (node: FlowNode) => node.kind === "seed";
  const inRows = joined(isMovement, "row");
  const rest = joined(isMovement, "rest");
  const seeds = joined(isSeed, "rest");
  const ofAccounts = joined((node) => !isMovement(node), "account");
  const ends = joined((node) => !isMovement(node) && !isSeed(node), "rest");
  return [
    inRows === 0 ? "" : `${count(inRows, "movement")} that follow one another in rows are drawn as one bar a row.`,
    rest === 0 ? "" : `${count(rest, "further movement")} are joined by their place in the flow.`,
    ofAccounts === 0 ? "" : `${count(ofAccounts, "coin")} are joined by account.`,
    seeds === 0 ? "" : `${count(seeds, "further seed")} are joined.`,
    ends === 0 ? "" : `${count(ends, "further end")} are joined by kind.`,
  ].filter((sentence) => sentence !== "");
}
