import { Markup, markup, type Part } from "./markup.js";
import { fitText } from "./textWidth.js";
import { CHART_STYLE } from "./theme.js";

/** What every chart has around its picture. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** Printed above the picture, and the name a screen reader gives it. */
  readonly title: string;
  /** What the picture shows, in words, for who cannot see it. */
  readonly description: string;
}

/** Height of the line the title stands on. */
export const TITLE_HEIGHT = 24;

const NAMESPACE = new Markup(' xmlns="http://www.w3.org/2000/svg"');
const STYLE = new Markup(`<style>${CHART_STYLE}</style>`);

/** A complete SVG document: it brings its own style, so that it can be a file of its own or stand inside any page. */
export function chart({ width, height, title, description }: Sheet, ...body: Part[]): string {
  return markup`<svg${NAMESPACE} class="gradproof" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${title}</title>
<desc>${description}</desc>
${STYLE}
<text class="title" x="0" y="14">${fitText(title, width - 8)}</text>
${body}
</svg>`.source;
}

/** A chart for a page that has the style already; HTML needs no namespace. */
export function inlineChart(svg: string): Markup {
  return new Markup(svg.replace(STYLE.source, "").replace(NAMESPACE.source, ""));
}
