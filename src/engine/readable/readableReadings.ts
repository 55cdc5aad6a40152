import type { Readings } from "../readings.js";

/** Readings in TypeScript, one number after the other. */
export const readableReadings: Readings = {
  sums({ data, rows, columns, stride }) {
    let sum = 0;
    let squares = 0;
    let smallest = Number.POSITIVE_INFINITY;
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < rows; i++) {
      for (let k = i * stride; k < i * stride + columns; k++) {
        const value = data[k];
        sum += value;
        squares += value * value;
        if (value < smallest) smallest = value;
        if (value > largest) largest = value;
      }
    }
    return { sum, squares, smallest, largest };
  },

  spread({ data, rows, columns, stride }, mean, { unit, low, width, bins }) {
    const counts = new Uint32Array(bins + 1);
    let distances = 0;
    for (let i = 0; i < rows; i++) {
      for (let k = i * stride; k < i * stride + columns; k++) {
        const value = data[k];
        distances += (value - mean) * (value - mean);
        counts[Math.floor(((value * unit - low) / width) * bins)]++;
      }
    }
    return { distances, counts };
  },
};
