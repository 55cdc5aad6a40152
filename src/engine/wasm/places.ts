/** Takes places in a memory one after the other, each at a multiple of 64: a cache line. */
export class Places {
  next: number;

  constructor(first: number) {
    this.next = first;
  }

  take(bytes: number): number {
    const at = this.next;
    this.next = roundUp(at + bytes, 64);
    return at;
  }
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
