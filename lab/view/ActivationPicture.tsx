import type { ActivationSpec } from "gradproof";
import { activationVocabulary, inWords, nameOf, wordsOf } from "gradproof/ops";
import { strings } from "../strings.js";
import { activationCurve, type Stroke } from "./activationCurve.js";

/** The part of the plane that is shown: the same for all, so that they can be compared. */
export const REACH = 4;
const LOW = -1.3;
const HIGH = 2.3;
export const WIDTH = 60;
export const HEIGHT = 36;

/** An activation and its derivative (dashed) as a small picture; none where a unit's output depends on other units. */
export function ActivationPicture({ activation }: { readonly activation: ActivationSpec }) {
  const curve = activationCurve(activation, REACH);
  if (curve === undefined) return null;
  const { formula, use } = wordsOf(activationVocabulary, nameOf(activation));
  return (
    <svg
      class="activation"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={strings.settings.curve(inWords(activationVocabulary, activation), formula)}
    >
      <title>{[formula, use].filter((text) => text !== "").join("\n")}</title>
      <path class="axis" d={`M0 ${y(0)}H${WIDTH}M${x(0)} 0V${HEIGHT}`} />
      <path class="slope" d={curve.derivative.map(pathOf).join("")} />
      <path class="value" d={curve.value.map(pathOf).join("")} />
    </svg>
  );
}

const x = (z: number): number => ((z + REACH) / (2 * REACH)) * WIDTH;
const y = (a: number): number => ((HIGH - a) / (HIGH - LOW)) * HEIGHT;

function pathOf(stroke: Stroke): string {
  return `M${stroke.map(([z, a]) => `${x(z).toFixed(2)} ${y(a).toFixed(2)}`).join("L")}`;
}
