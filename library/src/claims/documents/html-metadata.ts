import type { Publication } from "./document.ts";
import type { HtmlDocument } from "./html-node.ts";
import { linkedArticle } from "./linked-data.ts";
import { normaliseBlock } from "./normalise-block.ts";
import { readTime } from "./read-time.ts";

/** What a page says of itself to machines. */
export interface HtmlMetadata {
  readonly title: string | null;
  readonly siteName: string | null;
  readonly author: string | null;
  readonly source: string | null;
  readonly published: Publication | null;
  readonly language: string | null;
  readonly address: string | null;
}

const titleNames = ["og:title", "twitter:title", "dc.title", "parsely-title"];
const siteNames = ["og:site_name", "application-name", "dc.publisher"];
const authorNames = ["author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl"];
const sourceNames = ["syndication-source", "original-source", "dc.source", "article:source", "source"];
const timeNames = [
  "article:published_time",
  "og:published_time",
  "datepublished",
  "parsely-pub-date",
  "dc.date.issued",
  "dcterms.issued",
  "dc.date",
  "pubdate",
  "publishdate",
  "publish-date",
  "sailthru.date",
  "publication_date",
  "date",
];

export function htmlMetadata(page: HtmlDocument): HtmlMetadata {
  const meta = metaOf(page);
  const first = (names: readonly string[]) => {
    for (const name of names) {
      const value = meta.get(name);
      if (value !== undefined) return value;
    }
    return null;
  };
  const article = linkedArticle([...page.querySelectorAll('script[type="application/ld+json"]')]);
  const author = first(authorNames);
  const language =
    page.documentElement.getAttribute("lang") ??
    article?.language ??
    first(["og:locale", "content-language", "language"]);
  return {
    title: titleOf(page, [article?.headline ?? null, first(titleNames)], first(siteNames)),
    siteName: first(siteNames) ?? article?.publisher ?? null,
    author: article?.author ?? (author !== null && !/^https?:/iu.test(author) ? author : null),
    source: article?.source ?? first(sourceNames),
    published: publicationOf(
      page,
      article?.published ?? null,
      timeNames.map((name) => meta.get(name)),
    ),
    language: /^[a-z]{2,3}(?=$|[-_])/iu.exec(language ?? "")?.[0].toLowerCase() ?? null,
    address: page.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? first(["og:url"]),
  };
}

function metaOf(page: HtmlDocument): Map<string, string> {
  const meta = new Map<string, string>();
  for (const element of page.querySelectorAll("meta")) {
    const name = element.getAttribute("property") ?? element.getAttribute("name") ?? element.getAttribute("itemprop");
    const content = normaliseBlock(element.getAttribute("content") ?? "");
    if (name !== null && content !== "" && !meta.has(name.toLowerCase())) meta.set(name.toLowerCase(), content);
  }
  return meta;
}

/** The only first-order heading is what readers see; a machine's title often ends with the site's name. */
function titleOf(page: HtmlDocument, said: readonly (string | null)[], siteName: string | null): string | null {
  const element = normaliseBlock(page.querySelector("title")?.textContent ?? "");
  const given = [...said, element].filter((one): one is string => one !== null && one !== "");
  const headings = [...page.querySelectorAll("h1")]
    .map((one) => normaliseBlock(one.textContent ?? ""))
    .filter((one) => one !== "");
  const seen = headings.find((heading) => given.some((one) => one.toLowerCase().includes(heading.toLowerCase())));
  if (seen !== undefined && seen.toLowerCase() !== siteName?.toLowerCase()) return seen;
  const machine = given[0];
  if (machine === undefined) return headings[0] ?? null;
  const parts = machine.split(/\s+[|–—»·-]\s+/u);
  const last = parts.at(-1) ?? "";
  return parts.length > 1 && last.split(" ").length <= 4
    ? machine.slice(0, machine.lastIndexOf(last)).replace(/\s+[|–—»·-]\s+$/u, "")
    : machine;
}

function publicationOf(
  page: HtmlDocument,
  linked: string | null,
  meta: readonly (string | undefined)[],
): Publication | null {
  const times = [...page.querySelectorAll("time[datetime], [itemprop=datePublished][datetime]")].slice(0, 50);
  const marked = times.find(
    (one) => one.getAttribute("itemprop") === "datePublished" || one.getAttribute("pubdate") !== null,
  );
  const candidates: readonly (readonly [string | null | undefined, Publication["basis"]])[] = [
    [linked, "json-ld"],
    ...meta.map((one) => [one, "meta"] as const),
    [marked?.getAttribute("datetime"), "time-element"],
    [page.querySelector("article time[datetime], main time[datetime]")?.getAttribute("datetime"), "time-element"],
    [times.length === 1 ? times[0]?.getAttribute("datetime") : null, "time-element"],
  ];
  for (const [text, basis] of candidates) {
    const time = text === null || text === undefined ? null : readTime(text);
    if (time !== null) return { value: time.value, precision: time.precision, zoned: time.zoned, basis };
  }
  return null;
}
