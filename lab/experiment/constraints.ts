import { pointConstraints } from "gradproof/pipeline";

/** Ranges of the points that the page draws: narrower than the library's, so that no link keeps a machine busy. */
export const labConstraints = {
  ...pointConstraints,
  examples: { ...pointConstraints.examples, max: 5000 },
  test: { ...pointConstraints.test, max: 5000 },
  noise: { ...pointConstraints.noise, max: 5 },
  classes: { ...pointConstraints.classes, max: 6 },
} as const;

/** Points of the user's own: more make pictures slow and tell nothing new. */
export const MOST_POINTS = 200_000;
/** Of such points, once categories are spread out. */
export const MOST_FEATURES = 200;
export const MOST_CLASSES = 20;
/** Numbers that a link may hold as data of its own; more do not fit into an address. */
export const MOST_LINKED_NUMBERS = 4000;
/** Characters of a run's name, as of a configuration's. */
export const LONGEST_NAME = 200;
/** Of a network in a link: enough for everything the page shows, little enough for any machine. */
export const MOST_LAYERS = 64;
export const MOST_PARAMETERS = 200_000;
/** Of all values that an example has on its way through a network: layers without parameters can be wide for nothing. */
export const MOST_VALUES = 600_000;
export const MOST_ITERATIONS = 10_000_000;
