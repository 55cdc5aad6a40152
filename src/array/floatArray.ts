/** Precision of a network or matrix: `float64` (the default, reproducible to the last digits) or `float32`. */
export type DType = "float64" | "float32";

/** The storage behind a matrix: row-major, 64 or 32 bits a number. */
export type FloatArray = Float64Array | Float32Array;

/** A zero-filled array of `length` numbers of the given precision. */
export function zeros(length: number, dtype: DType = "float64"): FloatArray {
  return dtype === "float64" ? new Float64Array(length) : new Float32Array(length);
}

/** The precision an array stores. */
export function dtypeOf(data: FloatArray): DType {
  return data instanceof Float64Array ? "float64" : "float32";
}
