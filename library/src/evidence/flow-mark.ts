import { accountText, shortAccount } from "./account-text.ts";
import {
  amountsText,
  type Drawing,
  glanceText,
  labelClass,
  nodeAmounts,
  ownAmount,
  placeOf,
  round,
  tagOf,
} from "./flow-drawing.ts";
import { isInner } from "./flow-fold.ts";
import { glyph } from "./flow-glyph.ts";
import { barWidth } from "./flow-layout.ts";
import type { TextReach } from "./flow-margins.ts";
import { type FlowNode, type LabelAmounts, sumOf } from "./flow-model.ts";
import { type Html, html } from "./html.ts";
import { shorten, visibleText } from "./text-safety.ts";
import { count, endName, shortId, unitName, wholeNumber } from "./wording.ts";

/** The bar of a node with its name; it leads to its row in the report. */
export function nodeMark(drawing: Drawing, index: number): Html {
  const node = drawing.layout.graph.nodes[index]!;
  const marks = { movement: movementMark, account: accountMark } as const;
  const mark = node.kind === "movement" || node.kind === "account" ? marks[node.kind] : outsideMark;
  const drawn = mark(drawing, index);
  const [row, at] = rowOf(drawing, node);
  if (at < 0 || at >= drawing.input.rows[row]) return drawn;
  return html`<a href="#${row}-${at + 1}" aria-label="${nodeName(drawing, index)}">${drawn}</a>`;
}

/** An account has no row of its own; it leads to the movement that first brought it value. */
function rowOf({ layout }: Drawing, { kind, members }: FlowNode): ["seed" | "movement" | "end", number] {
  const first = members[0]!;
  if (kind === "account") return ["movement", layout.graph.accounts[first]!.arrived];
  return [kind === "seed" || kind === "movement" ? kind : "end", first];
}

function nodeName(drawing: Drawing, index: number): string {
  const node = drawing.layout.graph.nodes[index]!;
  const amounts = amountsText(drawing, nodeAmounts(drawing.layout.graph, index));
  const title = nodeTitle(drawing, node);
  if (drawing.isPlain || node.kind === "movement" || node.kind === "seed") return `${title}: ${amounts}`;
  const own = ownAmount(drawing, node);
  if (own === null) return `${title}: ${amounts}`;
  const said = drawing.print(own.asset, own.units);
  return `${title}: ${said === amounts ? said : `${said}, for ${amounts} stolen`}`;
}

function nodeTitle(drawing: Drawing, node: FlowNode): string {
  const { trail } = drawing.input;
  const first = node.members[0]!;
  const many = node.members.length;
  if (node.kind === "movement" || node.kind === "account") {
    const what = node.kind;
    if (node.joined === "row" && what === "account") return `${count(many, "account")} in a row`;
    if (node.joined === "row") return `${count(many, "movement")} in a row, from number ${first + 1}`;
    if (node.joined === "rest") return `${count(many, `further ${what}`)}, joined`;
    if (what === "account") return `Account ${wholeName(drawing, node)}`;
    return `Movement ${first + 1}, transaction ${trail.movements[first]!.transaction}`;
  }
  const place = placeOf(drawing, node);
  const name = node.kind === "seed" ? "seed" : endName(node.kind, place);
  if (node.joined === "account") {
    const what = place.coin === null ? (node.kind === "seed" ? "seed" : "end") : "coin";
    return `${count(many, what)} of ${node.account} (${name})`;
  }
  if (many > 1) return `${count(many, node.kind === "seed" ? "further seed" : "further end")} (${name})`;
  return `${name} ${wholeName(drawing, node)}`;
}

/** Nothing shortened; of an account with its ledger and asset. */
function wholeName(drawing: Drawing, node: FlowNode): string {
  const place = placeOf(drawing, node);
  if (place.coin !== null) return place.coin;
  const ledger = drawing.layout.graph.lanes[node.lane];
  const where = drawing.layout.lanes.length > 1 && ledger !== undefined ? ` of ${ledger}` : "";
  return `${accountText(place.account ?? "")} in ${place.asset}${where}`;
}

/** Room for a name over a bar: about 6.2 units a character of the small type. */
const characterWidth = 6.2;

const spaceOver = (gap: number) => Math.floor((gap - 8) / characterWidth);

function movementMark(drawing: Drawing, index: number): Html {
  const { layout, labels, input } = drawing;
  const node = layout.graph.nodes[index]!;
  const { x, y, height } = layout.bars[index]!;
  const first = node.members[0]!;
  const many = node.members.length;
  const roomy = layout.gap >= 104;
  const name = many === 1 ? `#${first + 1}` : joinedName(node, spaceOver(layout.gap));
  const id = many === 1 && roomy ? shorten(shortId(input.trail.movements[first]!.transaction), 11) : "";
  const bands = barBands(nodeAmounts(layout.graph, index), labels, x - barWidth / 2, y, height);
  return html`<g class="movement">
    <title>${nodeName(drawing, index)}</title>${stackFrame(drawing, index)}${bands}${feeMark(drawing, index)}<text
    class="name" x="${round(x)}" y="${round(y - (many === 1 ? 6 : 8))}" text-anchor="middle">
<tspan class="number">${name}</tspan>${id === "" ? null : html` <tspan class="id">${id}</tspan>`}</text></g>`;
}

/** An account: its name or tag over its bar, and under the name the asset where the trail has several. */
function accountMark(drawing: Drawing, index: number): Html {
  const { layout, labels, input } = drawing;
  const node = layout.graph.nodes[index]!;
  const { x, y, height } = layout.bars[index]!;
  const many = node.members.length;
  const space = spaceOver(layout.gap);
  const place = placeOf(drawing, node);
  const tag = many === 1 ? tagOf(drawing, place.account) : null;
  const short = tag ?? shortAccount(place.account ?? "", space);
  const name = many === 1 ? shorten(short, space) : joinedName(node, space);
  const own = drawing.hasSeveralAssets ? ownAmount(drawing, node) : null;
  const unit = own === null ? "" : shorten(unitName(input.assets, own.asset), space);
  const under = round(y - (many === 1 ? 6 : 8));
  const at = html`x="${round(x)}" text-anchor="middle"`;
  const bands = barBands(nodeAmounts(layout.graph, index), labels, x - barWidth / 2, y, height);
  const around = html`${stackFrame(drawing, index)}${bands}${feeMark(drawing, index)}`;
  const tagged = tag === null ? "" : " tagged";
  const top = unit === "" ? under : under - 11;
  const second =
    unit === "" ? null : html`<text class="name unit" ${at} y="${under}"><tspan class="isolate">${unit}</tspan></text>`;
  return html`<g class="account"><title>${nodeName(drawing, index)}</title>${around}<text class="name${tagged}" ${at}
    y="${top}"><tspan class="isolate number">${name}</tspan></text>${second}</g>`;
}

/** The frame around what stands for several. */
function stackFrame({ layout }: Drawing, index: number): Html | null {
  if (layout.graph.nodes[index]!.members.length === 1) return null;
  const { x, y, height } = layout.bars[index]!;
  return html`<rect class="stack" x="${round(x - barWidth / 2 - 3)}" y="${round(y - 3)}" width="${barWidth + 6}"
        height="${round(height + 6)}" rx="3"/>`;
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

function feeMark(drawing: Drawing, index: number): Html | null {
  const { layout } = drawing;
  const { fee } = layout.graph.nodes[index]!;
  if (fee.size === 0) return null;
  const { x, y, height } = layout.bars[index]!;
  const end = round(y + height);
  return html`<g class="fee-mark"><title>fee: ${amountsText(drawing, fee)}</title>
<path d="M${round(x)} ${end}v4M${round(x - 3)} ${end + 4}h6l-3 5.4z"/></g>`;
}

/** What stands beside a seed or an end: its name, and its amount with the word for what it is. */
function outsideTexts(drawing: Drawing, node: FlowNode, amounts: LabelAmounts) {
  const { name, tagged } = outsideName(drawing, node);
  const kind = node.kind as Exclude<FlowNode["kind"], "movement" | "account">;
  const isSeed = kind === "seed";
  const word = isSeed ? (amounts.size === 1 ? [...amounts.keys()].join() : "") : endName(kind, placeOf(drawing, node));
  return { name, tagged, kind, amount: outsideAmount(drawing, node, amounts), word: shorten(visibleText(word), 14) };
}

/** Where the texts beside a bar begin, from its middle. */
const textDistance = 28;

/** Widest characters of the fonts that are asked for, by the type of the text (DejaVu's, which are wide ones). */
const widths = { name: 7, tagged: 8.8, amount: 7.1 };

/** How far the texts reach that stand beside seeds and ends. */
export function textReach(drawing: Drawing): TextReach {
  const { graph, columns } = drawing.layout;
  const reach = { left: 0, right: 0 };
  graph.nodes.forEach((node, index) => {
    if (isInner(node)) return;
    const { name, tagged, amount, word } = outsideTexts(drawing, node, nodeAmounts(graph, index));
    const first = [...name].length * (tagged ? widths.tagged : widths.name);
    const second = [...amount, " ", ...word].length * widths.amount;
    const side = columns[0]?.nodes.includes(index) === true ? "left" : "right";
    reach[side] = Math.max(reach[side], textDistance + Math.max(first, second));
  });
  return reach;
}

/** A seed or an end: its bar, its mark, and two lines beside it, outside of the movements. */
function outsideMark(drawing: Drawing, index: number): Html {
  const { layout, labels } = drawing;
  const node = layout.graph.nodes[index]!;
  const { x, y, height } = layout.bars[index]!;
  const left = x === layout.columns[0]?.x;
  const side = left ? -1 : 1;
  const middle = round(y + height / 2);
  const amounts = nodeAmounts(layout.graph, index);
  const { name, tagged, kind, amount, word } = outsideTexts(drawing, node, amounts);
  const at = html`x="${round(x + side * textDistance)}" text-anchor="${left ? "end" : "start"}"`;
  return html`<g class="outside"><title>${nodeName(drawing, index)}</title>
${barBands(amounts, labels, x - barWidth / 2, y, height)}${glyph(kind, round(x + side * 17), middle)}
<text class="name${tagged ? " tagged" : ""}" y="${middle - 3}" ${at}><tspan class="isolate">${name}</tspan></text>
<text class="amount" y="${middle + 11}" ${at}>${amount} <tspan
  class="kind">${word}</tspan></text></g>`;
}

/** In a ledger of coins the head names the unit; elsewhere each seed and end has its own. */
function outsideAmount(drawing: Drawing, node: FlowNode, amounts: LabelAmounts): string {
  const { print, isPlain, asset } = drawing;
  if (isPlain) return print(asset ?? "", sumOf(amounts), "digits");
  const own = node.kind === "seed" ? null : ownAmount(drawing, node);
  if (own !== null) return glanceText(print(own.asset, own.units));
  return [...amounts]
    .map((entry) => glanceText(amountsText({ ...drawing, labels: [entry[0]] }, new Map([entry]))))
    .join(" + ");
}

const nameMax = { left: 24, right: 32 };

function outsideName(drawing: Drawing, node: FlowNode): { name: string; tagged: boolean } {
  const { input } = drawing;
  const many = node.members.length;
  if (many > 1 && node.account === null) {
    return { name: count(many, node.kind === "seed" ? "further seed" : "further end"), tagged: false };
  }
  const place = placeOf(drawing, node);
  const tag = tagOf(drawing, place.account);
  const max = (node.kind === "seed") === (input.trail.direction === "forward") ? nameMax.left : nameMax.right;
  const times = many > 1 ? ` ×${wholeNumber(many)}` : "";
  const short =
    tag ?? (place.coin === null ? shortAccount(place.account ?? "", max) : shortId(place.account ?? place.coin));
  return { name: shorten(short, max - times.length) + times, tagged: tag !== null };
}
