/** The generators that points can be drawn by: points in the plane, and images of digits. */
export const generatorNames = ["circles", "moons", "spiral", "xor", "blobs", "pitch", "digits"] as const;
export type GeneratorName = (typeof generatorNames)[number];

/** Points or images drawn by a generator, and what is done to points before training. */
export interface GeneratedPoints {
  readonly kind: GeneratorName;
  /** Training points. Whole number, 10 … 100,000. */
  readonly examples: number;
  /** Points to test on, drawn with the seed after this one. Whole number, 10 … 100,000. */
  readonly test: number;
  /** Standard deviation of the noise; of each blob for `blobs`. 0 … 10⁶. */
  readonly noise: number;
  /** Whole number, 0 … 2³²−2. */
  readonly seed: number;
  // What follows is for points in the plane only.
  /** Arms of the spiral, or number of blobs: one class each. Whole number, 2 … 1000, default 3. */
  readonly classes?: number;
  /** What each feature is multiplied by, 10⁻⁶ … 10⁶. Default 1 and 1. */
  readonly scale?: readonly [number, number];
  /** What is added to each feature after that, −10⁶ … 10⁶. Default 0 and 0. */
  readonly offset?: readonly [number, number];
  /** Share of one class that is kept: of two classes the second, of more the first. 0 … 1, default 1. */
  readonly rare?: number;
  /** Give the labels out at random. */
  readonly shuffled?: true;
  /** Share of the test points that are training points. 0 … 1, default 0. */
  readonly leaked?: number;
}

/** Points of the user's own, from a file, pasted or drawn. */
export interface OwnPoints {
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
  /** Share of the points to test on. 0.05 … 0.9. */
  readonly test: number;
  /** Seed of the split. Whole number, 0 … 2³²−2. */
  readonly seed: number;
}

/** Points to train and test on, as plain data: how they are drawn, or the points themselves. */
export type PointSource = GeneratedPoints | OwnPoints;

/** Height and width of the images of `digits`. */
export const DIGIT_SIDE = 28;

/** Classes of a spiral or of blobs that do not say how many. */
export const defaultClasses = 3;
