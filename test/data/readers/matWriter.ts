import { zlibSync } from "fflate";

/** A variable of a MAT-file. */
export interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  /** Number of the class, 6 is double. */
  readonly class?: number;
  /** Bits above the class: 2 logical, 8 complex. */
  readonly flags?: number;
  /** Number of the storage type, 9 is float64. */
  readonly storage?: number;
  /** Column after column. */
  readonly values: readonly number[];
}

const storageSizes = new Map([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 2],
  [5, 4],
  [6, 4],
  [7, 4],
  [9, 8],
]);

/** Writes MAT-files byte by byte, in either byte order, as the document of the format says. */
export class MatWriter {
  private readonly little: boolean;

  constructor(little: boolean) {
    this.little = little;
  }

  file(variables: readonly Uint8Array[]): Uint8Array {
    const text = new TextEncoder().encode("MATLAB 5.0 MAT-file, written by a test".padEnd(124));
    return join(text, this.numbers(4, [0x0100]), this.numbers(4, [0x4d49]), ...variables);
  }

  variable(variable: Variable): Uint8Array {
    const { storage = 9 } = variable;
    const content = [
      this.element(6, this.numbers(6, [((variable.flags ?? 0) << 8) | (variable.class ?? 6), 0])),
      this.element(5, this.numbers(5, variable.shape)),
      this.element(1, new TextEncoder().encode(variable.name)),
      this.element(storage, this.numbers(storage, variable.values)),
    ];
    return this.element(14, join(...content));
  }

  /** One struct: its dimensions and name, the length of a field's name, all names, each field as a variable. */
  struct(name: string, fields: Readonly<Record<string, Variable>>): Uint8Array {
    const names = Object.keys(fields).map((field) => new TextEncoder().encode(field.padEnd(8, "\0")));
    const content = [
      this.element(6, this.numbers(6, [2, 0])),
      this.element(5, this.numbers(5, [1, 1])),
      this.element(1, new TextEncoder().encode(name)),
      this.element(5, this.numbers(5, [8])),
      this.element(1, join(...names)),
      ...Object.values(fields).map((field) => this.variable({ ...field, name: "" })),
    ];
    return this.element(14, join(...content));
  }

  compressed(element: Uint8Array): Uint8Array {
    const data = zlibSync(element);
    return join(this.numbers(6, [15, data.length]), data);
  }

  /** Short where it can be, like MATLAB's own. */
  element(type: number, data: Uint8Array): Uint8Array {
    if (data.length > 0 && data.length <= 4) {
      return join(this.numbers(6, [(data.length << 16) | type]), data, new Uint8Array(4 - data.length));
    }
    return join(this.numbers(6, [type, data.length]), data, new Uint8Array(-data.length & 7));
  }

  numbers(storage: number, values: readonly number[]): Uint8Array {
    const size = storageSizes.get(storage) ?? 1;
    const view = new DataView(new ArrayBuffer(size * values.length));
    for (const [i, value] of values.entries()) {
      if (storage === 9) view.setFloat64(i * 8, value, this.little);
      else if (storage === 7) view.setFloat32(i * 4, value, this.little);
      else if (size === 4) view.setInt32(i * 4, value, this.little);
      else if (size === 2) view.setInt16(i * 2, value, this.little);
      else view.setInt8(i, value);
    }
    return new Uint8Array(view.buffer);
  }
}

/** The parts one after the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}
