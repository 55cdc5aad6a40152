/** Ranges of options, and checks of what comes from outside. Entry point `gradproof/constraint`. */

export {
  describeRange,
  type NumberConstraint,
  type NumberRange,
  requireNumber,
  requireObject,
  show,
} from "./constraint.js";
