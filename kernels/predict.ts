/** Prediction alone, on one thread: the forward halves of the kernels. */

import { COMMAND_OUTPUTS, Plan } from "./generated/shared";
import { outputs } from "./outputs";

/** The same as `run` of commands.ts, of which this knows the one command `outputs`. */
export function run(plan: usize, kind: i32, _steps: i32, _iteration: f64): i32 {
  if (kind != COMMAND_OUTPUTS) unreachable();
  const p = changetype<Plan>(plan);
  p.threads = 1;
  if (p.size == 8) outputs<f64>(p, 0);
  else outputs<f32>(p, 0);
  return 0;
}
