import type { BlockKind } from "./document.ts";
import { elementNode, type HtmlElement, type HtmlNode, textNode } from "./html-node.ts";
import { normaliseBlock } from "./normalise-block.ts";

/** The attribute that finds an element again after the article was taken out of the page. */
export const stampAttribute = "data-spoor-block";

/** Text between two borders of the page's layout. */
export interface HtmlBlock {
  readonly text: string;
  /** The element that holds it, as stamped; several blocks may share one. */
  readonly stamp: number;
  readonly tag: string;
  /** How much of the text is links, 0 to 1. */
  readonly linkShare: number;
  readonly region: HtmlRegion;
  readonly isByline: boolean;
}

/** Where in the page: `aside` tells of other things, `site` is the site's own. */
export type HtmlRegion = "main" | "aside" | "site" | "caption";

const unread = wordsOf(
  "script style noscript template svg math iframe object embed canvas select option button textarea input",
  "video audio head",
);
const inline = wordsOf(
  "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q ruby rp rt s samp small",
  "span strike strong sub sup time tt u var wbr",
);

function wordsOf(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.join(" ").split(" "));
}

/** A pattern for one of these words in the name of a class. */
function named(...words: string[]): RegExp {
  return new RegExp(String.raw`(?:^|[\s_-])(?:${words.join("|")})(?:$|[\s_-])`, "iu");
}

const teaserName = named(
  "related|recommended|recommendations?|more-?(?:stories|news|posts|on)|most-?(?:read|popular)",
  "read-?(?:next|more|also)|trending|teasers?|promos?|popular|up-?next|also-?read",
);
const siteName = named(
  "nav(?:bar|igation)?|menu|breadcrumbs?|cookies?|consent|newsletter|subscribe|subscription|share|sharing|social",
  "comments?|disqus|advert(?:isement)?s?|ads?|sponsor(?:ed)?|footer|masthead|paywall|tags?|disclaimer",
);
const bylineName = named("byline|author|authors|dateline|timestamp|pub-?date|published|post-date|credit|meta");

interface Place {
  readonly region: HtmlRegion;
  readonly isByline: boolean;
}

/** All visible text of a page in the order of its markup, cut at the borders of blocks. */
export function htmlBlocks(root: HtmlElement): HtmlBlock[] {
  const blocks: HtmlBlock[] = [];
  let pieces: string[] = [];
  let linkedUnits = 0;
  let owner: { element: HtmlElement; stamp: number } | null = null;
  let stamps = 0;
  let ownerPlace: Place = { region: "main", isByline: false };
  const flush = () => {
    const text = normaliseBlock(pieces.join(""));
    if (text !== "" && owner !== null) {
      const { stamp, element } = owner;
      const linkShare = Math.min(1, linkedUnits / text.length);
      blocks.push({ text, stamp, tag: element.localName, linkShare, ...ownerPlace });
    }
    pieces = [];
    linkedUnits = 0;
  };
  // Depth is bounded by `checkHtml`.
  const walk = (
    element: HtmlElement,
    holder: { element: HtmlElement; stamp: number },
    place: Place,
    inLink: boolean,
  ) => {
    for (const child of element.childNodes) {
      if (child.nodeType === textNode) {
        const text = child.textContent ?? "";
        owner = holder;
        ownerPlace = place;
        pieces.push(text);
        if (inLink) linkedUnits += text.trim().length;
      } else if (child.nodeType === elementNode) step(child as HtmlElement, holder, place, inLink);
    }
  };
  const step = (
    element: HtmlElement,
    holder: { element: HtmlElement; stamp: number },
    place: Place,
    inLink: boolean,
  ) => {
    const tag = element.localName;
    if (unread.has(tag) || isHidden(element)) return;
    if (tag === "br") {
      if (pieces.at(-1)?.trim() === "" && pieces.at(-2) === "\n") flush();
      else if (pieces.at(-1) === "\n") flush();
      else pieces.push("\n");
      return;
    }
    if (inline.has(tag)) {
      // Browsers set the marks of quotations that are marked up; without them the quotation would be lost.
      if (tag === "q") pieces.push("“");
      walk(element, holder, place, inLink || tag === "a");
      if (tag === "q") pieces.push("”");
      return;
    }
    const isCell = tag === "td" || tag === "th";
    if (isCell) pieces.push(" ");
    else flush();
    const own = { element, stamp: ++stamps };
    element.setAttribute(stampAttribute, String(own.stamp));
    walk(element, own, placeIn(element, place), inLink);
    if (!isCell) flush();
  };
  step(root, { element: root, stamp: 0 }, ownerPlace, false);
  flush();
  return blocks;
}

function isHidden(element: HtmlElement): boolean {
  if (element.getAttribute("hidden") !== null) return true;
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/iu.test(element.getAttribute("style") ?? "");
}

function placeIn(element: HtmlElement, outer: Place): Place {
  const tag = element.localName;
  const names = `${element.getAttribute("class") ?? ""} ${element.getAttribute("id") ?? ""}`.slice(0, 500);
  const isPart = tag !== "body" && tag !== "html" && tag !== "main" && tag !== "article";
  const isByline = outer.isByline || tag === "address" || (isPart && bylineName.test(names));
  if (outer.region !== "main") return { region: outer.region, isByline };
  if (tag === "figcaption") return { region: "caption", isByline: false };
  if (tag === "nav" || tag === "footer" || tag === "form" || tag === "dialog") return { region: "site", isByline };
  if (tag === "aside" || (isPart && teaserName.test(names))) return { region: "aside", isByline };
  if (isPart && siteName.test(names)) return { region: "site", isByline };
  return { region: "main", isByline };
}

/** The stamps that are found in what was taken out of the page. */
export function stampsIn(content: HtmlElement): Set<number> {
  const stamps = new Set<number>();
  const waiting: HtmlNode[] = [content];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.nodeType !== elementNode) continue;
    const stamp = (node as HtmlElement).getAttribute(stampAttribute);
    if (stamp !== null) stamps.add(Number(stamp));
    for (const child of node.childNodes) waiting.push(child);
  }
  return stamps;
}

export const headingTags: ReadonlySet<string> = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);

/** What the markup says of a block outside of the article. */
export function kindOutside(block: HtmlBlock): BlockKind {
  if (block.region === "caption") return "caption";
  return block.region === "aside" || (block.region === "main" && block.linkShare > 0.5) ? "teaser" : "boilerplate";
}
