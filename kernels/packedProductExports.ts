/** The packed product in both precisions, for tests. */

import { multiplyPacked, packB, packedProduct, panelsOf } from "./packedProduct";

export { multiplyWorkspace, packedBytes, packedProductScratch } from "./packedProduct";

export function panelsOf64(columns: i32): i32 {
  return panelsOf<f64>(columns);
}

export function panelsOf32(columns: i32): i32 {
  return panelsOf<f32>(columns);
}

export function packB64(
  columns: i32,
  depth: i32,
  B: usize,
  bRow: usize,
  bColumn: usize,
  packed: usize,
  panelFrom: i32,
  panelTo: i32,
): void {
  packB<f64>(columns, depth, B, bRow, bColumn, packed, panelFrom, panelTo);
}

export function packB32(
  columns: i32,
  depth: i32,
  B: usize,
  bRow: usize,
  bColumn: usize,
  packed: usize,
  panelFrom: i32,
  panelTo: i32,
): void {
  packB<f32>(columns, depth, B, bRow, bColumn, packed, panelFrom, panelTo);
}

export function multiplyPacked64(
  rows: i32,
  columns: i32,
  depth: i32,
  A: usize,
  aRow: usize,
  aColumn: usize,
  packed: usize,
  C: usize,
  cRow: usize,
  bias: usize,
  accumulate: bool,
  workspace: usize,
  rowFrom: i32,
  rowTo: i32,
): void {
  multiplyPacked<f64>(
    rows, columns, depth, A, aRow, aColumn, packed, C, cRow,
    bias, accumulate, workspace, rowFrom, rowTo,
  );
}

export function multiplyPacked32(
  rows: i32,
  columns: i32,
  depth: i32,
  A: usize,
  aRow: usize,
  aColumn: usize,
  packed: usize,
  C: usize,
  cRow: usize,
  bias: usize,
  accumulate: bool,
  workspace: usize,
  rowFrom: i32,
  rowTo: i32,
): void {
  multiplyPacked<f32>(
    rows, columns, depth, A, aRow, aColumn, packed, C, cRow,
    bias, accumulate, workspace, rowFrom, rowTo,
  );
}

export function packedProduct64(
  rows: i32,
  columns: i32,
  depth: i32,
  A: usize,
  aRow: usize,
  aColumn: usize,
  B: usize,
  bRow: usize,
  bColumn: usize,
  C: usize,
  cRow: usize,
  bias: usize,
  accumulate: bool,
  scratch: usize,
  rowFrom: i32,
  rowTo: i32,
): void {
  packedProduct<f64>(
    rows, columns, depth, A, aRow, aColumn, B, bRow, bColumn,
    C, cRow, bias, accumulate, scratch, rowFrom, rowTo,
  );
}

export function packedProduct32(
  rows: i32,
  columns: i32,
  depth: i32,
  A: usize,
  aRow: usize,
  aColumn: usize,
  B: usize,
  bRow: usize,
  bColumn: usize,
  C: usize,
  cRow: usize,
  bias: usize,
  accumulate: bool,
  scratch: usize,
  rowFrom: i32,
  rowTo: i32,
): void {
  packedProduct<f32>(
    rows, columns, depth, A, aRow, aColumn, B, bRow, bColumn,
    C, cRow, bias, accumulate, scratch, rowFrom, rowTo,
  );
}
