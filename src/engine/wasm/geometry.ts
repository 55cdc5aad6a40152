import type { Network } from "../../network/network.js";
import { products } from "./generated/shared.js";

/** How a plan cuts its batches; see `kernels/plan.ts`. */
export interface Geometry {
  /** Bytes of a number. */
  readonly size: 4 | 8;
  readonly tileColumns: number;
  /** Bytes of a row of a tile. */
  readonly stride: number;
  readonly tiles: number;
  /** Rows of a tile: features, targets, weight. */
  readonly tileRows: number;
  readonly tilesInChunk: number;
  readonly chunks: number;
  /** Whether threads share the rows of each product (wide layers), or else the chunks. */
  readonly sharesRows: boolean;
}

/**
 * Bytes of a row of a narrow tile: the rows of a small network then stay in the first-level cache. It holds the examples whose
 * activations a plan keeps, `mostKept`.
 */
const narrowRow = 512;

/** Columns of a wide tile: enough to repay the packing of W. */
const wideColumns = 256;

/**
 * The cut of a batch of up to `capacity` examples. It depends on the shapes alone, so that sums are always taken in the
 * same order, whatever the number of threads.
 */
export function geometryOf(network: Network, capacity: number): Geometry {
  const size = network.spec.dtype === "float64" ? 8 : 4;
  const lanes = 16 / size;
  const padded = Math.ceil(capacity / lanes) * lanes;
  const { layout, program } = network;
  const most = Math.min(padded, wideColumns);
  // What decays are the weights of products; no table of an embedding is one, however large.
  const sharesRows = layout.some(({ rows, columns, decays }) => decays && rows * columns * most >= products.packedFrom);
  const tileColumns = sharesRows ? most : Math.min(padded, narrowRow / size);
  const tiles = Math.ceil(capacity / tileColumns);
  // At least 16 tiles, and at most 32 chunks, since each has a gradient of its own.
  const tilesInChunk = sharesRows ? tiles : Math.max(16, Math.ceil(tiles / 32));
  return {
    size,
    tileColumns,
    stride: tileColumns * size,
    tiles,
    tileRows: program.values[0].rows + program.outputs + 1,
    tilesInChunk,
    chunks: Math.ceil(tiles / tilesInChunk),
    sharesRows,
  };
}
