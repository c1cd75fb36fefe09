import { Html, html } from "./html.ts";

/** Nothing is fetched and nothing runs: a report that is opened tells nobody, and shows what its bytes say. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * How every page begins.
 * @param style rules of the project's own: they are not escaped
 */
export function pageHead(title: string, style: string): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Html.fromSource(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${Html.fromSource(style)}</style>
</head>`;
}
