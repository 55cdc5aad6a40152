import { lossHead } from "./generated/dispatch";
import { Plan } from "./generated/shared";
import { Tile, valueAt } from "./tile";

/** Cost of a tile, `Σⱼ wⱼ ℓⱼ`, with A[L] where it is wanted, and with `gradient` the derivative by what the loss is taken by. */
export function head<T>(p: Plan, gradient: bool): f64 {
  if (Tile.rank > 0) return 0;
  const stride = <usize>p.stride;
  const Y = Tile.X + <usize>p.inputs * stride;
  const weights = Y + <usize>p.outputs * stride;
  return lossHead<T>(
    p.loss,
    valueAt(p.logits),
    valueAt(p.result),
    Y,
    weights,
    valueAt(p.dHead),
    p.outputs,
    stride,
    Tile.vectors,
    gradient,
    p.weighted != 0,
    p.lossNumbers,
  );
}

/** A[L] of a tile to the outputs of the batch. */
export function copyOutput<T>(p: Plan): void {
  if (Tile.rank > 0) return;
  const A = valueAt(p.result);
  const bytes = <usize>Tile.columns * sizeof<T>();
  for (let i = 0; i < p.outputs; i++) {
    const to = p.output + (<usize>i * <usize>p.count + <usize>Tile.index * <usize>p.tileColumns) * sizeof<T>();
    memory.copy(to, A + <usize>i * <usize>p.stride, bytes);
  }
}
