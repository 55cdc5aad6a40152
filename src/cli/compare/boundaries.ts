import { Matrix } from "../../array/matrix.js";
import { differences } from "../../constraint/differences.js";
import type { Dataset } from "../../data/dataset.js";
import { predictRaw } from "../../formats/predictModel.js";
import { isArrayFile, readArrays } from "../../node/readArrays.js";
import { readTable } from "../../node/readTable.js";
import { pointsOf } from "../../pipeline/points/pointsOf.js";
import { prepareKept } from "../../pipeline/prepare.js";
import type { ComparedRun } from "../../plot/comparisonReport.js";
import { probabilityField } from "../../plot/probabilityField.js";
import type { LoadedRun } from "./loadRun.js";

type Boundary = NonNullable<ComparedRun["boundary"]>;

/**
 * What each run has learned over the plane of its two features, all of the same features over the same part of it; undefined
 * for runs with other inputs. Examples are drawn where the table they come from is still there.
 */
export async function boundariesOf(runs: readonly LoadedRun[]): Promise<(Boundary | undefined)[]> {
  const drawn = await Promise.all(
    runs.map(async (run) => (isPlane(run) ? { run, train: await examplesOf(run) } : undefined)),
  );
  return drawn.map((each) => {
    if (each === undefined) return undefined;
    const { run, train } = each;
    const corners = drawn.flatMap((other) =>
      other !== undefined && featuresOf(other.run) === featuresOf(run) ? cornersOf(other.run, other.train) : [],
    );
    if (corners.length === 0) return undefined;
    const range = Matrix.from([corners.map(([x]) => x), corners.map(([, y]) => y)]); // (2 × corners)
    return { field: probabilityField(range, (X) => predictRaw(run.model, X)), train: train ?? namesOnly(run) };
  });
}

function isPlane({ model: { encoder } }: LoadedRun): boolean {
  return encoder?.task === "binary" && encoder.featureNames.length === 2;
}

function featuresOf({ model: { encoder } }: LoadedRun): string {
  return JSON.stringify(encoder?.featureNames);
}

/** The training examples; undefined where their table is gone or is not what it was. */
async function examplesOf({ table: path, labels, config, model }: LoadedRun): Promise<Dataset | undefined> {
  const { points } = config.data;
  if (points !== undefined) return pointsOf(points).train;
  if (path === undefined) return undefined;
  try {
    const table = isArrayFile(path)
      ? (await readArrays(path, { labels })).table
      : await readTable(path, { ...config.data.reading, drop: config.data.drop });
    const { encoder, raw } = prepareKept(table, config);
    return differences(asJson(encoder), asJson(model.encoder)).length === 0 ? raw.train : undefined;
  } catch {
    return undefined;
  }
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Names of features and classes without any example: a picture needs them all the same. */
function namesOnly({ model: { encoder } }: LoadedRun): Dataset {
  const { featureNames = [], classNames = [] } = encoder ?? {};
  return { X: Matrix.zeros(2, 0), Y: Matrix.zeros(1, 0), featureNames, classNames };
}

/** Two opposite corners of where the examples lie; without examples, 2.5 scales around their center. */
function cornersOf({ model: { normalizer } }: LoadedRun, train: Dataset | undefined): [number, number][] {
  if (train !== undefined) {
    const [x, y] = [Array.from(train.X.rowData(0)), Array.from(train.X.rowData(1))];
    const of = (pick: (a: number, b: number) => number): [number, number] => [
      x.reduce((a, b) => pick(a, b)),
      y.reduce((a, b) => pick(a, b)),
    ];
    return [of(Math.min), of(Math.max)];
  }
  if (normalizer === undefined) return [];
  const { center, scale } = normalizer;
  const at = (scales: number): [number, number] => {
    const [x, y] = [0, 1].map((i) => center[i] + scales * scale[i]);
    return [x, y];
  };
  return [at(-2.5), at(2.5)];
}
