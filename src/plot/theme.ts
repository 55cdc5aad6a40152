import { TEXT_SIZE } from "./textWidth.js";

/**
 * Colours of charts and pages, as CSS custom properties on whatever bears the class `gradproof`. Text colours have a contrast
 * of at least 4.5 : 1 on `--paper`. Class 0 is orange and class 1 blue: the pair that colour-blind readers tell apart; shape,
 * dash and printed numbers say the same again.
 */
const LIGHT = {
  paper: "#ffffff",
  raised: "#f6f7f9",
  ink: "#1a1f24",
  muted: "#59636d",
  rule: "#dfe3e7",
  accent: "#1c63ad",
  "class-0": "#c4580a",
  "class-1": "#1c63ad",
  // Probability of class 1 from 0 to 1 in eleven bands, the middle one neutral.
  "field-0": "#f4b57d",
  "field-1": "#f6c293",
  "field-2": "#f8cea9",
  "field-3": "#fadbc0",
  "field-4": "#fce8d7",
  "field-5": "#f6f6f6",
  "field-6": "#dfeaf5",
  "field-7": "#c9ddf0",
  "field-8": "#b3d0ea",
  "field-9": "#9dc2e4",
  "field-10": "#86b4de",
  "heat-0": "#f3f4f6",
  "heat-1": "#fce9d6",
  "heat-2": "#f9cfa6",
  "heat-3": "#f1ab6b",
  "heat-4": "#e8914a",
  "heat-5": "#dd6c12",
  "line-0": "#1c63ad",
  "line-1": "#b14d05",
  "line-2": "#0c7562",
  "line-3": "#8a3f9e",
  "line-4": "#6b5d00",
  "line-5": "#b3245f",
};

const DARK: typeof LIGHT = {
  paper: "#14171a",
  raised: "#1c2024",
  ink: "#e7e9eb",
  muted: "#9fa9b3",
  rule: "#30363c",
  accent: "#7db6f2",
  "class-0": "#f7a65c",
  "class-1": "#7db6f2",
  "field-0": "#6b3c12",
  "field-1": "#5d3614",
  "field-2": "#4e3016",
  "field-3": "#402a18",
  "field-4": "#31241a",
  "field-5": "#22252a",
  "field-6": "#1d2c3b",
  "field-7": "#1b3349",
  "field-8": "#1a3a58",
  "field-9": "#194267",
  "field-10": "#184a76",
  "heat-0": "#22262b",
  "heat-1": "#2f2620",
  "heat-2": "#46301a",
  "heat-3": "#5f3a14",
  "heat-4": "#82460d",
  "heat-5": "#a85008",
  "line-0": "#7db6f2",
  "line-1": "#f7a65c",
  "line-2": "#5fcbb1",
  "line-3": "#cf9be0",
  "line-4": "#d8c24a",
  "line-5": "#f58bb4",
};

const properties = (colours: typeof LIGHT): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");

/** The colours of either scheme, as declarations of custom properties. */
export const LIGHT_COLOURS = properties(LIGHT);
export const DARK_COLOURS = properties(DARK);

/** Style of every chart. `:where` gives it no weight, so that a page may set the properties otherwise. */
export const CHART_STYLE = [
  `:where(.gradproof){color-scheme:light dark;${LIGHT_COLOURS}}`,
  `@media screen and (prefers-color-scheme:dark){:where(.gradproof){${DARK_COLOURS}}}`,
  "svg.gradproof{background:var(--paper)}",
  `svg.gradproof text{font:${TEXT_SIZE}px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;fill:var(--ink)}`,
  "svg.gradproof .title{font-weight:600}",
  "svg.gradproof .quiet{fill:var(--muted)}",
  "svg.gradproof .start{text-anchor:start}",
  "svg.gradproof .middle{text-anchor:middle}",
  "svg.gradproof .end{text-anchor:end}",
  "svg.gradproof .grid{stroke:var(--rule);fill:none}",
  "svg.gradproof .axis{stroke:var(--muted);fill:none}",
  "svg.gradproof .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}",
].join("\n");

const LINE_COLOURS = 6;

/** Dashes are as long as the colours are few: line 6 has the first colour again, and another dash. */
const DASHES = ["none", "7 4", "2 4", "10 3 2 3", "5 3 1 3 1 3", "14 4", "1 6"];

/**
 * Colour and dash of line i; the first 42 differ.
 *
 * @example
 * import { lineStyle } from "gradproof/report";
 * lineStyle(1); // => { colour: "var(--line-1)", dash: "7 4" }
 */
export function lineStyle(i: number): { readonly colour: string; readonly dash: string } {
  return { colour: `var(--line-${i % LINE_COLOURS})`, dash: DASHES[i % DASHES.length] };
}
