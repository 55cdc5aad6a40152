/** From a source of data to what a network is trained on. Entry point `gradproof/pipeline`. */

export { pointConstraints } from "./points/constraints.js";
export { parsePoints, plainPoints } from "./points/parsePoints.js";
export {
  DIGIT_SIDE,
  type GeneratedPoints,
  type GeneratorName,
  generatorNames,
  type OwnPoints,
  type PointSource,
} from "./points/pointSource.js";
export { pointsOf } from "./points/pointsOf.js";
export { type PointShape, shapeOf } from "./points/shapeOf.js";
