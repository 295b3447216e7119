// The look of the report: two inks (grey for the base, blue for the reform) and one accent (orange),
// told apart by the colour-blind and by 4.5 to 1 from the paper (WCAG AA).
#include "outputs/report_page.hpp"

namespace tremplin::report {

std::string_view style() {
  return R"css(
:root { --ink: #1c2127; --soft: #555d66; --rule: #d5d9de; --paper: #ffffff; --tint: #f4f6f8;
  --base: #5f6b76; --reform: #0b5aa6; --accent: #a84300; color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 68rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
h1, h2 { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif;
  font-weight: 600; line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.1rem + 2.2vw, 2.5rem); margin: .3rem 0 1.2rem; max-width: 24em; }
h2 { font-size: 1.5rem; margin: 0 0 .8rem; }
h3 { font-size: 1rem; margin: 0 0 .4rem; }
p, li { max-width: 44rem; }
section { margin-top: 3rem; padding-top: 1.2rem; border-top: 1px solid var(--rule); }
section.answer { margin-top: 0; padding-top: 0; border-top: 0; }
.house { margin: 0; font-size: .9rem; color: var(--soft); }
.lead { font-size: 1.1rem; }
.note, .small { font-size: .875rem; color: var(--soft); }
.warning { border-left: 4px solid var(--accent); padding: .3rem .9rem; background: var(--tint); }
.answer ul { padding-left: 1.2rem; }
.answer li { margin: .35rem 0; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 1.2rem 2.5rem; }
.panel { background: var(--tint); padding: 1rem 1.3rem; border-radius: 4px; }
.panel ul { margin: 0; padding-left: 1.1rem; }
.panel li { margin: .3rem 0; }
.panel.good { border-top: 3px solid var(--reform); }
.panel.bad { border-top: 3px solid var(--accent); }
nav { margin: 1.8rem 0 0; font-size: .9rem; }
nav ol { display: flex; flex-wrap: wrap; gap: .3rem 1.3rem; list-style: none; margin: 0; padding: 0; }
a { color: var(--reform); text-underline-offset: .15em; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--reform); outline-offset: 2px; }
figure { margin: 0; }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 1.8rem 2.2rem; margin-top: 1.2rem; }
.charts svg { display: block; width: 100%; height: auto; }
.charts figcaption { font-weight: 600; line-height: 1.3; }
.charts figcaption span { display: block; font-weight: 400; font-size: .85rem; color: var(--soft); }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; padding: 0; margin: .8rem 0 0; list-style: none;
  font-size: .9rem; }
.legend svg { width: 1.8rem; height: .9rem; margin-right: .4rem; vertical-align: -.1rem; }
svg text { font: 12.5px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; fill: var(--soft); }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.35; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding-bottom: .6rem; max-width: 52rem; }
th, td { padding: .34rem .6rem .34rem 0; text-align: left; vertical-align: baseline; }
th { font-weight: 600; }
tbody th { font-weight: 400; }
thead th { border-bottom: 1.5px solid var(--ink); vertical-align: bottom; }
tbody tr { border-bottom: 1px solid var(--rule); }
td.n, th.n { text-align: right; white-space: nowrap; }
td.n + td, th.n + th { padding-left: .5rem; }
td.i { color: var(--soft); }
tr.topic th { font-weight: 600; padding-top: 1.4rem; border-bottom: 1px solid var(--ink); }
tr.clear th, tr.clear td.d { font-weight: 600; }
td.mark { width: 1rem; color: var(--reform); padding-right: .3rem; }
thead th.n { white-space: normal; }
td.unit { color: var(--soft); font-size: .82rem; }
table.all th[scope="row"] { min-width: 11rem; }
td.figure { width: 34%; min-width: 9rem; padding-right: 1rem; }
td.figure svg { display: block; width: 100%; overflow: visible; }
table.keys th { width: 26%; }
table.keys tr.axis { border-bottom: 0; }
table.grid td, table.grid thead th { text-align: right; white-space: nowrap; padding: .4rem .55rem; }
table.grid thead th { white-space: normal; }
table.grid td { border-left: 2px solid var(--paper); }
table.grid td span { display: block; font-size: .75rem; color: #3c444c; }
table.grid td.strong { font-weight: 700; }
table.grid td.strong span { font-weight: 400; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.4rem; margin: 1rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
code, .hash { font: .85em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  overflow-wrap: anywhere; }
@media (max-width: 46rem) {
  body { padding: 1.5rem 1rem 3rem; }
  .two, .charts { grid-template-columns: 1fr; }
  caption { max-width: calc(100vw - 2rem); }
  .stack, .stack caption, .stack tbody { display: block; }
  .stack thead { display: none; }
  .stack tr { display: grid; grid-template-columns: 1fr auto; padding: .5rem 0; }
  .stack th, .stack td, table.keys th { padding: .1rem 0; width: auto; }
  .stack th, .stack td.figure { grid-column: 1 / -1; }
  .stack td.figure { width: auto; }
  table.keys td.figure { padding: 0 1.4rem; }
  .stack tr.axis td:empty, .stack tr.axis th:empty { display: none; }
  .stack td.n { text-align: left; white-space: normal; }
  .stack td.n + td.n { padding-left: 0; }
  .stack td.i { white-space: nowrap; }
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .4rem; }
}
@media print {
  @page { size: A4; margin: 16mm 15mm; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  nav { display: none; }
  h1 { font-size: 20pt; }
  h2 { font-size: 13pt; break-after: avoid; }
  section { margin-top: 1.4rem; padding-top: .7rem; }
  figure, tr, .answer .panel, table.keys { break-inside: avoid; }
  thead { display: table-header-group; }
  .half { display: none; }
  tr.topic { break-after: avoid; }
  table { font-size: 8pt; }
  th, td { padding: .18rem .4rem .18rem 0; }
  .scroll { overflow: visible; }
  a { color: inherit; text-decoration: none; }
}
)css";
}

}  // namespace tremplin::report
