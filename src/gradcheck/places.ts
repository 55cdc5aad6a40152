/** Where the gradient is held against the cost: at the given parameters, or away from them in a random direction. */
export interface Place {
  /** The number by which its random direction is found. */
  readonly stream: number;
  /**
   * How far it lies from the given parameters, in their sizes; `fresh`: it has nothing to do with them, its parameters are such
   * as networks start with, where gradients neither vanish nor explode.
   */
  readonly distance: number | "fresh";
}

/** The parameters that were given. */
export const given: Place = { stream: 0, distance: 0 };
export const near: Place = { stream: 1, distance: 1 / 8 };
export const secondNear: Place = { stream: 2, distance: 1 / 8 };
/** For what shows at the given parameters only. */
export const close: Place = { stream: 6, distance: 1 / 256 };
/** For gradients that vanish near the given parameters. */
export const far: Place = { stream: 3, distance: 2 };
export const farther: Place = { stream: 4, distance: 8 };
export const fresh: Place = { stream: 5, distance: "fresh" };
export const secondFresh: Place = { stream: 7, distance: "fresh" };

/** Whether the sizes of the given parameters say anything of those at a place beside them. */
export function isBeside({ distance }: Place): boolean {
  return distance !== "fresh" && distance > 0 && distance < 1;
}

/** Whether a place is so far away that the cost need not have a value there. */
export function isFar({ distance }: Place): boolean {
  return distance === "fresh" || distance > 1;
}
