/** An array of any number of dimensions: `data` holds the entries in C order (the last index runs fastest). */
export interface NdArray {
  /** `[]` for a single number, `[5]` for rank 1, `[5, 1]` for a column. */
  readonly shape: readonly number[];
  readonly dtype: "float64" | "float32" | "int" | "bool";
  /** Booleans are 0 and 1. */
  readonly data: Float64Array;
}

/**
 * What a student's functions take and return: numbers, booleans, texts, nothing (`None`, `undefined`), arrays, lists or
 * tuples, and dictionaries.
 *
 * Given to a function, an NdArray is a NumPy array in Python and nested arrays (`number[][]`) in TypeScript, a list is a
 * list, and a whole number an int. What comes back from TypeScript may be nested lists in the place of arrays.
 */
export type ExerciseValue =
  | number
  | boolean
  | string
  | null
  | NdArray
  | readonly ExerciseValue[]
  | { readonly [name: string]: ExerciseValue };
