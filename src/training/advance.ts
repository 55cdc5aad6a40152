import type { EngineGroup } from "../engine/plan.js";
import type { Course } from "./course.js";
import type { Pause } from "./pause.js";
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
  courses: readonly Course[],
  group: Pick<EngineGroup, "run" | "threads">,
  pause: Pause,
  steps: number,
  watch: Watch,
): Promise<void> {
  const going = courses.filter((course) => course.reason === undefined);
  const started = performance.now();
  const before = going.map((course) => course.seconds);
  const stopClock = (): void => {
    const seconds = (performance.now() - started) / 1000;
    for (const [k, course] of going.entries()) course.seconds = before[k] + seconds;
  };
  const taken: Course[] = [];
  try {
    for (const course of going) {
      course.take(where);
      taken.push(course);
    }
    await stretchByStretch(going, group, pause, steps, watch, stopClock);
    for (const course of going) {
      if (course.reason === undefined && course.done === course.setup.runLength.iterations) {
        await course.close("finished");
      }
    }
  } finally {
    stopClock();
    for (const course of taken) {
      course.sync(where);
      course.leave();
    }
  }
}

/** From one checkpoint to the next, without any to the end. */
async function stretchByStretch(
  courses: readonly Course[],
  group: Pick<EngineGroup, "run" | "threads">,
  pause: Pause,
  steps: number,
  { checkpoint, onProgress, signal }: Watch,
  stopClock: () => void,
): Promise<void> {
  const ends = courses.map(({ done, setup }) => Math.min(done + steps, setup.runLength.iterations));
  const tellProgress = progressTeller(courses, onProgress, stopClock);
  const isGoing = (course: Course, k: number): boolean => course.reason === undefined && course.done < ends[k];
  while (courses.some(isGoing) && signal?.aborted !== true) {
    for (const [k, course] of courses.entries()) {
      const stepsBetween = (checkpoint?.every ?? Number.POSITIVE_INFINITY) * course.setup.runLength.stepsPerEpoch;
      const next = (Math.floor(course.done / stepsBetween) + 1) * stepsBetween;
      course.goal = Math.min(ends[k], next);
    }
    const doneBefore = courses.map(({ done }) => done);
    await takeSteps(courses, group, pause, signal, tellProgress);
    const moved = courses.some(({ done }, k) => done > doneBefore[k]);
    if (checkpoint && moved && courses.some(isGoing)) {
      stopClock();
      await checkpoint.save();
    }
  }
}

/** Tells progress at most 20 times a second. */
function progressTeller(
  courses: readonly Course[],
  onProgress: Watch["onProgress"],
  stopClock: () => void,
): () => void {
  let told = 0;
  return () => {
    if (onProgress === undefined || performance.now() - told < 50) return;
    for (const course of courses) course.sync("train()");
    stopClock();
    onProgress();
    told = performance.now();
  };
}
