import { accountPictureRules } from "./flow-style.ts";
import { type Html, html, outside } from "./html.ts";
import { pageHead } from "./page-head.ts";
import { agreementSection } from "./report-agreement.ts";
import { assumptionsSection } from "./report-assumptions.ts";
import { type ReportContext, reportContext } from "./report-context.ts";
import { endsSection } from "./report-ends.ts";
import { glossarySection } from "./report-glossary.ts";
import type { ReportInput } from "./report-input.ts";
import { linksSection } from "./report-links.ts";
import { movementsSection } from "./report-movements.ts";
import { notFollowedSection } from "./report-not-followed.ts";
import { pictureSection } from "./report-picture.ts";
import { rerunSection } from "./report-rerun.ts";
import { seededText, storySection } from "./report-story.ts";
import { accountReportRules, reportStyle } from "./report-style.ts";
import { totalsSection } from "./report-totals.ts";
import { listed } from "./wording.ts";

const contents: readonly [string, string][] = [
  ["story", "In words"],
  ["picture", "Picture"],
  ["links", "Links"],
  ["totals", "Totals"],
  ["agreement", "Agreement"],
  ["assumptions", "Assumptions"],
  ["ends", "Ends"],
  ["not-followed", "Not followed"],
  ["movements", "Movements"],
  ["rerun", "Run it again"],
  ["glossary", "Glossary"],
];

/**
 * The report of a trail: one HTML page that holds everything it shows, without script and without network.
 * A pure function: the same input gives the same bytes. Text from outside is escaped, and characters that cannot be
 * seen are shown (see `visibleText`).
 */
export function reportHtml(input: ReportInput): string {
  const context = reportContext(input);
  const title = titleText(context);
  const isPlain = context.stands === "coin" && context.trail.links.length === 0 && context.trail.ledgers.length < 2;
  const links = linksSection(context);
  const assumptions = assumptionsSection(context);
  const absent = [links === null ? "links" : "", assumptions === null ? "assumptions" : ""];
  const listedHere = contents.filter(([id]) => !absent.includes(id));
  const style = isPlain ? reportStyle : `${reportStyle}${accountPictureRules}${accountReportRules}`;
  const page = html`${pageHead(title, style)}
<body>
<header><p class="brand">Spoor · report of a trail</p><h1>${title}</h1>
${subtitle(context)}
<p class="guilt">A trail shows where value went. It does not show who is guilty.</p>
<nav aria-label="Contents"><ul>${listedHere.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
</header>
<main>
${storySection(context)}
${pictureSection(context)}
${links === null ? null : html`${links}\n`}${totalsSection(context)}
${agreementSection(context)}
${assumptions === null ? null : html`${assumptions}\n`}${endsSection(context)}
${notFollowedSection(context)}
${movementsSection(context)}
${rerunSection(context)}
${glossarySection(context)}
</main>
<footer><p>A trail shows where value went, not who is guilty. Names stand here only as somebody’s statement, with its
  source.</p><p>Trail <code>${context.trail.id}</code></p></footer>
</body>
</html>
`;
  return String(page);
}

function titleText(context: ReportContext): string {
  const { trail, labels } = context;
  const amounts = listed(labels.map((label) => seededText(context, label)));
  return `Where ${amounts === "" ? "the value" : amounts} ${trail.direction === "forward" ? "went" : "came from"}`;
}

function subtitle({ trail, labels }: ReportContext): Html {
  const names = labels.map((label, i) => html`${i === 0 ? "" : ", "}“${outside(label)}”`);
  const ledgers = trail.ledgers.map(
    ({ name, network, snapshot, partial }) =>
      html`<span>${outside(name)} (${outside(network)}${partial ? ", partial" : ""})${
        snapshot.height === null ? null : ` at block ${snapshot.height}`
      }</span>`,
  );
  return html`<p class="facts"><span>${names}</span>${ledgers}<span>${trail.direction}</span>
<span class="status ${trail.status}">${trail.status}</span></p>`;
}
