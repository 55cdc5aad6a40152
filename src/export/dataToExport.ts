import { requireName, requireObject } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Dataset } from "../data/dataset.js";
import { type BlobOptions, blobs } from "../data/generators/blobs.js";
import { circles } from "../data/generators/circles.js";
import { type DigitOptions, digits } from "../data/generators/digits.js";
import type { GeneratorOptions } from "../data/generators/generatorOptions.js";
import { moons } from "../data/generators/moons.js";
import { pitch } from "../data/generators/pitch.js";
import { type SpiralOptions, spiral } from "../data/generators/spiral.js";
import { xor } from "../data/generators/xor.js";

const generators = { circles, moons, xor, pitch, spiral, blobs, digits };

/** A generator of the library and its options, as plain data. */
export type GeneratorCall =
  | { readonly generator: "circles" | "moons" | "xor" | "pitch"; readonly options?: GeneratorOptions }
  | { readonly generator: "spiral"; readonly options?: SpiralOptions }
  | { readonly generator: "blobs"; readonly options?: BlobOptions }
  | { readonly generator: "digits"; readonly options?: DigitOptions };

/** Examples themselves, or the generator that draws them. */
export type DataToExport = Dataset | GeneratorCall;

/** A source with its examples. */
export interface SourcedData {
  readonly data: Dataset;
  /** The generator, where there is one. */
  readonly call: GeneratorCall | undefined;
}

/** @throws OptionError for a generator or an option that is unknown or out of range */
export function sourcedData(where: string, source: DataToExport): SourcedData {
  requireRecord(where, source, 'a dataset { X, Y } or a generator, such as { generator: "circles" }');
  if ("X" in source) return { data: source, call: undefined };
  const given = requireObject(where, source, ["generator", "options"]);
  const names = Object.keys(generators) as (keyof typeof generators)[];
  const name = requireName(`${where}: generator`, given.generator, names);
  return { data: generators[name](source.options ?? {}), call: source };
}
