import { Layer, Plan } from "./generated/shared";

/** Entry l of a plan's table of layers. */
// @ts-ignore: decorator
@inline
export function layerOf(p: Plan, l: i32): Layer {
  return changetype<Layer>(p.layers + <usize>l * offsetof<Layer>());
}
