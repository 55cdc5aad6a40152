import type { Dataset } from "../../data/dataset.js";
import type { Detector } from "../finding.js";
import { say } from "../say.js";

/** Share of the validation examples that are training examples too. */
const most = 0.05;

/** Examples in both sets: the validation then measures memory. Source: deepchecks, "train-test samples mix". */
export const leakedRows: Detector = ({ data, validation }) => {
  if (validation === undefined || validation.X.columns === 0) return [];
  const trained = examplesOf(data);
  const known = new Set(trained);
  const leaked = examplesOf(validation).filter((example) => known.has(example)).length / validation.X.columns;
  // Of few features with few values, examples are alike by chance.
  const distinct = known.size / data.X.columns;
  if (!(leaked > most) || distinct < 0.9 || !(leaked - byChance(data, trained) > most)) return [];
  return [
    {
      symptom: "leakedRows",
      measured: leaked,
      threshold: most,
      why: say("doctor.why.leakedRows", { share: leaked }),
      advice: say("doctor.advice.removeDuplicates"),
    },
  ];
};

/**
 * Share of the examples that are alike by chance: as many as the training examples that have a twin among themselves, and no more than
 * features that know nothing of each other would make. With Σᵥ pᵢ(v)² the chance that two examples agree in feature i, one of m
 * has a twin with 1 − e^(−m Πᵢ Σᵥ pᵢ(v)²).
 */
function byChance({ X }: Dataset, trained: Float64Array): number {
  const m = X.columns;
  const twins = 1 - sharesOf(trained).filter((count) => count === 1).length / m;
  let pairs = m;
  // What is left of features beyond this makes no difference.
  for (let i = 0; i < X.rows && pairs > most / 100; i++) {
    pairs *= sharesOf(X.rowData(i)).reduce((sum, count) => sum + (count / m) ** 2, 0);
  }
  return Math.min(twins, 1 - Math.exp(-pairs));
}

/** How often each value occurs. */
function sharesOf(values: Iterable<number>): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
}

/** A number for each example that is equal where its features are: 53 bits, so that others share it hardly ever. */
function examplesOf({ X }: Dataset): Float64Array {
  const m = X.columns;
  const high = new Uint32Array(m);
  const low = new Uint32Array(m);
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  // Row by row, as X lies in memory; a text for each example would take gigabytes where examples are images.
  for (let i = 0; i < X.rows; i++) {
    for (let j = 0; j < m; j++) {
      value[0] = X.data[i * m + j] + 0; // −0 is 0
      high[j] = mixed(mixed(high[j], words[0]), words[1]);
      low[j] = mixed(mixed(low[j] ^ 0x9e3779b9, words[1]), words[0]);
    }
  }
  return Float64Array.from(high, (word, j) => word * 2 ** 21 + (low[j] >>> 11));
}

/** Two rounds of MurmurHash3's finalizer (A. Appleby, 2011) over a state and a word. */
function mixed(state: number, word: number): number {
  let h = state ^ word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
