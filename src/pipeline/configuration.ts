import type { Augmentation } from "../data/augmentation/spec.js";
import type { Task } from "../data/dataset.js";
import type { CategoryEncoding } from "../data/featureRule.js";
import type { ReadingOptions } from "../data/reading.js";
import type { LayerSpec, NetworkSpec } from "../network/spec.js";
import type { AverageSpec, ScheduleSpec } from "../ops/names.js";
import type { EarlyStopping, TrainingSpec } from "../training/spec.js";
import type { TemplateSpec } from "./fillLayers.js";
import type { PointSource } from "./points/pointSource.js";

/** Height, width and values a pixel of images whose pixels are the features; see {@link Augmentation}. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  /** Default 1. */
  readonly channels?: number;
}

/** How numbers are scaled. */
export const normalizations = ["robust", "standard", "none"] as const;
export type Normalize = (typeof normalizations)[number];

/** How targets of a regression are scaled. */
export const targetNormalizations = ["auto", "standard", "log", "none"] as const;
export type NormalizeTarget = (typeof targetNormalizations)[number];

/** How a table, arrays or images become what a network takes. */
export interface DataSpec {
  /** Column to predict. */
  readonly target?: string;
  /** Default `auto`: what the column says. */
  readonly task?: Task | "auto";
  /** Columns to leave out, such as identifiers. Default none. */
  readonly drop?: readonly string[];
  /** Columns that name the rows: no features, and written beside what `gradproof predict` predicts. Default none. */
  readonly id?: readonly string[];
  /** How the file of the table is read, where its cells do not say it themselves; used by the command line alone. */
  readonly reading?: ReadingOptions;
  /**
   * What a categorical column becomes: a feature of 0 and 1 for each category, or one feature of codes, which an embedding
   * takes and the normalizer leaves alone. `auto`: codes above 32 categories where the network embeds them, else features.
   * Default `auto`; up to version 3 `oneHot`.
   */
  readonly categories?: CategoryEncoding | "auto";
  /**
   * Share of the examples that are held out for validation, above 0 and below 1; or `folds`: of k members each holds out one of k
   * folds, which partition the examples. Default 0.2.
   */
  readonly validation?: number | "folds";
  /** Seed of the split. 0 … 2³²−1, default 0. */
  readonly seed?: number;
  /**
   * How numbers are scaled: `robust` by median and quartiles, clipped smoothly; `standard` to mean 0 and variance 1; `none`. Images
   * always take mean and variance, of each channel. Default `robust`; up to version 3 true, which says `standard`, as false says
   * `none`.
   */
  readonly normalize?: Normalize | boolean;
  /**
   * Targets of a regression: `standard` brings them to mean 0 and variance 1, `log` their logarithms, and `none` leaves them as they
   * are; predictions come back in their unit. `auto` takes `log` of targets that are never negative and whose skewness is above 2, where
   * that of the logarithm is less than half of it, else `standard`. Default `auto`; up to version 3 true, which says `standard`, as false
   * says `none`. Counts, under a loss of counts, stay as they are whatever this says.
   */
  readonly normalizeTarget?: NormalizeTarget | boolean;
  /**
   * Of two classes, what a false alarm costs (the second class predicted of the first) and what a miss costs, both above 0: the
   * second class is predicted where its probability is above `a / (a + b)`. Default: both cost the same.
   */
  readonly costOfMistakes?: readonly [number, number];
  /** The features are the pixels of such images. */
  readonly image?: ImageSize;
  /** Points instead of a table: what is trained and tested on is all in them. */
  readonly points?: PointSource;
}

/** Stands for the last layer: a dense one whose units and activation follow from the data. */
export interface OutputSpec {
  readonly type: "output";
}

/** A layer of which the data may say a part. */
export type LayerTemplateSpec = LayerSpec | TemplateSpec | OutputSpec;

/** A network of which the data may say the ends. */
export interface NetworkTemplate extends Omit<NetworkSpec, "inputs" | "layers"> {
  /** Default: the number of features. */
  readonly inputs?: number;
  /** Default: two hidden layers of 32 and 16 ReLU units, and the output. Some layers may leave to the data what it says. */
  readonly layers?: readonly LayerTemplateSpec[];
}

/** A training of which the data may say the rest. What is absent has a word of its own, since leaving it out means a default. */
export interface TrainingTemplate
  extends Omit<
    TrainingSpec,
    "batchSize" | "classWeight" | "earlyStopping" | "augmentation" | "clipNorm" | "clipValue" | "schedule" | "average"
  > {
  /** Default: by the number of examples; `all` is a full batch. */
  readonly batchSize?: number | "all";
  /** Default `none`. */
  readonly classWeight?: "none" | "balanced" | readonly number[];
  /** Default: patience 20, of the metric that suits the data. */
  readonly earlyStopping?: "none" | Partial<EarlyStopping>;
  /** Default `none`, each of them. */
  readonly clipNorm?: number | "none";
  readonly clipValue?: number | "none";
  readonly average?: AverageSpec | "none";
  /** Default: of a table, cosine with a warm-up of a tenth; otherwise, and up to version 3, `none`. */
  readonly schedule?: ScheduleSpec | "none";
  /** Without a size for images of the data's. */
  readonly augmentation?: Omit<Augmentation, keyof ImageSize> & Partial<ImageSize>;
}

/** How much work a training may be. */
export const efforts = ["quick", "normal", "best"] as const;
export type Effort = (typeof efforts)[number];

/**
 * A whole run as plain data: what configuration files, the lab's exports and model files hold. What it leaves out has a
 * default, or follows from the data.
 */
export interface Configuration {
  /** Of the defaults that fill it in, and of the rules by which columns become features. 1 … 4, default 4. */
  readonly version?: number;
  /** What the run is called. */
  readonly name?: string;
  /**
   * Networks of an ensemble, which predict the mean of their outputs; the seeds of weights and training are those of the
   * configuration for the first, one more for the next, and so on. 1 … 1,000; default by `effort`, of images, points and up to version 3
   * 1: a network alone.
   */
  readonly members?: number;
  /**
   * How much work the training may be: `quick`, `normal` or `best`. It sets what is not given of `members` and `training.epochs`, by a
   * budget of floating-point operations. Default `normal`.
   */
  readonly effort?: Effort;
  readonly data?: DataSpec;
  readonly network?: NetworkTemplate;
  readonly training?: TrainingTemplate;
}
