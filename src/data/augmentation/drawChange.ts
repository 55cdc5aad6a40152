import { brightness } from "./brightness.js";
import { crop } from "./crop.js";
import { elastic } from "./elastic.js";
import { horizontalFlip } from "./horizontalFlip.js";
import type { Draws, ImageChange, ImageSize } from "./imageChange.js";
import type { CompleteStep } from "./parseAugmentation.js";
import { rotation } from "./rotation.js";
import { shift } from "./shift.js";

/** Draws what a step does to one image. */
export function drawChange(step: CompleteStep, size: ImageSize, draws: Draws): ImageChange {
  switch (step.type) {
    case "horizontalFlip":
      return horizontalFlip(draws, size, step.probability);
    case "crop":
      return crop(draws, size, step.least);
    case "rotation":
      return rotation(draws, size, step.degrees);
    case "shift":
      return shift(draws, size, step.pixels);
    case "elastic":
      return elastic(draws, size, step.pixels, step.spacing);
    case "brightness":
      return brightness(draws, size, step.amount);
  }
}
