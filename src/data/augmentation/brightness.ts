import { type Change, type Draws, either, type ImageSize } from "./change.js";

/** Adds a number uniform on ±amount to every value. */
export function brightness(draws: Draws, _size: ImageSize, amount: number): Change {
  const added = either(draws, amount);
  return added === 0 ? {} : { shade: (value) => value + added };
}
