import { lossHead } from "./generated/dispatch";
import { Plan } from "./generated/shared";
import { Tile, valueAt } from "./tile";

/** Cost of a tile, `Σⱼ wⱼ ℓⱼ` of all members, with A[L] where it is wanted, and with `gradient` the derivative by what the loss is taken by. */
export function head<T>(p: Plan, gradient: bool): f64 {
  if (Tile.rank > 0) return 0;
  const stride = <usize>p.stride;
  const Y = Tile.X + <usize>p.inputs * stride;
  const bytes = <usize>p.outputs * stride;
  let total: f64 = 0;
  for (let i = 0; i < p.members; i++) {
    const offset = <usize>i * bytes;
    total += lossHead<T>(
      p.loss,
      valueAt(p.logits) + offset,
      valueAt(p.result) + offset,
      Y,
      Y + bytes,
      valueAt(p.dHead) + offset,
      p.outputs,
      stride,
      Tile.vectors,
      gradient,
      p.weighted != 0,
      p.lossNumbers,
    );
  }
  return total;
}

/** A[L] of a tile, the mean of its members, to the outputs of the batch. */
export function copyOutput<T>(p: Plan): void {
  if (Tile.rank > 0) return;
  const A = valueAt(p.result);
  const bytes = <usize>Tile.columns * sizeof<T>();
  for (let i = 0; i < p.outputs; i++) {
    const to = p.output + (<usize>i * <usize>p.count + <usize>Tile.index * <usize>p.tileColumns) * sizeof<T>();
    const from = A + <usize>i * <usize>p.stride;
    if (p.members > 1) averageMembers<T>(p, from, to, bytes);
    else memory.copy(to, from, bytes);
  }
}

/** The mean of a row of each member, of which `from` is the first. */
function averageMembers<T>(p: Plan, from: usize, to: usize, bytes: usize): void {
  const member = <usize>p.outputs * <usize>p.stride;
  for (const end = from + bytes; from < end; from += sizeof<T>(), to += sizeof<T>()) {
    let sum = load<T>(from);
    for (let i = 1; i < p.members; i++) sum += load<T>(from + <usize>i * member);
    store<T>(to, sum / <T>p.members);
  }
}
