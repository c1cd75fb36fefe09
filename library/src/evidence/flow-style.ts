/** Colours that readers with any kind of colour vision tell apart (after Okabe and Ito, 2008), light and dark. */
const light =
  "--ink:#1d2330;--soft:#5a6372;--line:#d6d9df;--paper:#fff;" +
  "--l0:#b5432a;--l1:#0a6aa8;--l2:#0b8263;--l3:#8a4f9e;--l4:#9a7300;--l5:#6b7280;" +
  "--exit:#0a6aa8;--unspent:#0b7a5c;--unknown:#6d5a8c;--held:#8a5a00;--mined:#7a5c10";
const dark =
  "--ink:#e8eaee;--soft:#a3abb9;--line:#3a4150;--paper:#14171d;" +
  "--l0:#f0876a;--l1:#62b5ee;--l2:#45c9a3;--l3:#cf9ae0;--l4:#e0bb4a;--l5:#a6aebb;" +
  "--exit:#62b5ee;--unspent:#4fcfa6;--unknown:#b7a4d8;--held:#e6b35c;--mined:#d9bb62";

/** Rules of the picture alone, without colours. */
export const pictureRules = `
svg.flow{font-family:ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif;font-size:12px;fill:var(--ink)}
svg.flow text{font-variant-numeric:tabular-nums}
.flow .head{font-size:12.5px;font-weight:600;fill:var(--soft);letter-spacing:.02em}
.flow .grid path{stroke:var(--line);stroke-dasharray:1 5;fill:none}
.flow .ribbon path{fill-opacity:.36;stroke:none}
.flow .ribbon:hover path{fill-opacity:.75}
${[0, 1, 2, 3, 4, 5].map((i) => `.flow .l${i},.key .l${i}{fill:var(--l${i})}`).join("")}
.flow .bar{stroke:none}
.flow .stack{fill:none;stroke:var(--soft);stroke-width:1.2;stroke-dasharray:3 2}
.flow .name{font-size:11px;paint-order:stroke;stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round}
.flow .name .number{font-weight:650}
.flow .name .id,.flow .kind{fill:var(--soft)}
.flow .name .id{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:10px}
.flow .outside .name{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:11.5px;stroke:none}
.flow .outside .name.tagged{font-family:inherit;font-weight:650;font-size:12.5px}
.flow .amount{font-size:11.5px}
.flow .isolate{unicode-bidi:isolate}
.flow .fee-mark path{fill:var(--soft);stroke:var(--soft);stroke-width:1}
.flow .axis path{stroke:var(--soft);fill:none}
.flow .axis text{font-size:11px;fill:var(--ink)}.flow .axis .note{fill:var(--soft)}
.flow .scale rect{fill:var(--soft)}.flow .scale text{font-size:11px;fill:var(--soft)}
.flow a:focus-visible{outline:2px solid var(--l1);outline-offset:2px}
.flow a:hover .name{text-decoration:underline}
.glyph{fill:var(--ink)}.glyph .hole{fill:var(--paper)}.glyph .hole-line{stroke:var(--paper);stroke-width:1.6;fill:none}
.glyph .hollow{fill:none;stroke:currentColor;stroke-width:1.5}
.glyph .stroke{fill:none;stroke:currentColor;stroke-width:1.6}
.glyph .dashed{stroke-dasharray:3 2}
.glyph.unspent{fill:var(--unspent)}.glyph.exit{fill:var(--exit)}
.glyph.mined{fill:var(--mined)}.glyph.seed{fill:var(--l0)}
.glyph.unknown{fill:var(--unknown);color:var(--unknown)}
.glyph.notFollowed{color:var(--held)}.glyph.fee{fill:var(--soft)}
`;

const backColours = [0, 1, 2, 3, 4, 5]
  .map((i) => `.flow .l${i}.back path{stroke:var(--l${i})}.flow .l${i}.back .arrow{fill:var(--l${i})}`)
  .join("");

/** What only pictures with accounts or with several ledgers need. */
export const accountPictureRules = `
.flow .lane rect{fill:var(--ink);fill-opacity:.035}.flow .lane rect.odd{fill-opacity:.065}
.flow .lane text{font-size:12.5px;font-weight:650}.flow .lane .kind{font-weight:400}
.flow .account .name.tagged{font-weight:650}.flow .unit{fill:var(--soft);font-size:10px}
.flow .ribbon.linked path{fill-opacity:.16;stroke:var(--soft);stroke-width:1.2;stroke-dasharray:5 3}
.flow .ribbon.linked:hover path{fill-opacity:.5}
.flow .link-notes text,.flow .back text{font-size:10px;fill:var(--soft);paint-order:stroke;stroke:var(--paper);
stroke-width:3px;stroke-linejoin:round}
.flow .back text{text-anchor:middle;stroke-width:3px}
.flow .back path{fill:none;stroke-opacity:.4}.flow .back .arrow{stroke:none;fill-opacity:.8}
.flow .back:hover path{stroke-opacity:.85}.flow .back.linked path{stroke-dasharray:5 3}
${backColours}
.flow .scale-note{font-size:11px;fill:var(--soft)}
`;

export const colours = { light, dark };

/** The style of a picture that stands alone. */
export const pictureStyle = (isPlain: boolean): string => `svg.flow{${light};background:var(--paper)}
@media (prefers-color-scheme:dark){svg.flow{${dark}}}${pictureRules}${isPlain ? "" : accountPictureRules}`;
