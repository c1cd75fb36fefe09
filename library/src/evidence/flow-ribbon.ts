import { accountText } from "./account-text.ts";
import type { BackPath } from "./flow-back.ts";
import { amountsText, type Drawing, labelClass, placeOf, round } from "./flow-drawing.ts";
import type { FlowLayout } from "./flow-layout.ts";
import { type FlowLink, sumOf } from "./flow-model.ts";
import { type Html, html } from "./html.ts";
import { count, wholeNumber } from "./wording.ts";

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
export function ribbon(drawing: Drawing, index: number): Html {
  const { layout, labels } = drawing;
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
  const linked = link.via.length === 0 ? "" : " linked";
  return html`<g class="ribbon${linked}"><title>${linkTitle(drawing, link)}</title>${bands}</g>`;
}

const isPayment = ({ layout: { graph } }: Drawing, { source, target }: FlowLink) =>
  [source, target].every((node) => graph.nodes[node]!.kind !== "movement") && graph.accounts.length > 0;

function linkTitle(drawing: Drawing, link: FlowLink): string {
  const said = amountsText(drawing, link.amounts);
  if (!isPayment(drawing, link)) {
    const coins = link.many === 1 ? "" : `${count(link.many, "coin")}: `;
    return `${coins}${said}${viaTitle(drawing, link)}`;
  }
  const times = link.many === 1 ? "" : `${count(link.many, "payment")}: `;
  const sides = `${sideName(drawing, link.source)} → ${sideName(drawing, link.target)}`;
  return `${sides}: ${times}${said}${viaTitle(drawing, link)}`;
}

function sideName(drawing: Drawing, index: number): string {
  const node = drawing.layout.graph.nodes[index]!;
  if (node.members.length > 1) return count(node.members.length, "account");
  return accountText(placeOf(drawing, node).account ?? "");
}

function viaTitle({ input: { trail } }: Drawing, { via }: FlowLink): string {
  return via
    .map((index) => {
      const { kind, basis, confidence, source } = trail.links[index]!;
      return `; over a link: ${kind}, ${basis}, confidence ${confidence}, according to ${source}`;
    })
    .join("");
}

/** In a picture with more ribbons counts stand on the thick ones only. */
const countedMax = 40;
const countedThickness = 5;

/** What is written on a link: what kind of change it is and how sure that is, and how many payments it stands for. */
function linkNote(drawing: Drawing, link: FlowLink): string {
  const { trail } = drawing.input;
  const links = link.via.map((index) => trail.links[index]!);
  const kinds = [...new Set(links.map(({ kind }) => kind))];
  const least = links.reduce((min, { confidence }) => Math.min(min, confidence), 1);
  const said = kinds.length === 0 ? "" : `${kinds.join(", ")} ${least}`;
  const times = isPayment(drawing, link) && link.many > 1 ? `×${wholeNumber(link.many)}` : "";
  return [said, times].filter((part) => part !== "").join(" · ");
}

/** Written over all ribbons, so that none hides it. */
export function linkNotes(drawing: Drawing): Html | null {
  const { layout } = drawing;
  const notes = layout.graph.links.flatMap((link, i) => {
    const { points, thickness } = layout.ribbons[i]!;
    const note = linkNote(drawing, link);
    const isTold = link.via.length > 0 || layout.ribbons.length <= countedMax || thickness >= countedThickness;
    if (note === "" || !isTold) return [];
    const at = Math.floor((points.length - 1) / 2);
    const [[x1, y1], [x2, y2]] = [points[at]!, points[at + 1]!];
    const y = (y1 + y2) / 2 - (thickness > 18 ? -4 : thickness / 2 + 4);
    return [html`<text x="${round((x1 + x2) / 2)}" y="${round(y)}" text-anchor="middle">${note}</text>`];
  });
  return notes.length === 0 ? null : html`<g class="link-notes">${notes}</g>`;
}

/** Links that run back: out of the right of their source, under everything, into the left of their target. */
export function backLinks(drawing: Drawing): Html | null {
  const { layout, labels } = drawing;
  if (layout.backs.length === 0) return null;
  const paths = layout.backs.map((path, i) => {
    const link = layout.graph.back[i]!;
    const [largest] = [...link.amounts].sort(([, a], [, b]) => (a === b ? 0 : a > b ? -1 : 1));
    const note = path.isStub ? "" : linkNote(drawing, link);
    const line = path.isStub ? stubPath(path) : backPath(path, i);
    const middle = round((path.from[0] + path.to[0]) / 2);
    return html`<g class="back ${labelClass(labels, largest?.[0] ?? "")}${link.via.length === 0 ? "" : " linked"}">
<title>back: ${linkTitle(drawing, link)}</title>
<path d="${line}" stroke-width="${round(path.thickness)}"/>${arrowHead(path)}${
      note === "" ? null : html`<text x="${middle}" y="${round(path.y - path.thickness / 2 - 2)}">${note}</text>`
    }</g>`;
  });
  return html`<g class="backs">${paths}</g>`;
}

/** Out of the source and into the target, and nothing between them. */
function stubPath({ from: [x1, y1], to: [x2, y2] }: BackPath): string {
  return `M${round(x1)} ${round(y1)}h7M${round(x2)} ${round(y2)}h-9`;
}

/** Circles that leave one bar turn at different distances from it. */
const turn = (index: number) => 12 + 4 * (index % 4);

function backPath({ from: [x1, y1], to: [x2, y2], y }: BackPath, index: number): string {
  const out = turn(index);
  const radius = round(Math.min(12, (y - y1) / 2, (y - y2) / 2));
  const right = round(x1 + out - radius);
  const left = round(x2 - out + radius);
  return (
    `M${round(x1)} ${round(y1)}H${right}q${radius} 0 ${radius} ${radius}V${round(y - radius)}` +
    `q0 ${radius} ${-radius} ${radius}H${left}q${-radius} 0 ${-radius} ${-radius}V${round(y2 + radius)}` +
    `q0 ${-radius} ${radius} ${-radius}H${round(x2)}`
  );
}

function arrowHead({ to: [x, y], thickness }: BackPath): Html {
  const half = round(Math.max(3.5, thickness / 2 + 2));
  return html`<path class="arrow" d="M${round(x)} ${round(y)}l${-2 * half} ${-half}v${2 * half}Z"/>`;
}
