import { escapeHtml } from "./text-safety.ts";

/** Markup that is finished: only {@link html} makes it, so whatever else reaches a page has been escaped. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** For markup that stands in the source of this room, such as a style sheet; never for text from outside. */
  static fromSource(markup: string): Html {
    return new Html(markup);
  }

  toString(): string {
    return this.#markup;
  }
}

export type HtmlValue = Html | string | number | null | false | readonly HtmlValue[];

function print(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (value === null || value === false) return "";
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? escapeHtml(value) : value.map(print).join("");
}

/** A line of a template may be broken between tags and between words; its indent prints nothing. */
function withoutIndent(part: string): string {
  return part.replace(/(^|.)\n\s*(?=(.|$))/gu, (_, before: string, after: string) =>
    before === "" || after === "" || (before === ">" && after === "<") ? `${before}\n` : `${before} `,
  );
}

/** The parts of a template are the same object each time it runs. */
const printedParts = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * Markup from a template. Strings that are put in are shown (see `visibleText`) and escaped, for content and for
 * quoted attributes alike; lists are joined; null and false print nothing.
 */
export function html(template: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let parts = printedParts.get(template);
  if (parts === undefined) {
    parts = template.map(withoutIndent);
    printedParts.set(template, parts);
  }
  return Html.fromSource(parts.reduce((page, part, i) => page + print(values[i - 1] ?? null) + part));
}

/** Text from outside as an element's content, kept from changing the direction of what stands beside it. */
export function outside(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}
