import type { HtmlNode } from "./html-node.ts";
import { normaliseBlock } from "./normalise-block.ts";

/** What JSON-LD says of the article on a page (schema.org `Article` and its kinds). */
export interface LinkedArticle {
  readonly headline: string | null;
  readonly author: string | null;
  readonly publisher: string | null;
  readonly source: string | null;
  readonly published: string | null;
  readonly language: string | null;
}

const unitsMax = 1_000_000;
const depthMax = 6;
const nodesMax = 2_000;

type Fields = Readonly<Record<string, unknown>>;

/** The first article among the scripts of a page; what is not JSON is passed over. Nothing is run. */
export function linkedArticle(scripts: readonly HtmlNode[]): LinkedArticle | null {
  for (const script of scripts) {
    const text = (script.textContent ?? "").replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[)|(?:-->|\/\/\s*\]\]>)\s*$/gu, "");
    if (text.length > unitsMax) continue;
    const article = findArticle(parsed(text));
    if (article !== null) return article;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function findArticle(root: unknown): LinkedArticle | null {
  const waiting: [unknown, number][] = [[root, 0]];
  for (let seen = 0; waiting.length > 0 && seen < nodesMax; seen++) {
    const [node, depth] = waiting.shift() as [unknown, number];
    if (typeof node !== "object" || node === null || depth > depthMax) continue;
    if (!Array.isArray(node) && isArticle(node as Fields)) return articleOf(node as Fields);
    for (const child of Array.isArray(node) ? node : [(node as Fields)["@graph"], (node as Fields).mainEntity])
      waiting.push([child, depth + 1]);
  }
  return null;
}

function isArticle(fields: Fields): boolean {
  const types = [fields["@type"]].flat();
  return types.some((type) => typeof type === "string" && /(?:Article|BlogPosting|Report)$/u.test(type));
}

function articleOf(fields: Fields): LinkedArticle {
  return {
    headline: textOf(fields.headline ?? fields.name),
    author: namesOf(fields.author ?? fields.creator),
    publisher: namesOf(fields.publisher),
    source: namesOf(fields.sourceOrganization ?? fields.creditText),
    published: textOf(fields.datePublished),
    language: textOf(fields.inLanguage),
  };
}

function textOf(value: unknown): string | null {
  const text = typeof value === "string" ? normaliseBlock(value) : "";
  return text === "" ? null : text;
}

/** A name, a thing with a name, or several of them. */
function namesOf(value: unknown): string | null {
  const names = [value]
    .flat()
    .slice(0, 20)
    .map((one) => textOf(typeof one === "object" && one !== null ? (one as Fields).name : one))
    .filter((name): name is string => name !== null && !/^https?:/iu.test(name));
  return names.length === 0 ? null : names.join(", ");
}
