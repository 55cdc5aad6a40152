/** The generators of the library: points in the plane, and images of digits. */
export const generatorNames = ["circles", "moons", "spiral", "xor", "blobs", "pitch", "digits"] as const;
export type GeneratorName = (typeof generatorNames)[number];

/** Points or images drawn by a generator of the library, and what is done to points before training. */
export interface GeneratedData {
  readonly kind: GeneratorName;
  /** Training points. */
  readonly examples: number;
  /** Points to test on, drawn with the seed after this one. */
  readonly test: number;
  /** Standard deviation of the noise; of each blob for `blobs`. */
  readonly noise: number;
  readonly seed: number;
  // What follows is for points only.
  /** Arms of the spiral, or number of blobs: one class each. */
  readonly classes?: number;
  /** What each feature is multiplied by. Default 1 and 1. */
  readonly scale?: readonly [number, number];
  /** What is added to each feature after that. Default 0 and 0. */
  readonly offset?: readonly [number, number];
  /** Share of the points of class 1 that stay. Default 1. */
  readonly rare?: number;
  /** Give the labels out at random. */
  readonly shuffled?: true;
  /** Share of the test points that are training points. Default 0. */
  readonly leaked?: number;
}

/** Points of the user's own, from a file, pasted or drawn. */
export interface OwnData {
  readonly kind: "own";
  /** Such as the name of the file. */
  readonly name: string;
  readonly featureNames: readonly string[];
  /** Names of the classes; without them the targets are numbers. */
  readonly classNames?: readonly string[];
  /** One row a feature. */
  readonly features: readonly ArrayLike<number>[];
  /** Class of each point, counted from 0, or its number. */
  readonly targets: ArrayLike<number>;
  /** Share of the points to test on. */
  readonly test: number;
  /** Seed of the split. */
  readonly seed: number;
}

/** Height and width of the images of `digits`. */
export const DIGIT_SIDE = 28;

export type DataSource = GeneratedData | OwnData;
