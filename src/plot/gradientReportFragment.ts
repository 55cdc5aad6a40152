import type { GradientReport } from "../gradcheck/report.js";
import { gradientReportBody } from "./gradientReportPage.js";
import { Markup, markup } from "./markup.js";
import { PAGE_STYLE } from "./pageStyle.js";

/** The style of a page, for what lies in one element of another page, such as the output of a notebook's cell. */
const style = `.gradproof-report{${PAGE_STYLE.replace(/^(?:html|body)\{|(?<=\{)body\{/gm, "&>.gradproof{")}
&>.gradproof{padding:0 8px 16px}
h2{margin-top:32px}
}`;

/**
 * The page of a gradient check as one element with its style, to stand in another page: it changes nothing beside itself, has no
 * script and makes no request.
 */
export function gradientReportFragment(report: GradientReport): string {
  return markup`<div class="gradproof-report"><style>${new Markup(style)}</style><div class="gradproof">
${gradientReportBody(report)}
</div></div>`.source;
}
