import { sizeOf } from "../shape.js";

/** The position that has an index. */
export function positionAt(shape: readonly number[], index: readonly number[]): number {
  return shape.reduce((position, length, axis) => position * length + index[axis], 0);
}

/**
 * For each position the number of the group it is in: positions that differ along these axes alone are in one.
 *
 * @param channels indices along axis 1 that are in one group, where axis 1 is among the axes and not all of them are
 */
export function groupsAlong(shape: readonly number[], axes: readonly number[], channels = shape[1]): Int32Array {
  const size = sizeOf(shape);
  const groups = new Int32Array(size);
  let stride = size;
  for (const [axis, length] of shape.entries()) {
    stride /= length;
    const parts = axes.includes(axis) ? (axis === 1 ? Math.ceil(length / channels) : 1) : length;
    if (parts === 1) continue;
    const whole = length / parts;
    for (let k = 0; k < size; k++)
      groups[k] = groups[k] * parts + Math.floor((Math.floor(k / stride) % length) / whole);
  }
  return groups;
}

/** The sets of some of these, smaller ones first. */
export function subsets<Value>(values: readonly Value[]): Value[][] {
  const all = Array.from({ length: 2 ** values.length - 1 }, (_, k) =>
    values.filter((_, bit) => (((k + 1) >> bit) & 1) === 1),
  );
  return all.sort((a, b) => a.length - b.length);
}

/** Axes along which there is more than one entry. */
export function longAxes(shape: readonly number[]): number[] {
  return shape.flatMap((length, axis) => (length > 1 ? [axis] : []));
}
