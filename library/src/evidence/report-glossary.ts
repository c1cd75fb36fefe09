import { ruleFacts, rules } from "../trace/rule.ts";
import { inlineGlyph } from "./flow-glyph.ts";
import { type Html, html } from "./html.ts";
import type { ReportContext } from "./report-context.ts";
import { accountEndSentences, endKinds, endName, endNames, endSentences } from "./wording.ts";

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

const accountWords: readonly [string, string][] = [
  ["account", "What holds a balance. An address or a number says nothing about who can use it."],
  ["transfer", "What one account pays another in one asset; a transaction makes one or more."],
  ["opening", "What an account held before the ledger begins. Where it is not known, an assumption has to be made."],
  ["charge", "What a transfer costs: gas, a bank’s fee."],
  ["debt", "A balance below zero. Value that repays one ends there: what it bought was bought before."],
];

const linkWords: readonly [string, string][] = [
  ["link", "Movements that are one movement of value, across assets or ledgers, and who says so."],
  ["confidence", "How sure a link is, from 0 to 1, according to who says so. It is no probability that was measured."],
  [
    "stolen units",
    "Amounts counted in the stolen asset. Across a link the amount changes, and what it stands for does not.",
  ],
];

function wordsOf({ stands, trail }: ReportContext): [string, string][] {
  const own = stands === "coin" ? [] : accountWords;
  return [...words, ...own, ...(trail.links.length === 0 && trail.ledgers.length < 2 ? [] : linkWords)];
}

const accountPlace = { coin: null, account: "" };

/** What ends are called and mean where value stands in coins, in accounts, or in both. */
function endEntries({ stands }: ReportContext): Html[] {
  return endKinds.flatMap((kind) => {
    const inCoins = html`<div><dt>${inlineGlyph(kind)} ${endNames[kind]}</dt><dd>${endSentences[kind]}</dd></div>`;
    const inAccounts = html`<div><dt>${inlineGlyph(kind)} ${endName(kind, accountPlace)}</dt>
<dd>${stands === "both" ? "In accounts: " : ""}${accountEndSentences[kind]}</dd></div>`;
    if (stands === "coin") return [inCoins];
    return stands === "account" ? [inAccounts] : [inCoins, inAccounts];
  });
}

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
  const meanings = wordsOf(context).map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`);
  return html`<section id="glossary"><h2>Glossary</h2>
<h3>Rules</h3><p>Once stolen and clean value are mixed, nothing in a ledger tells their units apart; a rule
  decides.</p><dl>${entries}</dl>
<h3>Ends</h3><dl>${endEntries(context)}</dl>
<h3>Words</h3><dl>${meanings}</dl>
</section>`;
}
