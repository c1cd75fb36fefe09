import { expect, test } from "vitest";
import { DocumentBinaryError, DocumentMediaTypeError } from "../../errors/claims.ts";
import { recogniseFormat } from "./recognise-format.ts";

const of = (content: string | Buffer, source = "a", mediaType: string | null = null) =>
  recogniseFormat(Buffer.from(content), { source, mediaType });

test.each([
  ["%PDF-1.4", "letter.txt", "text/plain", "pdf"],
  ["junk before\n%PDF-1.4", "a", null, "pdf"],
  ["<p>", "a.HTM", null, "html"],
  ["<p>", "https://news.example/a.html?x=1", null, "html"],
  ["x", "https://news.example/", "text/html; charset=utf-8", "html"],
  ["\ufeff  <!-- x --> <!DOCTYPE html>", "a", null, "html"],
  ["# Head", "a.md", null, "markdown"],
  ["5 < 6", "a", null, "text"],
  ["5 < 6", "a", "application/octet-stream", "text"],
])("%j named %s as %s is %s", (content, source, mediaType, format) => {
  expect(of(content, source, mediaType)).toBe(format);
});

test("HTML in UTF-16 is recognised", () => {
  expect(of(Buffer.from("\ufeff<html>", "utf16le"))).toBe("html");
});

test.each([
  ["PK\u0003\u0004...", "ZIP"],
  ["\u007fELF", "program"],
  ["GIF89a", "GIF"],
  ["{\\rtf1", "Rich Text"],
])("%j is named for what it is", (content, name) => {
  expect(() => of(content, "a.txt")).toThrow(DocumentBinaryError);
  expect(() => of(content, "a.txt")).toThrow(name);
});

test("a media type that is no document is refused, and so is a PDF that is none", () => {
  expect(() => of("{}", "a", "application/json")).toThrow(DocumentMediaTypeError);
  expect(() => of("<html>", "a", "application/pdf")).toThrow(DocumentBinaryError);
});
