import type { EngineGroup } from "../engine/plan.js";
import type { Pause } from "./pause.js";
import type { RunState } from "./runState.js";

/**
 * Takes steps of one or several runs side by side until each is at its goal or has ended, or `signal` says so. The event loop runs
 * at least every 8 ms.
 *
 * @param between called between steps, after the event loop has run
 */
export async function takeSteps(
  states: readonly RunState[],
  group: Pick<EngineGroup, "run" | "threads">,
  pause: Pause,
  signal: AbortSignal | undefined,
  between: () => void,
): Promise<void> {
  while (signal?.aborted !== true) {
    const going = states.filter((state) => state.goesOn);
    if (going.length === 0) return;
    for (const state of going) await state.prepare();
    const most = pause.stepsToTake(Number.POSITIVE_INFINITY);
    group.run(going.map((state) => state.task(most, group.threads)));
    // All steps are counted before anything of the caller's runs, which may throw.
    let longest = 0;
    for (const state of going) longest = Math.max(longest, state.count());
    for (const state of going) state.recordAndStep();
    if (longest > 0) pause.stepsTaken(longest);
    if (pause.due) {
      await pause.take();
      between();
    }
  }
}
