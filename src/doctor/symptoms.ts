import type { Detector } from "./finding.js";
import { badFirstCost } from "./symptoms/badFirstCost.js";
import { deadUnits } from "./symptoms/deadUnits.js";
import { divergence } from "./symptoms/divergence.js";
import { dropoutMisused } from "./symptoms/dropoutMisused.js";
import { explodingGradients } from "./symptoms/explodingGradients.js";
import { imbalance } from "./symptoms/imbalance.js";
import { inputScale } from "./symptoms/inputScale.js";
import { leakedRows } from "./symptoms/leakedRows.js";
import { oscillation } from "./symptoms/oscillation.js";
import { outputMismatch } from "./symptoms/outputMismatch.js";
import { overfitting } from "./symptoms/overfitting.js";
import { overRegularized } from "./symptoms/overRegularized.js";
import { saturatedUnits } from "./symptoms/saturatedUnits.js";
import { startSize } from "./symptoms/startSize.js";
import { stepSize } from "./symptoms/stepSize.js";
import { symmetry } from "./symptoms/symmetry.js";
import { vanishingGradients } from "./symptoms/vanishingGradients.js";

/** When a symptom can be told for sure: from the data and the options alone, while a run goes on, or once it has ended. */
export type Detectable = "before" | "during" | "after";

/** Everything that is looked for, causes before their effects; `flatCost` and `overfitTest` follow where nothing was found. */
export const symptoms: readonly (readonly [Detector, Detectable])[] = [
  [inputScale, "before"],
  [outputMismatch, "before"],
  [imbalance, "before"],
  [leakedRows, "before"],
  [dropoutMisused, "before"],
  [symmetry, "during"],
  [startSize, "during"],
  [badFirstCost, "during"],
  [vanishingGradients, "during"],
  [explodingGradients, "during"],
  [divergence, "during"],
  [stepSize, "during"],
  [oscillation, "after"],
  [overRegularized, "after"],
  [saturatedUnits, "during"],
  [deadUnits, "during"],
  [overfitting, "after"],
];
