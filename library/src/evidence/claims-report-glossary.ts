import { credibilities, reliabilities } from "../claims/grades/admiralty.ts";
import { sample } from "./claims-report-lineage-figure.ts";
import { bases, basisWords } from "./claims-report-wording.ts";
import { type Html, html } from "./html.ts";

const words: readonly [string, string][] = [
  [
    "claim",
    "What is said, by whoever says it, in one or more documents. That it stands here says nothing of its truth.",
  ],
  ["position", "One side of a claim: those who allege or state it, or those who deny it. A denial confirms nothing."],
  ["outlet", "A newsroom that carries a position. One that publishes under several names counts once."],
  [
    "access of its own",
    "A party of whom a text says that it had the matter from the origin itself: that it saw the report, or spoke to " +
      "the witness. It still rests on that origin.",
  ],
  [
    "evidential origin",
    "A party on whose own knowledge or document a position rests. Two outlets that quote one report have one origin.",
  ],
  ["unknown origin", "A document does not say whom it has it from. It may be one of the origins named, or another."],
  ["carrier", "A party that passed it on: an agency, another outlet, a broadcaster."],
  ["statement", "Words of a document that say it, with whom the text puts them down to."],
  ["sure", "How sure a proposal is, from 0 to 1. It is a judgement built into the rules, and was not measured."],
];

/** What the words, lines and letters of the report mean. */
export function claimsGlossary(): Html {
  const entry = (name: Html | string, meaning: string) => html`<div><dt>${name}</dt><dd>${meaning}</dd></div>`;
  const scale = (grades: Readonly<Record<string, string>>) =>
    Object.entries(grades).map(([one, meaning]) => entry(one, meaning));
  const lines = bases.map((basis) =>
    entry(html`${sample(basis)} ${basisWords[basis].name}`, `${basisWords[basis].meaning}.`),
  );
  return html`<section id="glossary"><h2>Glossary</h2><h3>Words</h3><dl>${words.map(([name, meaning]) =>
    entry(name, meaning),
  )}</dl>
<h3>Lines of the pictures</h3><dl>${lines}${entry(
    html`${sample("unknown")}
unknown`,
    "the document does not say whom it has it from.",
  )}</dl>
<h3>Grades</h3><p>The Admiralty scale. How far a source can be relied on and how far a piece of information can be
believed
are judged apart: a good source may be wrong, and a bad one right.</p>
<div class="scales"><dl>${scale(reliabilities)}</dl><dl>${scale(credibilities)}</dl></div></section>`;
}
