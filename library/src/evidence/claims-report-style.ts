import { colours } from "./flow-style.ts";
import { reportStyle } from "./report-style.ts";

const layout = `
h3{font-family:ui-serif,Georgia,"Noto Serif","DejaVu Serif",serif;font-size:1.2rem;font-weight:600;
margin:1.2rem 0 .4rem}
h4{font-size:1rem;margin:1.5rem 0 .5rem}h5{font-size:.92rem;margin:1.1rem 0 .3rem}
h5 small{font-weight:400;color:var(--soft)}
summary{cursor:pointer;color:var(--l1);font-size:.9rem;width:fit-content;max-width:100%}details{margin:.3rem 0}
details.inline{display:inline-block;margin:0}
sup{line-height:0}
.claim,.document,.incident{content-visibility:auto;contain-intrinsic-size:auto 900px}
article.claim{background:var(--card);border:1px solid var(--line);border-radius:8px;
padding:1.2rem 1.5rem 1.2rem;margin:0 0 1.3rem}
article.claim>h3{margin:0;color:var(--soft);font:600 .85rem/1.4 ui-sans-serif,system-ui,sans-serif;letter-spacing:.04em}
.about{font:600 1.3rem/1.35 ui-serif,Georgia,"Noto Serif","DejaVu Serif",serif;margin:.2rem 0 .5rem;max-width:62ch;
overflow-wrap:anywhere}
.judged{margin:.2rem 0 .9rem;font-size:.92rem;max-width:90ch}
.judged.confirmed,.judged.rejected{border-left:4px solid var(--good);padding:.3rem .8rem;background:var(--head)}
.judged.rejected{border-color:var(--bad)}.judged small{display:block;color:var(--soft)}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,25rem),1fr));gap:1.2rem;align-items:start}
.side{border:1px solid var(--line);border-top:4px solid var(--l1);border-radius:6px;padding:.2rem 1.1rem 1rem;
min-width:0}
.side.denies,.side.retracts{border-top:4px double var(--l0)}
.side.corrects,.side.repeats,.side.declines-to-comment,.side.calls-on{border-top-style:dashed}
.side h4{margin:.7rem 0 .6rem;font-weight:500;line-height:1.35;overflow-wrap:anywhere}
.act{display:block;font-weight:700;font-size:1.05rem}
.counts{margin:.4rem 0 .6rem;padding:.1rem .9rem;background:var(--head);border-radius:6px}
.counts div{grid-template-columns:1fr;gap:0;padding:.45rem 0}.counts div:first-child{border-top:0}
.counts dt{font-weight:500}.counts dt b{font-size:1.25rem;font-variant-numeric:tabular-nums;margin-right:.15rem}
.counts dd{color:var(--soft);font-size:.88rem}
.sides.lone{grid-template-columns:1fr}
.origins{list-style:none;margin:0;padding:0}.origins li{margin:.2rem 0}.origins b{color:var(--ink)}
.counts .why{font-size:1em}
.grade-words{margin:.2rem 0}.reasons{margin:.2rem 0}.side ul.plain,.side p{font-size:.92rem}
.side ul.plain li{margin:.2rem 0}
ol.statements{padding-left:1.4rem;margin:.3rem 0}ol.statements li{margin:.65rem 0;overflow-wrap:anywhere}
ol.statements q{quotes:none}ol.statements a{color:inherit;text-decoration:underline;
text-decoration-color:var(--l1);text-decoration-thickness:1px;text-underline-offset:3px}
.from,.statements .why{display:block;font-size:.85rem;color:var(--soft)}
.from a,.statements .why a{color:var(--l1)!important}
.document-link{white-space:nowrap}.document-link small{color:var(--soft)}
.note.id{margin:1rem 0 0;font-size:.8rem}
.contradictions{border-left:4px solid var(--bad);padding:.1rem 1rem;margin:.6rem 0 1rem;background:var(--head)}
.contradictions h4,.contradictions h5{margin:.5rem 0 .2rem}.contradictions ul.plain{max-width:100ch}
.contradictions blockquote{margin:.4rem 0 .4rem .2rem;padding-left:.8rem;border-left:2px solid var(--line)}
.verdict{font-weight:600}.excerpt{overflow-wrap:anywhere}.missing{margin:0 .3em;color:var(--bad);font-style:italic}
.figures-said th:nth-child(1){width:24%}.figures-said th:nth-child(2){width:22%}
.changes th:nth-child(1){width:22%}.edges td,.changes td,.figures-said td,.overview td{overflow-wrap:anywhere}
.edges td:nth-child(1),.edges td:nth-child(2){width:19%}.edges td:nth-child(4){width:28%}
.overview tbody td{border-top:0}.overview tr.first td{border-top:1px solid var(--line)}
.overview td:first-child{width:40%}
.line{margin:.1rem 0;overflow-wrap:anywhere}
details.claim{border-top:1px solid var(--line);padding:.55rem 0;margin:0}
details.claim>summary{color:inherit;overflow-wrap:anywhere}details.claim[open]{padding-bottom:1.2rem}
details.claim>summary h3{display:inline;font:inherit;font-size:.98rem}details.claim[open]>summary h3{font-weight:600}
details.claim:target>summary,article.claim:target>h3{background:var(--mark)}
.amounts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr));gap:.5rem 1rem}
.stated{min-width:0;overflow-wrap:anywhere}.stated .line{display:block;font-size:.86rem;color:var(--soft)}
.incident{border-top:1px solid var(--line);padding:.4rem 0 .8rem}
.scales{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:0 2rem}
.scales dl div{grid-template-columns:2rem 1fr}
.figures div{display:flex;gap:.8rem;align-items:baseline;flex-direction:row-reverse;justify-content:flex-end;
padding:.42rem 0}
.figures dd{font-size:1.15rem;min-width:2.2ch}
`;

const documents = `
.document{border-top:2px solid var(--line);padding:.4rem 0 1rem;margin-top:1.2rem}
.document h3{overflow-wrap:anywhere}.document h3 small{color:var(--soft);font-weight:400}
.document:target>h3{background:var(--mark)}
.facts-of{font-size:.88rem}.facts-of>div{grid-template-columns:7.5rem minmax(0,1fr);padding:.18rem 0}
.facts-of .stated{display:block;border-top:0;padding:.05rem 0}.facts-of .amounts{border-top:0;padding:0}
.facts-of .address,.facts-of code{overflow-wrap:anywhere}
.text{max-width:76ch;font-family:ui-serif,Georgia,"Noto Serif","DejaVu Serif",serif;line-height:1.65;
overflow-wrap:anywhere;
border-left:3px solid var(--line);padding-left:1.1rem}
.text p{margin:.55rem 0;max-width:none}.text .title b{font-size:1.12rem}
.text .byline,.text .caption,.text .teaser,.text .boilerplate{color:var(--soft);font-size:.9rem}
.not-read{color:var(--soft);font-size:.88rem;border:1px dashed var(--line);border-radius:4px;padding:.2rem .7rem}
.not-read summary{color:var(--soft)}
.block-kind{font-family:ui-sans-serif,system-ui,sans-serif;border:1px dashed var(--line);border-radius:3px;
padding:0 .3rem}
.unread-note{border-left:4px solid var(--held);background:var(--head);padding:.4rem .8rem;font-weight:600}
mark{background:none;color:inherit}
mark.said{background:var(--said)}
mark.figure{text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px;
text-decoration-color:var(--l4)}
mark.proof{text-decoration:underline dotted;text-underline-offset:4px;text-decoration-color:var(--l3)}
mark.gap::before{content:"‸";color:var(--bad);font-weight:700}
mark:target{background:var(--target);outline:2px solid var(--l4)}
.back{font:600 .66rem/1 ui-sans-serif,system-ui,sans-serif;margin-left:.15em}
.back a{text-decoration:none;padding:0 .1em}.back a:hover{text-decoration:underline}
.left-out{font:italic .88rem/1.4 ui-sans-serif,system-ui,sans-serif;color:var(--held)}
`;

const pictures = `
figure.way{margin:.4rem 0 1.4rem}figure.way figcaption{max-width:none;color:var(--ink)}
figure.way .key{display:inline-flex;margin-left:1rem;color:var(--soft);gap:.1rem 1.1rem;vertical-align:baseline}
.claims-report .drawing svg{min-width:0;max-width:none;margin:0}
svg.lineage{font-family:ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif;font-size:12px;fill:var(--ink)}
svg.sample{vertical-align:-1px}
.lineage .head{fill:var(--soft);font-size:12px;font-weight:600}
.lineage .box rect{fill:var(--paper);stroke:var(--soft);stroke-width:1.2}
.lineage .box.origin rect{fill:var(--head);stroke:var(--ink);stroke-width:2}
.lineage .box.unknown rect{stroke-dasharray:2 4}.lineage .box.unknown .name{font-style:italic;fill:var(--soft)}
.lineage .box.joined rect{stroke-dasharray:7 3}
.lineage .name{font-weight:600}.lineage .more{fill:var(--soft);font-size:11px}
.lineage .carrier .name,.lineage .origin .more{font-weight:500}
.lineage text{unicode-bidi:isolate}
.lineage .line{fill:none;stroke:var(--ink);stroke-width:1.5}
.lineage .tip{fill:var(--ink)}
.lineage .text .line{stroke:var(--l1);stroke-width:5}.lineage .text .core{fill:none;stroke:var(--card);stroke-width:1.8}
.lineage .text .tip{fill:var(--l1)}
.lineage .quotation .line{stroke:var(--l2);stroke-dasharray:8 4;stroke-width:1.8}
.lineage .quotation .tip{fill:var(--l2)}
.lineage .figure .line{stroke:var(--l3);stroke-dasharray:.1 5;stroke-linecap:round;stroke-width:2.6}
.lineage .figure .tip{fill:var(--l3)}
.lineage .unknown .line{stroke:var(--soft);stroke-dasharray:2 4}.lineage .unknown .tip{fill:none;stroke:var(--soft)}
.lineage a:focus-visible{outline:2px solid var(--l1)}.lineage a:hover .name{text-decoration:underline}
.lineage .arc:hover .line{stroke-width:3}.lineage .text:hover .line{stroke-width:7}
`;

const small = `
@media (min-width:1001px){.lone .side{display:grid;grid-template-columns:1fr 1.15fr;gap:0 1.6rem}
.lone .side h4{grid-column:1/-1}.lone .said-where h5{margin-top:.4rem}}
@media (max-width:1000px){
article.claim{padding:1rem .85rem}
.side{padding:.1rem .8rem .8rem}
.cards tr{padding:.55rem 0}.cards th,.cards td,.overview td:first-child{width:100%}
.overview tbody td,.overview tr.first td{border-top:0}.overview tr:not(.first){border-top:1px dashed var(--line)}
.edges td[data-head],.changes td[data-head]{display:block}
.edges td[data-head]::before,.changes td[data-head]::before{display:block}
.facts-of>div{padding:.3rem 0;grid-template-columns:minmax(0,1fr)}
.document-link{white-space:normal}
.text{padding-left:.7rem}
}
@media print{
.claim,.document,.incident{content-visibility:visible}
details::details-content{content-visibility:visible;block-size:auto}
article.claim{border:0;padding:0}.side,figure.way,.stated{break-inside:avoid}
.claims-report .drawing svg{max-width:100%;height:auto}
mark.said{background:var(--said)}
}
`;

const lightMarks = ":root{--said:#fdf0c4;--target:#ffdf80}";
const darkMarks = ":root{--said:#3d3517;--target:#6b5710}";

/** The style sheet of a report of claims: that of the report of a trail, and what it has of its own. */
export const claimsReportStyle = `${reportStyle}${lightMarks}
@media (prefers-color-scheme:dark){${darkMarks}}
@media print{${lightMarks}:root{${colours.light}}}
${layout}${documents}${pictures}${small}`;
