import type { EndKind } from "../trace/trail.ts";
import { Html, html } from "./html.ts";

/** Shapes in a box from -8 to 8, so that kinds of ends differ without colour too. */
const shapes: Readonly<Record<EndKind | "seed", string>> = {
  seed: '<path d="M0-7.5 7.5 0 0 7.5-7.5 0Z"/><circle r="2.2" class="hole"/>',
  unspent: '<circle r="6.5"/>',
  exit: '<path d="M-6.5-6.5H.5L7.5 0 .5 6.5H-6.5Z"/>',
  fee: '<path d="M-5.5-3.5H5.5L0 6Z"/>',
  unknown:
    '<circle r="6.7" class="hollow"/><path class="stroke" d="M-2.1-1.6C-2.1-4.4 2.3-4.4 2.3-1.6 2.3.1 0 .1 0 1.7"/>' +
    '<circle cy="3.9" r="1"/>',
  notFollowed: '<path class="hollow dashed" d="M-6.3-6.3H6.3V6.3H-6.3Z"/>',
  mined: '<path d="M0-7.4 6.4-3.7V3.7L0 7.4-6.4 3.7V-3.7Z"/><path class="hole-line" d="M-3 3 3-3M-.4-3.6 3.6.4"/>',
};

/** The mark of a kind of end at a place of a drawing. */
export function glyph(kind: EndKind | "seed", x: number, y: number): Html {
  return html`<g class="glyph ${kind}" transform="translate(${x} ${y})">${Html.fromSource(shapes[kind])}</g>`;
}

/** The same mark in a line of text; the text beside it says what it means. */
export function inlineGlyph(kind: EndKind | "seed"): Html {
  return html`<svg class="mark" viewBox="-8 -8 16 16" width="14" height="14"
    aria-hidden="true">${glyph(kind, 0, 0)}</svg>`;
}
