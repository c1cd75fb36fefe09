import { RuleNotTracedError } from "../errors/evidence.ts";
import { ruleFacts } from "../trace/rule.ts";
import type { Trail } from "../trace/trail.ts";
import { type Drawing, type FlowPictureInput, round } from "./flow-drawing.ts";
import { isInner } from "./flow-fold.ts";
import { flowGraph } from "./flow-graph.ts";
import { barWidth, type FlowLayout, layOutFlow } from "./flow-layout.ts";
import { widenMargins } from "./flow-margins.ts";
import { nodeMark, textReach } from "./flow-mark.ts";
import type { FlowNode } from "./flow-model.ts";
import { backLinks, linkNotes, ribbon } from "./flow-ribbon.ts";
import { pictureStyle } from "./flow-style.ts";
import { labelWeights, weighGraph } from "./flow-weight.ts";
import { Html, html } from "./html.ts";
import { timeAxis } from "./time-axis.ts";
import { amountPrinter, count, endKinds, endName, listed, unitName } from "./wording.ts";

export type { FlowPictureInput } from "./flow-drawing.ts";

export interface FlowPicture {
  readonly svg: Html;
  /** What was joined for the picture's sake, one sentence each; empty where everything is shown on its own. */
  readonly joined: readonly string[];
  readonly isEmpty: boolean;
  /** One ledger of coins, whose unit the head names. */
  readonly isPlain: boolean;
}

export const labelsOf = (trail: Trail): string[] => [...new Set(trail.totals.map((total) => total.label))];

/**
 * A picture of the flow under one rule as inline SVG: time runs from left to right, a ribbon is as thick as its traced
 * value, and what is too small to be told apart is joined and counted. Coins are ribbons between transactions; accounts
 * are bars, and what one paid another is a ribbon. Each ledger has a band of its own where there are several.
 * Deterministic; needs no script.
 *
 * @throws RuleNotTracedError where the trail was not traced under the rule
 */
export function flowPicture(input: FlowPictureInput): FlowPicture {
  const { trail, rule } = input;
  if (!trail.rules.includes(rule)) throw new RuleNotTracedError({ rule, traced: trail.rules.join(", ") });
  const weights = labelWeights(trail, rule);
  const whole = weighGraph(flowGraph(trail, rule), weights);
  const layout = layOutFlow(whole);
  const assets = new Map(trail.totals.map(({ label, asset }) => [label, asset]));
  const first = trail.totals[0]?.asset ?? trail.seeds[0]?.asset ?? "";
  const unfitted: Drawing = {
    input,
    layout,
    labels: labelsOf(trail),
    print: amountPrinter(input.assets),
    asset: new Set(assets.values()).size > 1 ? null : first,
    assetOf: (label) => assets.get(label) ?? first,
    weights,
    hasSeveralAssets:
      new Set([...layout.graph.accounts, ...trail.ends, ...trail.seeds].map((place) => place.asset)).size > 1,
    isPlain: layout.graph.accounts.length === 0 && layout.graph.lanes.length < 2,
  };
  const drawing = { ...unfitted, layout: widenMargins(layout, textReach(unfitted)) };
  const isEmpty = layout.graph.links.length === 0 && layout.graph.back.length === 0;
  return { svg: draw(drawing), joined: joinedSentences(layout), isEmpty, isPlain: drawing.isPlain };
}

/** The picture as a file of its own, with its style. */
export function flowPictureFile(input: Omit<FlowPictureInput, "rows">): string {
  const { svg, isPlain } = flowPicture({ ...input, rows: { seed: 0, movement: 0, end: 0 } });
  const style = html`<style>${Html.fromSource(pictureStyle(isPlain))}</style>`;
  return `${String(svg).replace(/^(<svg [^>]*>)/u, (open) => `${open}${style}`)}\n`;
}

function draw(drawing: Drawing): Html {
  const { input, layout } = drawing;
  const { width, height, graph } = layout;
  const id = `flow-${input.rule}`;
  const forward = input.trail.direction === "forward";
  const [first, last] = forward ? ["Seeds", "Where it went"] : ["Where it came from", "Seeds"];
  const unitShown = drawing.isPlain ? (drawing.asset ?? "") : "";
  const said = [unitShown, ruleFacts[input.rule].conserved ? "" : "upper bounds"].filter((part) => part !== "");
  const unit = said.length === 0 ? "" : ` (${said.join(", ")})`;
  const leftX = (layout.columns[0]?.x ?? 0) + barWidth / 2;
  const rightX = (layout.columns.at(-1)?.x ?? 0) - barWidth / 2;
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="flow" viewBox="0 0 ${width} ${height}" width="${width}"
    height="${height}" role="group" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">Flow of the
      traced value under ${input.rule}</title><desc id="${id}-desc">${description(drawing)}</desc>
${laneBands(drawing)}${gridLines(layout)}
<text class="head" x="${leftX}" y="24" text-anchor="end">${first}${unit}</text><text class="head" x="${rightX}"
  y="24">${last}${unit}</text>
${backLinks(drawing)}<g class="ribbons">${graph.links.map((_, i) => ribbon(drawing, i))}</g>
<g class="bars">${graph.nodes.map((_, i) => nodeMark(drawing, i))}</g>
${linkNotes(drawing)}${timeAxis(layout, input.trail)}${scaleBar(drawing)}</svg>`;
}

function description({ layout: { graph }, input: { trail } }: Drawing): string {
  const counted = (kind: FlowNode["kind"]) =>
    graph.nodes.filter((node) => node.kind === kind).reduce((sum, node) => sum + node.members.length, 0);
  const ends = endKinds.flatMap((kind) => {
    const nodes = graph.nodes.filter((node) => node.kind === kind);
    const [first] = nodes;
    return first === undefined ? [] : [`${counted(kind)} ${endName(kind, trail.ends[first.members[0]!]!)}`];
  });
  const movements = counted("movement");
  const inner = [
    ...(graph.accounts.length === 0 || movements > 0 ? [count(movements, "movement")] : []),
    ...(graph.accounts.length === 0 ? [] : [`${count(counted("account"), "account")} on the way`]),
  ];
  return `From left to right: ${[count(counted("seed"), "seed"), ...inner].join(", ")}, ends: ${
    ends.length === 0 ? "none" : listed(ends)
  }. The tables of seeds, ends and movements say the same in numbers.`;
}

/** Each ledger's band and name, where there are several. */
function laneBands({ layout, input: { trail } }: Drawing): Html | null {
  if (layout.lanes.length === 0) return null;
  const bands = layout.lanes.map(({ lane, top, bottom }, i) => {
    const name = layout.graph.lanes[lane] ?? "";
    const network = trail.ledgers.find((ledger) => ledger.name === name)?.network ?? "";
    const said = network === "" ? null : html` <tspan class="isolate kind">${network}</tspan>`;
    return html`<g class="lane"><rect class="${i % 2 === 0 ? "even" : "odd"}" x="0" y="${round(top)}"
      width="${layout.width}" height="${round(bottom - top)}"/><text x="10" y="${round(top) + 17}"><tspan
      class="isolate">${name}</tspan>${said}</text></g>`;
  });
  return html`<g class="lanes">${bands}</g>`;
}

function gridLines({ columns, top, bottom }: FlowLayout): Html {
  return html`<g class="grid">${columns
    .slice(1, -1)
    .map(({ x }) => html`<path d="M${round(x)} ${round(top - 8)}V${round(bottom)}"/>`)}</g>`;
}

/** A bar whose height is a round amount. */
function scaleBar({ layout, print, asset, isPlain, input }: Drawing): Html {
  if (layout.graph.links.length === 0) return html``;
  const y = layout.height - 34;
  if (asset === null) {
    return html`<text class="scale-note" x="16" y="${y + 4}">each asset: to its own scale</text>`;
  }
  let units = 10n ** BigInt(Math.max(0, Math.floor(Math.log10(24 / layout.unit))));
  for (const step of [5n, 2n]) {
    if (Number(units * step) * layout.unit <= 30) {
      units *= step;
      break;
    }
  }
  const height = Math.max(1, Number(units) * layout.unit);
  const said = isPlain
    ? print(asset, units)
    : `${print(asset, units, "digits")} ${unitName(input.assets, asset)} stolen`;
  return html`<g class="scale"><rect x="16" y="${round(y - height / 2)}" width="5" height="${round(height)}"/>
<text x="28" y="${y + 4}">${said}</text></g>`;
}

function joinedSentences({ graph, backs }: FlowLayout): string[] {
  const hasAccounts = graph.accounts.length > 0;
  const joined = (kinds: (node: FlowNode) => boolean, as: FlowNode["joined"]) =>
    graph.nodes.filter((node) => node.joined === as && kinds(node)).reduce((sum, node) => sum + node.members.length, 0);
  const isMovement = (node: FlowNode) => node.kind === "movement";
  const isSeed = (node: FlowNode) => node.kind === "seed";
  const isAccount = (node: FlowNode) => node.kind === "account";
  const inRows = joined(isMovement, "row");
  const rest = joined(isMovement, "rest");
  const accountsInRows = joined(isAccount, "row");
  const accounts = joined(isAccount, "rest");
  const seeds = joined(isSeed, "rest");
  const ofAccounts = joined((node) => !isInner(node), "account");
  const ends = joined((node) => !isInner(node) && !isSeed(node), "rest");
  const ofAccountsText = hasAccounts ? count(ofAccounts, "seed or end", "seeds and ends") : count(ofAccounts, "coin");
  const loops = backs.filter(({ isStub }) => !isStub).length;
  const stubs = backs.length - loops;
  return [
    loops === 0
      ? ""
      : `What runs back to an account that was reached before is drawn under the rest, from right to left.`,
    stubs === 0 ? "" : `Of ${count(stubs, "smaller one")} of these only both ends are drawn.`,
    inRows === 0 ? "" : `${count(inRows, "movement")} that follow one another in rows are drawn as one bar a row.`,
    rest === 0 ? "" : `${count(rest, "further movement")} are joined by their place in the flow.`,
    accountsInRows === 0
      ? ""
      : `${count(accountsInRows, "account")} that pay one another in rows are drawn as one a row.`,
    accounts === 0 ? "" : `${count(accounts, "further account")} are joined by their place in the flow.`,
    ofAccounts === 0 ? "" : `${ofAccountsText} are joined by account.`,
    seeds === 0 ? "" : `${count(seeds, "further seed")} are joined.`,
    ends === 0 ? "" : `${count(ends, "further end")} are joined by kind.`,
  ].filter((sentence) => sentence !== "");
}
