import { rules } from "../trace/rule.ts";
import { colours, pictureRules } from "./flow-style.ts";

const more = {
  light: "--page:#f7f7f5;--card:#fff;--head:#f0f1f3;--good:#0b7a5c;--bad:#b00020;--mark:#fff3cf;--edge:#0003",
  dark: "--page:#0f1216;--card:#14171d;--head:#1d222b;--good:#4fcfa6;--bad:#ff8a80;--mark:#3b3417;--edge:#fff3",
};

const mono = 'ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace';

const base = `
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);
font:16px/1.55 ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif}
header,main,footer{max-width:1240px;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.2rem}
h1,h2{font-family:ui-serif,Georgia,"Noto Serif","DejaVu Serif",serif;font-weight:600;line-height:1.2;text-wrap:balance}
h1{font-size:clamp(1.5rem,1rem + 2.4vw,2.5rem);margin:.1em 0 .35em;overflow-wrap:anywhere}
h2{font-size:1.45rem;margin:0 0 .7rem}
h3{font-size:1rem;margin:1.4rem 0 .4rem}
p,ul.plain{max-width:78ch}
a{color:var(--l1)}
.brand{margin:0;color:var(--soft);font-size:.85rem;letter-spacing:.04em}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:.2rem 0 1rem;color:var(--soft);overflow-wrap:anywhere}
.status{font-weight:650}.status.complete{color:var(--good)}.status.bounded{color:var(--held)}
.guilt{border-left:4px solid var(--l4);background:var(--mark);padding:.55rem .9rem;margin:1rem 0;font-weight:600}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;padding:0;margin:0 0 1.4rem}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;
padding:1.4rem 1.5rem 1.5rem;margin:0 0 1.3rem}
.told{display:grid;grid-template-columns:minmax(0,1fr) 17.5rem;gap:1.5rem 2.5rem;align-items:start}
.told p:first-child{margin-top:0}.told p,.told ul{max-width:none}
.figures{margin:0;padding:.2rem 1.1rem;background:var(--head);border-radius:8px}
.figures div{display:block;padding:.6rem 0}.figures div:first-child{border-top:0}
.figures dt{font-weight:400;color:var(--soft);font-size:.85rem}
.figures dd{font-weight:650;font-variant-numeric:tabular-nums}
ul.plain{padding-left:1.15rem;margin:.4rem 0 1rem}ul.plain li{margin:.3rem 0}
code{font-family:${mono};font-size:.86em;overflow-wrap:anywhere}
pre{background:var(--head);border-radius:6px;padding:.8rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere}
.note,figcaption{color:var(--soft);font-size:.9rem}
.why{display:block;color:var(--soft);font-size:.95em;font-weight:400}
footer{color:var(--soft);font-size:.9rem;padding-bottom:3rem;overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--l1);outline-offset:2px}
dl{margin:.4rem 0 1.2rem}
dl div{display:grid;grid-template-columns:9.5rem 1fr;gap:.2rem 1rem;
padding:.28rem 0;border-top:1px solid var(--line)}
dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
`;

/**
 * A shadow at an edge beyond which there is more to scroll to. The first two layers move with what is scrolled and
 * cover the other two, which stay, once an end is reached.
 */
const edgeShadows = [
  "background:linear-gradient(to right,var(--card) 40%,transparent) left/3rem 100% no-repeat local",
  "linear-gradient(to left,var(--card) 40%,transparent) right/3rem 100% no-repeat local",
  "linear-gradient(to right,var(--edge),transparent) left/1rem 100% no-repeat scroll",
  "linear-gradient(to left,var(--edge),transparent) right/1rem 100% no-repeat scroll",
].join(",");

const tables = `
.scroll{overflow-x:auto;margin:0 0 1.1rem;${edgeShadows}}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4;margin:0 0 1.1rem}
.scroll table{margin:0}
caption{text-align:left;font-weight:600;padding:.2rem 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.42rem .6rem;border-top:1px solid var(--line)}
thead th{background:var(--head);border-top:0;font-weight:600;vertical-align:bottom}
thead small{display:block;font-weight:400;color:var(--soft)}
tbody th{font-weight:500}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.number small{color:var(--soft);white-space:normal}
td.number{font-family:${mono};font-size:.8rem}
.none{color:var(--soft)}
.count{color:var(--soft);font-variant-numeric:tabular-nums}
.line,.account,.coin,.tag,.ledger{display:block}
.account,.coin,.hash code{overflow-wrap:anywhere}
.coin{color:var(--soft);font-size:.74rem;line-height:1.35}
.tag{font-weight:650}.tag small{font-weight:400;color:var(--soft)}
p .tag,li .tag{display:inline}.why .tag{display:inline}
.kind{white-space:nowrap}
.mark{vertical-align:-2px}
.place{min-width:13rem}
.hash{min-width:16rem}
.strong td,.strong th{font-weight:700}
.totals .law{text-align:right;font-size:.76rem;color:var(--soft);min-width:7.2rem}
.totals tfoot td,.totals tfoot th{border-top:2px solid var(--line)}
.totals tbody th,.totals tfoot th{position:sticky;left:0;background:var(--card);white-space:nowrap}
.check{text-align:right}.check.good{color:var(--good)}.check.bad{color:var(--bad);font-weight:700}
.movements .head th{background:var(--head);font-weight:500;overflow-wrap:anywhere}
.wide td.number{padding-left:.35rem;padding-right:.35rem;font-size:.74rem}
.wide th.number{padding-left:.35rem;padding-right:.35rem;font-size:.8rem}
:target>td,:target>tr>*{background:var(--mark)}
tr:target>td{background:var(--mark)}
.range{overflow:visible}.range .whole{stroke:var(--line);stroke-width:2}.range .part{stroke:var(--l1);stroke-width:3}
.range circle{fill:var(--l1);stroke:var(--card);stroke-width:1.2}
@media (max-width:1000px){
header,main,footer{padding-left:.7rem;padding-right:.7rem}
section{padding:1rem .85rem 1.1rem}
dl div{grid-template-columns:1fr;gap:0}
.told{grid-template-columns:minmax(0,1fr)}
.cards,.cards tbody,.cards tr,.cards td,.cards th,.cards caption{display:block;width:100%}
.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cards tr{border-top:2px solid var(--line);padding:.4rem 0}
.cards td,.cards th{border:0;padding:.14rem 0;text-align:left;min-width:0;white-space:normal}
.cards td[data-head]{display:flex;gap:.8rem;justify-content:space-between}
.cards td.number[data-head]>span{text-align:right}
.cards td[data-head]::before{content:attr(data-head);color:var(--soft);
font-family:ui-sans-serif,system-ui,sans-serif;font-size:.8rem;flex:none}
.cards td.place[data-head]{display:block}.cards td.place[data-head]::before{content:none}
.cards .head th{padding:.5rem}
.cards td.number{font-size:.8rem}
}
`;

const pictures = `
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.9rem;max-width:none}
fieldset.pictures{border:0;padding:0;margin:0;min-width:0}
fieldset.pictures legend{padding:0;color:var(--soft);font-size:.85rem}
fieldset.pictures>input{position:absolute;opacity:0;pointer-events:none}
.tabs{display:flex;flex-wrap:wrap;gap:.3rem;margin:.3rem 0 .8rem}
.tabs label{border:1px solid var(--line);border-radius:999px;padding:.22rem .85rem;cursor:pointer;font-size:.92rem}
.tabs label:hover{border-color:var(--soft)}
figure.picture{display:none;margin:0}
figcaption{max-width:90ch}
.drawing svg{display:block;max-width:100%;height:auto;min-width:900px;margin:0 auto}
${rules.map((rule) => `#show-${rule}:checked~.of-${rule}`).join(",")}{display:block}
${rules.map((rule) => `#show-${rule}:checked~.tabs label[for=show-${rule}]`).join(",")}
{background:var(--ink);color:var(--paper);border-color:var(--ink)}
${rules.map((rule) => `#show-${rule}:focus-visible~.tabs label[for=show-${rule}]`).join(",")}
{outline:2px solid var(--l1);outline-offset:2px}
`;

const paper = `
@page{size:landscape;margin:12mm}
@media print{
:root{${colours.light};${more.light};--page:#fff}
body{font-size:10.5pt}
header,main,footer{max-width:none;padding:0}
section{border:0;padding:0;margin:0 0 1.2rem;border-radius:0}
h2{break-after:avoid}nav,.tabs,fieldset.pictures legend{display:none}
figure.picture{display:block;break-inside:avoid;margin:0 0 1rem}
.drawing svg{min-width:0}
table{font-size:8pt}
.scroll{overflow:visible;background:none}
.place,.hash{min-width:0}
.totals .law{min-width:0}
.wide td.number,.wide th.number{font-size:6.6pt;padding:.25rem .2rem}
.wide td.number .line small{display:block}
.cards .number small,.wide small{font-size:6.4pt}
.coin,.account,.hash code,pre{font-size:6.6pt}
tr,dl div,.guilt{break-inside:avoid}
thead{display:table-header-group}
a{color:inherit;text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;

/** What only reports with accounts or links need. */
export const accountReportRules = `
.ledger{color:var(--soft);font-size:.8rem}
.links .place{min-width:12rem}
td.number small.line{color:var(--soft);font-size:.92em;white-space:nowrap}
@media (max-width:1000px){.links td.place[data-head]::before{content:attr(data-head);display:block}}
`;

/** The style sheet of a report: everything a page needs, nothing fetched. */
export const reportStyle = `:root{color-scheme:light dark;${colours.light};${more.light}}
@media (prefers-color-scheme:dark){:root{${colours.dark};${more.dark}}}
${base}${tables}${pictures}${pictureRules}${paper}`;
