import type { Words } from "../../words.js";

export const scaling: Words = {
  label: "scaling",
  formula: "s x",
  use: "Weighs each feature.",
  picture: "M12 4V32M12 9H30M12 18H52M12 27H22",
};
