import type { Block, BlockKind } from "../claims/documents/document.ts";
import {
  type ClaimsReportContext,
  type DocumentInReport,
  documentAnchor,
  placeAnchor,
} from "./claims-report-context.ts";
import { claimsReportLimits } from "./claims-report-input.ts";
import { type Mark, markText } from "./claims-report-marks.ts";
import { timeWords } from "./claims-report-wording.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import { count, wholeNumber } from "./wording.ts";

/** The documents with their kept text, in which everything that the sections before it mentioned is marked. */
export function documentsSection(context: ClaimsReportContext): Html {
  let room: number = claimsReportLimits.textMax;
  const articles = context.documents.map((one) => {
    const isWhole = one.points.length <= room;
    room = Math.max(0, room - one.points.length);
    return documentArticle(one, isWhole);
  });
  return html`<section id="documents"><h2>The documents</h2>
<p class="note">The kept text of each document. <mark class="said">What is said</mark> is marked,
<mark class="figure">figures</mark> are underlined, and <mark class="proof">names and words that prove a line</mark> are
dotted; the small numbers behind a mark lead back to the claims that rest on it. What stands around the story (teasers,
captions, the site’s own text) is folded, and is not read.</p>
${articles}</section>`;
}

function documentArticle(one: DocumentInReport, isWhole: boolean): Html {
  const { document, number } = one;
  const id = documentAnchor(number);
  const lang = document.language === "und" ? "" : document.language;
  const title = document.title === null ? html`<span class="none">no title</span>` : outside(document.title);
  return html`<article class="document" id="${id}" aria-labelledby="${id}-title"><h3 id="${id}-title" dir="auto"
lang="${lang}"><small>D${number}</small> ${title}</h3>
${facts(one)}
${unreadNote(one)}
<div class="text" lang="${lang}">${textOf(one, isWhole)}</div></article>`;
}

const formatNames = { text: "plain text", html: "web page", markdown: "Markdown", pdf: "PDF" } as const;

function facts({ document }: DocumentInReport): Html {
  const { outlet, author, credit, published, source, sha256, capturedAt, format, words, language, encoding } = document;
  const none = (what: string) => html`<span class="none">${what}</span>`;
  const time =
    published === null
      ? none("no time of publication was found")
      : html`${timeWords(published)} <small>(to the ${published.precision}; read from
${basisNames[published.basis]})</small>`;
  const replaced =
    encoding.replaced === 0
      ? ""
      : `; ${count(encoding.replaced, "character")} could not be decoded and stand as U+FFFD`;
  const rows: [string, HtmlValue][] = [
    [
      "Outlet",
      outlet === null
        ? none("not named")
        : html`${outside(outlet.name)}${
            outlet.family === null || outlet.family === outlet.name ? null : html`, of ${outside(outlet.family)}`
          }`,
    ],
    ["Author", author === null ? none("not named") : outside(author)],
    ...(credit === null ? [] : [["Credits", outside(credit)] as [string, HtmlValue]]),
    ["Published", time],
    ["Address", html`<span class="address">${outside(source)}</span>`],
    ["Kept", `${capturedAt}, ${formatNames[format]}, ${count(words, "word")} of the story${replaced}`],
    ["Language", language === "und" ? none("cannot be told") : language],
    ["SHA-256", html`<code>${sha256}</code>`],
  ];
  const entries = rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return html`<dl class="facts-of">${entries}</dl>`;
}

const basisNames = {
  "json-ld": "the page’s data",
  meta: "the page’s data",
  "time-element": "the page",
  "front-matter": "the file’s head",
  text: "the text",
} as const;

function unreadNote({ document, marked }: DocumentInReport): Html | null {
  if (!document.analysed) {
    return html`<p class="unread-note">Not analysed: only English is read. The document is kept, and nothing in it
counts
anywhere in this report.</p>`;
  }
  return marked.size > 0 ? null : html`<p class="note">Nothing in this document is mentioned above.</p>`;
}

const unreadKinds: ReadonlySet<BlockKind> = new Set(["caption", "teaser", "boilerplate"]);

const unreadNames: Partial<Readonly<Record<BlockKind, readonly [string, string]>>> = {
  caption: ["caption of a picture", "captions of pictures"],
  teaser: ["teaser of another story", "teasers of other stories"],
  boilerplate: ["piece of the site’s own text", "pieces of the site’s own text"],
};

interface Printed {
  readonly block: Block;
  readonly marks: readonly Mark[];
}

function textOf(one: DocumentInReport, isWhole: boolean): Html[] {
  const { document } = one;
  const printed = blocksWithMarks(one);
  const parts: Html[] = [];
  for (let at = 0; at < printed.length; ) {
    const first = printed[at]!;
    const isFolded = ({ block, marks }: Printed) => unreadKinds.has(block.kind) && marks.length === 0;
    const isLeftOut = ({ marks }: Printed) => !isWhole && marks.length === 0;
    const test = isLeftOut(first) ? isLeftOut : isFolded(first) ? isFolded : null;
    if (test === null) {
      parts.push(blockPart(one, first));
      at += 1;
      continue;
    }
    let end = at;
    while (end < printed.length && test(printed[end]!)) end += 1;
    const run = printed.slice(at, end);
    parts.push(isLeftOut(first) ? leftOut(run) : foldedPart(one, run));
    at = end;
  }
  if (document.blocks.length === 0) parts.push(html`<p class="none">No text.</p>`);
  return parts;
}

function leftOut(run: readonly Printed[]): Html {
  const characters = run.reduce((sum, { block }) => sum + block.end - block.start, 0);
  return html`<p class="left-out">[${count(run.length, "block")} with ${wholeNumber(characters)} characters, in which
nothing is marked, are left out: the page holds ${wholeNumber(claimsReportLimits.textMax)} characters of text.]</p>`;
}

function foldedPart(one: DocumentInReport, run: readonly Printed[]): Html {
  const kinds = [...new Set(run.map(({ block }) => block.kind))];
  const what = kinds.map((kind) => {
    const [name, many] = unreadNames[kind]!;
    return count(run.filter(({ block }) => block.kind === kind).length, name, many);
  });
  return html`<details class="not-read"><summary>Not read: ${what.join(", ")}</summary>${run.map((printed) =>
    blockPart(one, printed),
  )}</details>`;
}

function blockPart({ points }: DocumentInReport, { block, marks }: Printed): Html {
  const text = markText(points, block, marks, claimsReportLimits.stretchMax);
  const { kind } = block;
  if (kind === "title" || kind === "heading") return html`<p class="${kind}" dir="auto"><b>${text}</b></p>\n`;
  if (kind === "paragraph") return html`<p dir="auto">${text}</p>\n`;
  const name = unreadKinds.has(kind) ? html`<small class="block-kind">${kind}, not read</small> ` : null;
  return html`<p class="${kind}" dir="auto">${name}${text}</p>\n`;
}

/** Each block with the marks in it; a mark that begins between two blocks begins with the second. */
function blocksWithMarks({ document, number, marked }: DocumentInReport): Printed[] {
  const spans = [...marked.values()].sort((a, b) => a.start - b.start || b.end - a.end);
  const backs = backLinks(spans);
  const { blocks } = document;
  const perBlock = blocks.map((): Mark[] => []);
  let first = 0;
  for (const [i, span] of spans.entries()) {
    while (first + 1 < blocks.length && blocks[first]!.end < span.start) first += 1;
    for (let at = first; at < blocks.length; at++) {
      const block = blocks[at]!;
      if (at > first && block.start >= span.end) break;
      const start = at === first ? Math.max(span.start, block.start) : span.start;
      const end = Math.max(span.end, start);
      perBlock[at]!.push({ start, end, id: placeAnchor(number, span), kind: span.kind, after: backs[i]! });
    }
  }
  return blocks.map((block, at) => ({ block, marks: perBlock[at]! }));
}

type MarkedSpan = DocumentInReport["marked"] extends Map<string, infer Value> ? Value : never;

const backsMax = 12;

/** The ways back behind each mark: not those that a wider mark around it has already. */
function backLinks(spans: readonly MarkedSpan[]): HtmlValue[] {
  const around: MarkedSpan[] = [];
  return spans.map((span) => {
    while (around.length > 0 && around.at(-1)!.end < span.end && around.at(-1)!.end <= span.start) around.pop();
    const wider = around.filter((one) => one.start <= span.start && one.end >= span.end);
    around.push(span);
    const own = [...span.mentions.values()].filter(({ id }) => !wider.some((one) => one.mentions.has(id)));
    if (own.length === 0) return null;
    const links = own.slice(0, backsMax).map(({ id, name }, i) => {
      const back = `back to ${name}`;
      const link = html`<a href="#${id}" title="${back}" aria-label="${back}">${shortName(name)}</a>`;
      return html`${i === 0 ? "" : " "}${link}`;
    });
    const more = own.length > backsMax ? ` and ${own.length - backsMax} more` : "";
    return html`<sup class="back">${links}${more}</sup>`;
  });
}

const shortName = (name: string): string => `↑${name.replace(/^claim /u, "")}`;
