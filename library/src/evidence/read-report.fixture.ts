import { expect } from "vitest";
import { readMarkup } from "./markup.fixture.ts";
import { reportHtml } from "./report-html.ts";
import type { ReportInput } from "./report-input.ts";

/** Reads the report of a trail strictly, and checks what must hold of every one. */
export function readReport(input: ReportInput) {
  const page = reportHtml(input);
  expect(page).not.toMatch(/https?:(?!\/\/www\.w3\.org\/2000\/svg)/u);
  return readPage(page);
}

/** Reads a page of any report strictly: well formed, inert, every reference with its target. */
export function readPage(page: string) {
  const { elements, text } = readMarkup(page);
  const names = new Set(elements.map((element) => element.name));
  for (const banned of ["script", "iframe", "object", "embed", "link", "form", "img", "base", "foreignObject"]) {
    expect(names.has(banned)).toBe(false);
  }
  const ids = new Set<string>();
  // One list of complaints, because a page has thousands of attributes to check.
  const wrong: string[] = [];
  for (const { attributes } of elements) {
    const id = attributes.get("id");
    if (id !== undefined && ids.has(id)) wrong.push(`id ${id} twice`);
    if (id !== undefined) ids.add(id);
  }
  for (const { attributes } of elements) {
    for (const [name, value] of attributes) {
      if (/^on|^srcdoc$|^src$|^style$/iu.test(name)) wrong.push(`${name}="${value}"`);
      if (name === "href" && !value.startsWith("#")) wrong.push(`href="${value}"`);
      const refers = name === "href" || name === "for" ? [value.replace(/^#/u, "")] : [];
      if (name === "aria-labelledby") refers.push(...value.split(" "));
      for (const id of refers) if (!ids.has(id)) wrong.push(`${name} refers to ${id}`);
    }
  }
  expect(wrong).toEqual([]);
  const policy = elements.find((element) => element.attributes.get("http-equiv") === "Content-Security-Policy");
  expect(policy?.attributes.get("content")).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/u);
  expect(page).not.toMatch(/url\(|@import/u);
  expect(text).toContain("It does not show who is guilty.");
  return { page, elements, text };
}

/** Texts that somebody may have put into a label, a tag, a name or a symbol. */
export const hostile = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</style><style>body{display:none}</style>`,
  `]]><svg onload=alert(1)>`,
  `javascript:alert(1)`,
  `&lt;script&gt;`,
  `\u202eevil\u2066`,
  `\u0000\u001b[31m\u009b`,
  `zero\u200bwidth\ufeff`,
  `\ud800 half`,
  `x`.repeat(5000),
];
