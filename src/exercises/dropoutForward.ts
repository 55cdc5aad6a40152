import { add, map, multiply } from "../array/broadcast.js";
import type { Matrix } from "../array/matrix.js";
import { product } from "../array/product.js";
import type { Message } from "../constraint/message.js";
import { sigmoid } from "../numeric/sigmoid.js";
import { RandomState } from "../random/randomState.js";
import { given, givenAll, matrixOf } from "./arrays.js";
import { outputCauses, requireCache, sumCauses } from "./cache.js";
import { drawData, dropoutCacheNames, type Named, total } from "./course.js";
import { isClose, requireShape, requireTuple, requireValues, text } from "./expect.js";
import { type FunctionJudge, type Judged, Wrong } from "./judging.js";
import { say } from "./say.js";
import type { ExerciseValue, NdArray } from "./value.js";

/** Shares to keep: never ½ alone, where dividing by 1 − keep, or dropping what is to be kept, changes nothing. */
const keeps = [0.86, 0.3, 0.5, 0.7, 1] as const;

/** Wide layers and many examples, so that a single call tells the share a mask keeps. */
const dims = [3, 30, 20, 1] as const;
const examples = 200;

/** How many standard errors the kept share may be off. */
const errors = 7;

export const judgeDropoutForward: FunctionJudge = async (judged, seed) => {
  const random = new RandomState(seed);
  for (const [k, keep] of keeps.entries()) {
    const { X, parameters } = drawData(random, dims, examples);
    const value = await judged.call([given(X), givenAll(parameters), keep], { seed: (seed + k) % 2 ** 32 });
    const [A3, cache] = requireTuple(judged, value, ["A3", "cache"]);
    requirePass(judged, { X, parameters, keep }, A3, requireCache(judged, cache, dropoutCacheNames));
  }
  return { why: say("right.dropout", { keeps: keeps.map(String) }) };
};

interface Given {
  readonly X: Matrix;
  readonly parameters: Named;
  readonly keep: number;
}

function requirePass(
  judged: Judged,
  { X, parameters, keep }: Given,
  A3: ExerciseValue,
  cache: Readonly<Record<string, ExerciseValue>>,
): void {
  const sumsOf = (l: number, below: Matrix): Matrix => add(product(parameters[`W${l}`], below), parameters[`b${l}`]);
  let below = X;
  for (const l of [1, 2]) {
    const Z = sumsOf(l, below);
    requireValues(judged, `Z${l}`, cache[`Z${l}`], Z, (got) => [
      ...sumCauses(l, below, parameters)(got),
      ...(l === 2 ? undroppedCauses(got, judged, parameters, cache) : inputCauses(got, X, parameters, keep)),
    ]);
    const D = requireShape(judged, `D${l}`, cache[`D${l}`], Z.shape);
    const mask = requireMask(D, l, keep);
    const relu = map(Z, (z) => Math.max(0, z));
    below = multiply(multiply(relu, mask), 1 / keep);
    requireDropped(judged, cache[`A${l}`], below, { l, relu, Z, mask, keep });
  }
  const Z3 = sumsOf(3, below);
  requireValues(judged, "Z3", cache.Z3, Z3, sumCauses(3, below, parameters));
  const right = map(Z3, sigmoid);
  requireValues(judged, "A3", A3, right, (got) => [...lastCauses(got, right, keep), ...outputCauses(3, Z3)(got)]);
  requireValues(judged, "A3", cache.A3, right);
  for (const name of Object.keys(parameters)) requireValues(judged, name, cache[name], parameters[name]);
}

/** A mask of zeros and ones that keeps the share it should, or a Wrong. */
function requireMask({ data, shape, dtype }: NdArray, l: number, keep: number): Matrix {
  const name = `D${l}`;
  const kept = new Set(data);
  kept.delete(0);
  const [on = 1] = kept;
  if (kept.size > 1) throw new Wrong(say("wrong.maskNotCut", { name, keep }), say("next.mask", { name }));
  // A mask of 0 and 1/keep does the third and the fourth step at once.
  if (!isClose([on], [1]) && !isClose([on], [1 / keep])) {
    throw new Wrong(say("wrong.maskValue", { name, value: text(on) }), say("next.mask", { name }));
  }
  const mask = matrixOf({ shape, dtype, data: data.map((d) => (d === 0 ? 0 : 1)) });
  const share = total(mask) / data.length;
  if (share > 0 && share < 1) requireIndependent(mask, name);
  if (!isShare(share, keep, data.length)) {
    const values = { name, got: text(share), keep };
    throw new Wrong(
      say("wrong.share", values, { cause: shareCauses(share, keep, data.length) }),
      say("next.mask", { name }),
    );
  }
  return mask;
}

function isShare(found: number, keep: number, count: number): boolean {
  return Math.abs(found - keep) <= errors * Math.sqrt((keep * (1 - keep)) / count);
}

function shareCauses(share: number, keep: number, count: number): readonly Message[] {
  if (share === 1) return [say("mistake.nothingDropped")];
  if (isShare(share, 1 - keep, count)) return [say("mistake.shareInverted")];
  if (isShare(share, 0.5, count)) return [say("mistake.shareFixed", { share: 0.5 })];
  const normal = normalShares.get(keep);
  return normal !== undefined && isShare(share, normal, count) ? [say("mistake.normalMask")] : [];
}

/** Φ(keep): the share of normal draws below keep. */
const normalShares: ReadonlyMap<number, number> = new Map([
  [0.86, 0.8051],
  [0.3, 0.6179],
  [0.5, 0.6915],
  [0.7, 0.758],
  [1, 0.8413],
]);

/** Rows and columns that are not all dropped or kept alike. */
function requireIndependent({ rows, columns, data }: Matrix, name: string): void {
  const sameRows = data.every((d, k) => d === data[k % columns]);
  const sameColumns = data.every((d, k) => d === data[Math.floor(k / columns) * columns]);
  if (sameRows && rows > 1) throw new Wrong(say("wrong.maskRows", { name }), say("next.mask", { name }));
  if (sameColumns) throw new Wrong(say("wrong.maskColumns", { name }), say("next.mask", { name }));
}

interface Dropped {
  readonly l: number;
  readonly relu: Matrix;
  readonly Z: Matrix;
  readonly mask: Matrix;
  readonly keep: number;
}

function requireDropped(judged: Judged, value: ExerciseValue, right: Matrix, dropped: Dropped): void {
  const { l, relu, Z, mask, keep } = dropped;
  const name = `A${l}`;
  const causes = (got: NdArray): readonly Message[] => {
    const other = map(mask, (d) => 1 - d);
    const readings: readonly (readonly [id: DropCause, value: Matrix])[] = [
      ["mistake.notScaled", multiply(relu, mask)],
      ["mistake.notMasked", multiply(relu, 1 / keep)],
      ["mistake.notDropped", relu],
      ["mistake.scaledTwice", multiply(multiply(relu, mask), 1 / keep ** 2)],
      ["mistake.multipliedByKeep", multiply(multiply(relu, mask), keep)],
      ["mistake.dividedByDropped", multiply(multiply(relu, mask), 1 / (1 - keep))],
      ["mistake.dividedByHalf", multiply(multiply(relu, mask), 2)],
      ["mistake.otherMask", multiply(multiply(relu, other), 1 / keep)],
    ];
    const found = readings.find(([, A]) => isClose(got.data, A.data));
    return found ? [say(found[0], { layer: String(l) })] : outputCauses(l, Z)(got);
  };
  try {
    requireValues(judged, name, value, right, causes);
  } catch (error) {
    if (!(error instanceof Wrong) || error.next) throw error;
    throw new Wrong(error.why, say("next.scale", { name, mask: `D${l}` }));
  }
}

type DropCause =
  | "mistake.notScaled"
  | "mistake.notMasked"
  | "mistake.notDropped"
  | "mistake.scaledTwice"
  | "mistake.multipliedByKeep"
  | "mistake.dividedByDropped"
  | "mistake.dividedByHalf"
  | "mistake.otherMask";

/** Z2 of A1 before dropout: what the cache holds is dropped, but what goes on is not. */
function undroppedCauses(
  got: NdArray,
  judged: Judged,
  parameters: Named,
  cache: Readonly<Record<string, ExerciseValue>>,
): readonly Message[] {
  const Z1 = matrixOf(requireShape(judged, "Z1", cache.Z1, [dims[1], examples]));
  const relu = map(Z1, (z) => Math.max(0, z));
  const Z2 = add(product(parameters.W2, relu), parameters.b2);
  return isClose(got.data, Z2.data) ? [say("mistake.goesOnUndropped")] : [];
}

/** Z1 of inputs of which each example has lost some. */
function inputCauses({ data }: NdArray, X: Matrix, parameters: Named, keep: number): readonly Message[] {
  const subsets = Array.from({ length: 2 ** X.rows }, (_, bits) =>
    Array.from({ length: X.rows }, (_, i) => (bits >> i) & 1),
  );
  const fits = [1, keep].some((scale) => {
    const sums = subsets.map((subset) => {
      const kept = map(X, (x) => x / scale);
      subset.forEach((bit, i) => {
        kept.rowData(i).forEach((x, j, row) => {
          row[j] = x * bit;
        });
      });
      return add(product(parameters.W1, kept), parameters.b1).data;
    });
    const units = data.length / X.columns;
    const column = (of: ArrayLike<number>, j: number): number[] =>
      Array.from({ length: units }, (_, i) => of[i * X.columns + j]);
    return Array.from({ length: X.columns }, (_, j) => j).every((j) =>
      sums.some((sum) => isClose(column(data, j), column(sum, j))),
    );
  });
  return fits ? [say("mistake.inputDropped")] : [];
}

function lastCauses({ data }: NdArray, right: Matrix, keep: number): readonly Message[] {
  const scaled = (by: number): boolean => data.every((a, k) => a === 0 || isClose([a], [right.data[k] * by]));
  const dropped = data.filter((a) => a === 0).length;
  if (dropped > 0 && dropped < data.length && (scaled(1) || scaled(1 / keep))) return [say("mistake.lastDropped")];
  return keep < 1 && scaled(1 / keep) ? [say("mistake.lastScaled")] : [];
}
