import type { FloatArray } from "../../array/floatArray.js";
import { backward } from "../../network/backward.js";
import { forward } from "../../network/forward.js";
import { networkWith } from "../../network/network.js";
import type { CompleteNetworkSpec } from "../../network/parseSpec.js";
import { RandomStream } from "../../random/streams.js";
import type { NetworkSubject } from "./networkSubject.js";
import type { TrainingStep } from "./trainingStep.js";

/**
 * How far the places are, relative, at which rounding is looked at: at a single one it may happen to be small. The near ones
 * change nothing but roundings, and where all values stay the same to the last bit of float32, not even these: hence those
 * farther off, more of them, since a sum of a few numbers is exact in float32 about every other time.
 */
const distances = [...Array<number>(4).fill(1e-6), ...Array<number>(8).fill(1e-3)];
/** Unit roundoff of float64, in that of float32: errors grow with it. */
const ofDouble = 2 ** -29;

/**
 * What rounding does to the gradient at θ, entry by entry: how far the readable backward pass in float32 is from that in float64,
 * at the worst of some places beside θ; in the precision of the network.
 */
export function roundingAt({ network: { spec }, step }: NetworkSubject, theta: Float64Array): Float64Array {
  const single = { ...step, X: step.X.as("float32"), Y: step.Y.as("float32") };
  const unit = spec.dtype === "float64" ? ofDouble : 1;
  const stream = new RandomStream(1, "check", 0, 128);
  const worst = new Float64Array(theta.length);
  for (const apart of distances) {
    const beside = Float32Array.from(theta, (value) => value * (1 + apart * stream.normal()));
    const inSingle = gradientOf({ ...spec, dtype: "float32" }, beside, single);
    const exact = gradientOf({ ...spec, dtype: "float64" }, Float64Array.from(beside), {
      ...single,
      X: single.X.as("float64"),
      Y: single.Y.as("float64"),
    });
    for (const [k, value] of exact.entries()) {
      const error = unit * Math.abs(inSingle[k] - value);
      // What is too large for float32 says nothing of rounding.
      if (error > worst[k] && error < Number.POSITIVE_INFINITY) worst[k] = error;
    }
  }
  return worst;
}

function gradientOf(spec: CompleteNetworkSpec, theta: FloatArray, step: TrainingStep): FloatArray {
  const network = networkWith(spec, theta);
  return backward(network, forward(network, step.X, step).cache, step.Y, step).dTheta;
}
