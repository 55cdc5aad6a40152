import { inlineChart } from "./chart.js";
import { type Markup, markup, type Part } from "./markup.js";

/** Width of a chart that fits a phone of 360 pixels, and of one that fills most of a page, both at their own text size. */
export const NARROW = 328;
export const WIDE = 880;

/** A chart with what there is to say about it and the numbers behind it. */
export function figure(svg: string, caption: Part, data?: Markup): Markup {
  return markup`<figure>
${inlineChart(svg)}
<figcaption>${caption}</figcaption>
${data}
</figure>\n`;
}

/** A chart drawn twice, for wide and for narrow pages: shrinking the wide one would make its text too small to read. */
export function wideFigure(draw: (width: number) => string, caption: Part, data?: Markup, wide = WIDE): Markup {
  return markup`<figure>
<div class="wide">${inlineChart(draw(wide))}</div>
<div class="narrow">${inlineChart(draw(NARROW))}</div>
<figcaption>${caption}</figcaption>
${data}
</figure>\n`;
}
