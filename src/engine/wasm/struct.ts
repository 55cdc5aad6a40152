/** A field of a kernel's struct: where it lies from the struct's address on, and as what. */
export interface Field {
  readonly offset: number;
  readonly kind: "i32" | "u32" | "usize" | "f64";
}

/** Reads and writes a struct that the kernels share, as kernels/shared.js describes it. */
export class Struct<Name extends string> {
  readonly bytes: number;
  private readonly fields: Readonly<Record<Name, Field>>;

  constructor(fields: Readonly<Record<Name, Field>>, bytes: number) {
    this.fields = fields;
    this.bytes = bytes;
  }

  /** Where a field lies, from the struct's address on. */
  offset(name: Name): number {
    return this.fields[name].offset;
  }

  /** Writes some fields of the struct at an address. */
  write(view: DataView, address: number, values: Partial<Readonly<Record<Name, number>>>): void {
    for (const name in values) this.set(view, address, name, values[name] ?? 0);
  }

  set(view: DataView, address: number, name: Name, value: number): void {
    const { offset, kind } = this.fields[name];
    if (kind === "f64") view.setFloat64(address + offset, value, true);
    else view.setUint32(address + offset, value, true); // −1 and 2³²−1 are the same bits
  }

  get(view: DataView, address: number, name: Name): number {
    const { offset, kind } = this.fields[name];
    if (kind === "f64") return view.getFloat64(address + offset, true);
    return kind === "i32" ? view.getInt32(address + offset, true) : view.getUint32(address + offset, true);
  }
}
