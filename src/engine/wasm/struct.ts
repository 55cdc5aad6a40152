/** Kinds of fields in a kernel's struct: 32-bit whole numbers (addresses among them) and float64. */
type FieldKind = "i32" | "f64";

/** Where the fields of a struct lie, as AssemblyScript (and C) lays them out: each at a multiple of its own size. */
export class Struct<Name extends string> {
  readonly bytes: number;
  private readonly offsets: Readonly<Record<Name, number>>;
  private readonly kinds: Readonly<Record<Name, FieldKind>>;

  constructor(fields: Readonly<Record<Name, FieldKind>>) {
    const offsets: Partial<Record<Name, number>> = {};
    let offset = 0;
    let widest = 4;
    for (const name of Object.keys(fields) as Name[]) {
      const size = fields[name] === "f64" ? 8 : 4;
      offset = Math.ceil(offset / size) * size;
      offsets[name] = offset;
      offset += size;
      widest = Math.max(widest, size);
    }
    this.offsets = offsets as Record<Name, number>;
    this.kinds = fields;
    this.bytes = Math.ceil(offset / widest) * widest;
  }

  /** Where a field lies, from the struct's address on. */
  offset(name: Name): number {
    return this.offsets[name];
  }

  /** Writes some fields of the struct at an address. */
  write(view: DataView, address: number, values: Partial<Readonly<Record<Name, number>>>): void {
    for (const name of Object.keys(values) as Name[]) this.set(view, address, name, values[name] ?? 0);
  }

  set(view: DataView, address: number, name: Name, value: number): void {
    if (this.kinds[name] === "f64") view.setFloat64(address + this.offsets[name], value, true);
    else view.setInt32(address + this.offsets[name], value, true);
  }

  get(view: DataView, address: number, name: Name): number {
    const at = address + this.offsets[name];
    return this.kinds[name] === "f64" ? view.getFloat64(at, true) : view.getInt32(at, true);
  }
}
