import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { DocumentTooLargeError, DocumentUnreadableError } from "../../errors/claims.ts";
import { checkHtml } from "./check-html.ts";
import type { BlockKind } from "./document.ts";
import { type HtmlBlock, headingTags, htmlBlocks, kindOutside, stampsIn } from "./html-blocks.ts";
import { type HtmlMetadata, htmlMetadata } from "./html-metadata.ts";
import type { HtmlDocument, HtmlElement } from "./html-node.ts";
import { documentLimits } from "./limits.ts";
import { countWords, lineShape } from "./line-shape.ts";
import type { RawBlock } from "./mark-blocks.ts";

/** With fewer words than this, what was found is a notice and not the article. */
const articleWordsMin = 25;
/** Running text inside the article's borders that the extraction left out. */
const readmittedWordsMin = 12;
const readmittedLinkShareMax = 0.3;
/** An entry of a list that is a link through and through leads to another story. */
const teaserLinkShareMin = 0.8;

export interface ReadHtml {
  readonly metadata: HtmlMetadata;
  readonly blocks: RawBlock[];
}

/**
 * Reads a page: what it says of itself, and its text in blocks, with a hint where the markup tells what one is. Scripts
 * are not run and nothing is loaded.
 * @throws DocumentTooLargeError, DocumentUnreadableError
 */
export function readHtml(html: string, source: string): ReadHtml {
  checkHtml(html, source);
  try {
    const page = parse(html);
    const metadata = htmlMetadata(page);
    const blocks = htmlBlocks(page.documentElement);
    const { blocksMax } = documentLimits;
    if (blocks.length > blocksMax)
      throw new DocumentTooLargeError({ source, limit: "blocksMax", max: blocksMax, unit: "paragraphs" });
    return { metadata, blocks: hintBlocks(blocks, articleStamps(page), metadata.title) };
  } catch (error) {
    if (error instanceof DocumentTooLargeError) throw error;
    throw new DocumentUnreadableError({ source, why: error instanceof Error ? error.message : String(error) }, error);
  }
}

function parse(html: string): HtmlDocument {
  // The parser makes no html and body where they are left out, as the standard allows.
  const whole = /<html[\s>]/iu.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
  return parseHTML(whole).document as unknown as HtmlDocument;
}

/** Which elements belong to the article, by Readability; the page is used up by it. */
function articleStamps(page: HtmlDocument): Set<number> {
  type Page = ConstructorParameters<typeof Readability>[0];
  const reader = new Readability<HtmlElement>(page as unknown as Page, {
    serializer: (node) => node as unknown as HtmlElement,
    disableJSONLD: true,
    maxElemsToParse: documentLimits.htmlElementsMax,
  });
  const content = reader.parse()?.content;
  return content === null || content === undefined ? new Set() : stampsIn(content);
}

function hintBlocks(blocks: readonly HtmlBlock[], stamps: ReadonlySet<number>, title: string | null): RawBlock[] {
  const taken = blocks.filter((block) => stamps.has(block.stamp));
  const inMain = wordsOf(taken.filter((block) => block.region === "main"));
  // Names of classes mislead where the whole story stands in an element that is called "popular".
  const isNamedWrongly = inMain < wordsOf(taken) / 2;
  const found = blocks.map((block) => stamps.has(block.stamp) && (isNamedWrongly || isOfStory(block)));
  const isFound = wordsOf(blocks.filter((_, at) => found[at] === true)) >= articleWordsMin;
  const inArticle = isFound ? found : blocks.map((block) => block.region === "main");
  const key = title?.toLowerCase() ?? null;
  const titleAt = pickTitle(blocks, key);
  const last = inArticle.lastIndexOf(true);
  const hinted = blocks.map((block, at): RawBlock => {
    const { text } = block;
    if (at === titleAt) return { text, hint: "title" };
    if (
      block.isByline &&
      !headingTags.has(block.tag) &&
      block.region !== "aside" &&
      countWords(text) <= 25 &&
      !lineShape(text).isProse
    )
      return { text, hint: "byline" };
    const isBetween = at > Math.max(titleAt, 0) && at < last;
    if (inArticle[at] === true || (isFound && isBetween && isLeftOut(block))) return { text, hint: kindInside(block) };
    return { text, hint: kindOutside(block) };
  });
  if (titleAt < 0 && title !== null) hinted.unshift({ text: title, hint: "title" });
  return hinted;
}

function wordsOf(blocks: readonly HtmlBlock[]): number {
  return blocks.reduce((sum, { text }) => sum + countWords(text), 0);
}

function isOfStory({ region }: HtmlBlock): boolean {
  return region === "main" || region === "caption";
}

/** A page names its title several times: in its way through the site, in its heading; a heading is preferred. */
function pickTitle(blocks: readonly HtmlBlock[], key: string | null): number {
  if (key === null) return -1;
  const same = (block: HtmlBlock) => block.text.toLowerCase() === key && block.region !== "aside";
  const heading = blocks.findIndex((block) => same(block) && headingTags.has(block.tag));
  return heading >= 0 ? heading : blocks.findIndex((block) => same(block) && block.linkShare < 0.5);
}

function isLeftOut(block: HtmlBlock): boolean {
  if (block.region !== "main" || block.linkShare > readmittedLinkShareMax) return false;
  const shape = lineShape(block.text);
  return shape.isProse && !shape.breaksOff && shape.words >= readmittedWordsMin;
}

function kindInside(block: HtmlBlock): BlockKind | null {
  if (block.region === "caption") return "caption";
  if (headingTags.has(block.tag)) return "heading";
  const shape = lineShape(block.text);
  if (block.linkShare >= teaserLinkShareMin && shape.words >= 3) return "teaser";
  return block.linkShare < 0.5 && shape.isProse ? "paragraph" : null;
}
