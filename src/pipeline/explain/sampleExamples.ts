import { RandomStream } from "../../random/streams.js";

/** Keeps the stream apart from those of splits and resamples. */
const LAYER = 3;

/** At most `most` of m examples, drawn without replacement, in their order. */
export function sampleExamples(m: number, most: number, seed: number): Uint32Array {
  const all = Uint32Array.from({ length: m }, (_, j) => j);
  if (m <= most) return all;
  return Uint32Array.from(new RandomStream(seed, "split", LAYER).permutation(m).slice(0, most)).sort();
}
