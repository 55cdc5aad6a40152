import type { GradientReport } from "../gradcheck/report.js";
import { gradientReportBody } from "./gradientReportPage.js";
import { Markup, markup } from "./markup.js";
import { PAGE_STYLE } from "./pageStyle.js";
import { DARK_COLOURS, LIGHT_COLOURS } from "./theme.js";

/** What the notebooks of JupyterLab, VS Code and Colab, and pages made by Sphinx, say of a scheme that the reader chose. */
const isLight = ':is([data-jp-theme-light="true"],.vscode-light,[theme="light"],[data-theme="light"])';
const isDark = ':is([data-jp-theme-light="false"],.vscode-dark,[theme="dark"],[data-theme="dark"])';

/**
 * The style of a page, for what lies in one element of another page, such as the output of a notebook's cell. Where the page
 * around it says which scheme it has, the reader's system is not asked.
 */
const style = `.gradproof-report{${PAGE_STYLE.replace(/^(?:html|body)\{|(?<=\{)body\{/gm, "&>.gradproof{")}
&>.gradproof{padding:8px 16px 16px}
h2{margin-top:24px}
table{margin:0}
th,td{background:none}
thead th{background:var(--paper)}
}
${isLight} .gradproof-report .gradproof{color-scheme:light;${LIGHT_COLOURS}}
${isDark} .gradproof-report .gradproof{color-scheme:dark;${DARK_COLOURS}}`;

/**
 * The page of a gradient check as one element with its style, to stand in another page: it changes nothing beside itself, has no
 * script and makes no request.
 */
export function gradientReportFragment(report: GradientReport): string {
  return markup`<div class="gradproof-report"><style>${new Markup(style)}</style><div class="gradproof">
${gradientReportBody(report)}
</div></div>`.source;
}
