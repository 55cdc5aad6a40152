// What the contenders in JavaScript share: the job, and how it is timed.
import { readFileSync } from "node:fs";

/** The job named on the command line. */
export function readJob() {
  return JSON.parse(readFileSync(process.argv[2], "utf8"));
}

/**
 * Microseconds a step: `run(steps)` is called with more and more steps until it takes a tenth of a second, then five times
 * more; the least counts, since whatever disturbs a run only makes it longer.
 */
export async function timeSteps(run) {
  const secondsOf = async (steps) => {
    const start = performance.now();
    await run(steps);
    return (performance.now() - start) / 1000;
  };
  let steps = 1;
  let seconds = await secondsOf(steps);
  while (seconds < 0.1 && steps < 4e6) {
    steps = Math.max(steps + 1, Math.min(steps * 10, Math.ceil((steps * 0.12) / Math.max(seconds, 1e-4))));
    seconds = await secondsOf(steps);
  }
  for (let k = 0; k < 5; k++) seconds = Math.min(seconds, await secondsOf(steps));
  return (seconds / steps) * 1e6;
}

/** One-hot targets, or the labels themselves, row-major: outputs × examples. */
export function targetsOf({ sizes, labels }) {
  const outputs = sizes[sizes.length - 1];
  if (outputs === 1) return labels;
  const Y = new Array(outputs * labels.length).fill(0);
  for (const [j, label] of labels.entries()) Y[label * labels.length + j] = 1;
  return Y;
}

/** W and b of each layer, row-major, out of θ. */
export function parametersOf({ sizes, theta }) {
  let offset = 0;
  return sizes.slice(1).map((units, l) => {
    const inputs = sizes[l];
    const W = theta.slice(offset, offset + units * inputs);
    offset += units * inputs;
    const b = theta.slice(offset, offset + units);
    offset += units;
    return { W, b, units, inputs };
  });
}

/** Steps after which costs are compared. */
export const checkSteps = 20;

export function print(result) {
  console.log(JSON.stringify(result));
}
