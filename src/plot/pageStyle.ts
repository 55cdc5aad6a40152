import { CHART_STYLE } from "./theme.js";

const SYSTEM_FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';
const FIXED_FONT = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace';

/** Style of a report: distances in steps of 8 pixels, one accent, figures of equal width, names isolated from each other. */
export const PAGE_STYLE = `${CHART_STYLE}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:16px/24px ${SYSTEM_FONT};font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{max-width:1160px;margin:0 auto;padding:40px 24px 64px}
h1{margin:0 0 8px;font-size:28px;line-height:32px;overflow-wrap:anywhere}
h2{margin:56px 0 8px;font-size:20px;line-height:24px}
h3{margin:32px 0 8px;font-size:16px;line-height:24px}
p{max-width:72ch;margin:0 0 16px}
.quiet{color:var(--muted)}
.alert{padding:8px 16px;border-left:4px solid var(--class-0);background:var(--raised)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,224px),360px));gap:16px;margin:24px 0}
.tile{padding:16px;border-radius:8px;background:var(--raised)}
.tile h3{margin:0;font-size:14px;font-weight:500;color:var(--muted)}
.tile .headline{margin:0;font-size:28px;line-height:40px;font-weight:600;overflow-wrap:anywhere}
.tile .headline small{font-size:14px;font-weight:400;color:var(--muted)}
.tile dl{display:grid;grid-template-columns:1fr auto;gap:0 16px;margin:8px 0 0;font-size:14px}
.tile dt{color:var(--muted)}
.tile dd{margin:0;text-align:right}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,344px),1fr));gap:32px 40px;align-items:start;margin:24px 0}
.figures.pairs{max-width:752px}
.figures.halves{grid-template-columns:repeat(auto-fill,minmax(min(100%,480px),1fr))}
figure{min-width:0;margin:24px 0}
.figures figure{margin:0}
figure svg{display:block;max-width:100%;height:auto}
figcaption{max-width:72ch;margin-top:8px;font-size:14px;line-height:20px;color:var(--muted)}
.narrow{display:none}
details{margin-top:8px;font-size:14px}
summary{width:fit-content;cursor:pointer;color:var(--accent)}
.scroll{max-width:100%;margin:8px 0 16px;overflow:auto}
details .scroll{max-height:400px}
table{border-collapse:collapse;font-size:14px;line-height:20px}
caption{padding:0 0 8px;text-align:left;color:var(--muted)}
th,td{padding:6px 24px 6px 0;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top;white-space:nowrap}
thead th{position:sticky;top:0;background:var(--paper);font-weight:500;color:var(--muted)}
tbody th{font-weight:400}
tbody .group{padding-top:16px;font-weight:600}
td.long{min-width:240px;white-space:normal;overflow-wrap:anywhere}
.number{text-align:right}
th,td,dt,dd,h1,svg text{unicode-bidi:isolate}
.command{white-space:pre-wrap;overflow-wrap:anywhere}
pre{max-width:100%;margin:8px 0 16px;padding:16px;border-radius:8px;overflow:auto;background:var(--raised);font:13px/20px ${FIXED_FONT}}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media(max-width:728px){body{padding:24px 16px 48px}.wide{display:none}.narrow{display:block}th,td{padding-right:12px}}
@media print{body{max-width:none;padding:0}figure,.tile,tr{break-inside:avoid}h2,h3{break-after:avoid}.scroll,pre{max-height:none;overflow:visible}pre{white-space:pre-wrap}}`;
