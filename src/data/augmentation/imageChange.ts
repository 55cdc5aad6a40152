/** A place in an image, in pixels; pixel centers have whole numbers, (0, 0) is top left. */
export interface Position {
  row: number;
  column: number;
}

/** The size of an image. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/** A change drawn for one image. */
export interface ImageChange {
  /** Takes a position of the changed image to the one of the original whose value it shows. */
  readonly move?: (position: Position) => void;
  /** Changes a value. */
  readonly shade?: (value: number) => number;
}

/** The numbers that changes are drawn from; `RandomStream` is one. */
export interface Draws {
  /** Uniform on [0, 1). */
  random(): number;
  /** From N(0, 1). */
  normal(): number;
}

/** Uniform on [−bound, bound). */
export function either(draws: Draws, bound: number): number {
  return (2 * draws.random() - 1) * bound;
}
