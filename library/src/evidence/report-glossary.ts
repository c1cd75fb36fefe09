import { ruleFacts, rules } from "../trace/rule.ts";
import { inlineGlyph } from "./flow-glyph.ts";
import { type Html, html } from "./html.ts";
import type { ReportContext } from "./report-context.ts";
import { endKinds, endNames, endSentences } from "./wording.ts";

const words: readonly [string, string][] = [
  ["seed", "A coin, or the first units of it, in which the trail starts; its label is the name that the user gave."],
  ["movement", "A transaction that some rule traces value through."],
  ["hop", "One transaction on the way from a seed; the spender of a seed is one hop away."],
  ["stop", "A place where the user asked the trail to end. Stops leave a trail complete."],
  ["budget", "A bound on work: movements, hops, or the smallest amount to follow. It never depends on the clock."],
  ["tag", "A statement by a source that an account belongs to somebody. Tags that disagree stand side by side."],
  [
    "partial ledger",
    "A ledger that holds some transactions of a chain. That it knows no spender does not mean unspent.",
  ],
];

/** What the rules and words of the report mean. */
export function glossarySection(context: ReportContext): Html {
  const used = rules.filter((rule) => context.trail.rules.includes(rule));
  const others = rules.filter((rule) => !used.includes(rule));
  const entries = [...used, ...others].map((rule) => {
    const { sentence, law, conserved } = ruleFacts[rule];
    const asked = used.includes(rule) ? "" : " Not asked for in this trail.";
    const adds = conserved ? "Adds up to what was seeded." : "Does not add up: an upper bound.";
    return html`<div><dt>${rule}</dt><dd>${sentence} ${adds} In law: ${law}.${asked}</dd></div>`;
  });
  const kinds = endKinds.map(
    (kind) => html`<div><dt>${inlineGlyph(kind)} ${endNames[kind]}</dt><dd>${endSentences[kind]}</dd></div>`,
  );
  return html`<section id="glossary"><h2>Glossary</h2>
<h3>Rules</h3><p>Once stolen and clean value are mixed, nothing in a ledger tells their units apart; a rule
  decides.</p><dl>${entries}</dl>
<h3>Ends</h3><dl>${kinds}</dl>
<h3>Words</h3><dl>${words.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}</dl>
</section>`;
}
