/*
 * A strict reader of the markup that this room writes: every tag closed where it was opened, every attribute quoted.
 * Browsers forgive much more; a page that passes here leaves them nothing to guess.
 */

export interface Markup {
  readonly elements: readonly { readonly name: string; readonly attributes: ReadonlyMap<string, string> }[];
  /** The text between the tags, entities resolved, style sheets left out. */
  readonly text: string;
}

const empty = new Set(["meta", "input", "br", "link"]);
const openTag = /^<([a-z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*)\s*(\/?)>/u;
const closeTag = /^<\/([a-z][a-zA-Z0-9]*)>/u;
const entity = /&(amp|lt|gt|quot|#39);/gu;
const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

export const resolveEntities = (text: string) => text.replace(entity, (_, name: string) => characters[name]!);

/** @throws Error that says where the markup is broken */
export function readMarkup(markup: string): Markup {
  const elements: Markup["elements"][number][] = [];
  const open: string[] = [];
  const texts: string[] = [];
  let at = markup.startsWith("<!doctype html>") ? "<!doctype html>".length : 0;
  const fail = (why: string) => new Error(`${why} at ${at}: ${markup.slice(at, at + 80)}`);
  while (at < markup.length) {
    const next = markup.indexOf("<", at);
    const text = markup.slice(at, next < 0 ? markup.length : next);
    const isStyle = open.at(-1) === "style";
    if (!isStyle) {
      if (text.includes(">")) throw fail("a bare >");
      if (text.replace(entity, "").includes("&")) throw fail("a bare &");
      texts.push(resolveEntities(text));
    }
    if (next < 0) break;
    at = next;
    const rest = markup.slice(at, at + 20_000);
    const closed = closeTag.exec(rest);
    if (closed !== null) {
      const expected = open.pop();
      if (expected !== closed[1]) throw fail(`</${closed[1]}> closes <${expected}>`);
      at += closed[0].length;
      continue;
    }
    const opened = openTag.exec(rest);
    if (opened === null || isStyle) throw fail("not a tag");
    const attributes = new Map<string, string>();
    for (const [, name, value] of opened[2]!.matchAll(/([a-zA-Z:-]+)(?:="([^"]*)")?/gu)) {
      if (attributes.has(name!)) throw fail(`${name} twice`);
      attributes.set(name!, resolveEntities(value ?? ""));
    }
    elements.push({ name: opened[1]!, attributes });
    if (opened[3] === "" && !empty.has(opened[1]!)) open.push(opened[1]!);
    at += opened[0].length;
  }
  if (open.length > 0) throw fail(`never closed: ${open.join(" ")}`);
  return { elements, text: texts.join("") };
}
