import type { EngineGroup } from "../engine/plan.js";
import type { Pause } from "./pause.js";
import type { RunState } from "./runState.js";
import { takeSteps } from "./takeSteps.js";

/** How steps of one or several runs are watched, saved and ended. */
export interface Watch {
  /** Epochs from one call of `save` to the next. */
  readonly checkpoint?: { readonly every: number; readonly save: () => void | Promise<void> } | undefined;
  readonly onProgress?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes up to `steps` steps of each run that has not ended, and ends those that have come to their last one.
 *
 * @param where the public function, for messages
 */
export async function advance(
  where: string,
  states: readonly RunState[],
  group: Pick<EngineGroup, "run" | "threads">,
  pause: Pause,
  steps: number,
  watch: Watch,
): Promise<void> {
  const going = states.filter((state) => state.reason === undefined);
  const started = performance.now();
  const before = going.map((state) => state.seconds);
  const stopClock = (): void => {
    const seconds = (performance.now() - started) / 1000;
    for (const [k, state] of going.entries()) state.seconds = before[k] + seconds;
  };
  const taken: RunState[] = [];
  try {
    for (const state of going) {
      state.take(where);
      taken.push(state);
    }
    await stretchByStretch(going, group, pause, steps, watch, stopClock);
    for (const state of going) {
      if (state.reason === undefined && state.done === state.setup.runLength.iterations) {
        await state.close("finished");
      }
    }
  } finally {
    stopClock();
    for (const state of taken) {
      state.sync(where);
      state.leave();
    }
  }
}

/** From one checkpoint to the next, without any to the end. */
async function stretchByStretch(
  states: readonly RunState[],
  group: Pick<EngineGroup, "run" | "threads">,
  pause: Pause,
  steps: number,
  { checkpoint, onProgress, signal }: Watch,
  stopClock: () => void,
): Promise<void> {
  const ends = states.map(({ done, setup }) => Math.min(done + steps, setup.runLength.iterations));
  const tellProgress = progressTeller(states, onProgress, stopClock);
  const isGoing = (state: RunState, k: number): boolean => state.reason === undefined && state.done < ends[k];
  while (states.some(isGoing) && signal?.aborted !== true) {
    for (const [k, state] of states.entries()) {
      const stepsBetween = (checkpoint?.every ?? Number.POSITIVE_INFINITY) * state.setup.runLength.stepsPerEpoch;
      const next = (Math.floor(state.done / stepsBetween) + 1) * stepsBetween;
      state.goal = Math.min(ends[k], next);
    }
    const doneBefore = states.map(({ done }) => done);
    await takeSteps(states, group, pause, signal, tellProgress);
    const moved = states.some(({ done }, k) => done > doneBefore[k]);
    if (checkpoint && moved && states.some(isGoing)) {
      stopClock();
      await checkpoint.save();
    }
  }
}

/** Tells progress at most 20 times a second. */
function progressTeller(
  states: readonly RunState[],
  onProgress: Watch["onProgress"],
  stopClock: () => void,
): () => void {
  let told = 0;
  return () => {
    if (onProgress === undefined || performance.now() - told < 50) return;
    for (const state of states) state.sync("train()");
    stopClock();
    onProgress();
    told = performance.now();
  };
}
