import { type Draws, either, type ImageChange, type ImageSize } from "./imageChange.js";

/** Adds a number uniform on ±amount to every value. */
export function brightness(draws: Draws, _size: ImageSize, amount: number): ImageChange {
  const added = either(draws, amount);
  return added === 0 ? {} : { shade: (value) => value + added };
}
