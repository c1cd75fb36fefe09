import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { EndKind } from "../trace/trail.ts";
import { labelClass } from "./flow-drawing.ts";
import { inlineGlyph } from "./flow-glyph.ts";
import { flowPicture } from "./flow-picture.ts";
import { type Html, html, outside } from "./html.ts";
import { type ReportContext, rowsMax } from "./report-context.ts";
import { count, endKinds, endName, endNames } from "./wording.ts";

/** The rule whose picture stands in front: the first conserved one in this order that was asked for. */
const shownFirst: readonly Rule[] = ["fifo", "haircut", "clean-first", "dirty-first", "lifo", "tiho", "poison"];

/** One picture a rule, switched by radio buttons and a style rule each; on paper all of them. */
export function pictureSection(context: ReportContext): Html {
  const { trail } = context;
  const first = shownFirst.find((rule) => trail.rules.includes(rule));
  const radios = trail.rules.map(
    (rule) => html`<input type="radio" name="flow-rule" id="show-${rule}"${rule === first ? checked : null}>`,
  );
  const tabs = trail.rules.map((rule) => html`<label for="show-${rule}">${rule}</label>`);
  return html`<section id="picture"><h2>Picture of the flow</h2>
${key(context)}
<fieldset class="pictures"><legend>Rule of the picture</legend>${radios}<div class="tabs">${tabs}</div>
${trail.rules.map((rule) => figure(context, rule))}</fieldset></section>`;
}

const checked = html` checked`;

function figure(context: ReportContext, rule: Rule): Html {
  const { trail, input } = context;
  const picture = flowPicture({ trail, rule, assets: input.assets, tags: input.tags, rows: rowsMax });
  const joined = picture.joined.length === 0 ? "Nothing is joined or left out." : picture.joined.join(" ");
  const bound = ruleFacts[rule].conserved ? "" : " Amounts are upper bounds; fees are not drawn.";
  const body = picture.isEmpty
    ? html`<p>Under ${rule} there is nothing to draw.</p>`
    : html`<div class="scroll drawing" role="region" aria-label="Picture of the flow under ${rule}"
      tabindex="0">${picture.svg}</div>`;
  return html`<figure class="picture of-${rule}">${body}
<figcaption><strong>${rule}.</strong> ${ruleFacts[rule].sentence}${bound} ${joined}</figcaption></figure>
`;
}

function key(context: ReportContext): Html {
  const kinds = endKinds.filter((kind) => context.trail.ends.some((end) => end.kind === kind));
  const namesOf = (kind: EndKind) => {
    const here = context.trail.ends.filter((end) => end.kind === kind);
    return [...new Set(here.map((end) => endName(kind, end)))].join(" or ") || endNames[kind];
  };
  const marks = kinds.map((kind) => html`<span>${inlineGlyph(kind)} ${namesOf(kind)}</span>`);
  const labels =
    context.labels.length < 2
      ? null
      : context.labels.map((label) => {
          const colour = html`<svg class="mark" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
<rect class="${labelClass(context.labels, label)}" y="2" width="14" height="10" rx="1"/></svg>`;
          return html`<span>${colour} “${outside(label)}”</span>`;
        });
  return html`<p class="key"><span>${inlineGlyph("seed")} seed</span>${marks}${labels}</p>
${context.stands === "coin" && context.trail.links.length === 0 ? coinNote : accountNote(context)}`;
}

/** How to read a picture in which accounts stand. */
function accountNote({ stands, trail }: ReportContext): Html {
  const coins =
    stands === "account"
      ? ""
      : " In a ledger of coins a bar is a transaction, numbered as in the table of movements, and a ribbon is a coin.";
  const many = trail.ledgers.length > 1 ? " Each ledger has a band of its own." : "";
  const labels = new Set(trail.totals.map(({ asset }) => asset)).size;
  const scale = labels > 1 ? " All that was stolen in one asset is as thick as all that was stolen in another." : "";
  const open = trail.links.filter(({ followed }) => !followed).length;
  const were = open === 1 ? "was not followed is" : "were not followed are";
  const notDrawn = open === 0 ? "" : ` ${count(open, "link")} that ${were} not drawn.`;
  const links =
    trail.links.length === 0
      ? null
      : html` A dashed ribbon is a <a href="#links">link</a>, with its kind and its confidence.${notDrawn}`;
  return html`<p class="note">Accounts stand from left to right in the order in which the value first reached them. A
bar is an account in one asset, and a ribbon what one account paid another: all payments together, with their number
(×). It is as thick as the stolen value that it stands for, but never too thin to be seen.${scale} What runs back to an
account that was reached before runs underneath, from right to left.${coins}${many}${links} Every bar and end leads to a
row of the <a href="#movements">table of movements</a> or of <a href="#ends">ends</a>. What is joined says how many it
stands for, in a dashed frame.</p>`;
}

const coinNote = html`<p class="note">Time runs from left to right. A ribbon is a coin and as thick as the value
traced through it, but
never too thin to be seen. A bar is a transaction, numbered as in the <a href="#movements">table of movements</a>;
every bar and end leads to its row. What is joined says how many it stands for (×), in a dashed frame where it is
transactions.</p>`;
