import type { Bins, Readings, Spread, Sums, Window } from "../readings.js";
import type { Arena } from "./arena.js";
import { addresses } from "./generated/shared.js";
import type { Kernels } from "./kernels.js";

/** Readings by the kernels, of numbers in their memory. */
export class KernelReadings implements Readings {
  private readonly kernels: Kernels;
  /** Sum, sum of squares, smallest, largest, distances. */
  private readonly reading: Float64Array;
  private readonly counts: Uint32Array;

  constructor({ kernels, memory }: Arena) {
    this.kernels = kernels;
    this.reading = new Float64Array(memory.buffer, addresses.reading, 5);
    this.counts = new Uint32Array(memory.buffer, addresses.counts, 32);
  }

  sums({ data, rows, columns, stride }: Window): Sums {
    const size = data.BYTES_PER_ELEMENT;
    this.kernels.sums(size, data.byteOffset, rows, columns, stride * size);
    const [sum, squares, smallest, largest] = this.reading;
    return { sum, squares, smallest, largest };
  }

  spread({ data, rows, columns, stride }: Window, mean: number, { unit, low, width, bins }: Bins): Spread {
    const size = data.BYTES_PER_ELEMENT;
    this.kernels.spread(size, data.byteOffset, rows, columns, stride * size, mean, unit, low, width, bins);
    return { distances: this.reading[4], counts: this.counts };
  }
}
