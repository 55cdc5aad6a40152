import type { CompleteCheckOptions } from "./checkOptions.js";
import { gradientReport } from "./gradientReport.js";
import { type Asking, ask, type FlatProblem } from "./problem.js";
import type { BlockReport, EntryReport, GradientReport } from "./report.js";

/** The check itself, on one vector θ. */
export function* checkFlat(problem: FlatProblem, options: CompleteCheckOptions): Asking<GradientReport> {
  const start = performance.now();
  const { theta, blocks } = problem;
  const cost = problem.freeze?.(theta) ?? problem.cost;
  let costEvaluations = 0;
  const evaluate = function* (values: Float64Array): Asking<number> {
    costEvaluations++;
    return yield* ask(() => cost(values));
  };
  const J = yield* evaluate(theta);
  const gradient = yield* ask(() => problem.gradient(theta.slice()));
  const reports: BlockReport[] = [];
  for (const { name, shape, offset, length } of blocks) {
    if (options.blocks !== undefined && !options.blocks.includes(name)) continue;
    const entries: EntryReport[] = [];
    for (let k = 0; k < length; k++) {
      const moved = theta.slice();
      const D: number[] = [];
      const h = 1e-3 * Math.max(Math.abs(theta[offset + k]), 0.1);
      for (const step of [h, h / 2]) {
        moved[offset + k] = theta[offset + k] + step;
        const plus = yield* evaluate(moved.slice());
        moved[offset + k] = theta[offset + k] - step;
        D.push((plus - (yield* evaluate(moved.slice()))) / (2 * step));
      }
      const numerical = (4 * D[1] - D[0]) / 3;
      entries.push({
        index: shape.length === 2 ? [Math.floor(k / shape[1]), k % shape[1]] : shape.length === 1 ? [k] : [],
        claimed: gradient[offset + k],
        numerical,
        error: Math.abs(numerical - D[1]) + (1e-15 * Math.abs(J)) / h,
      });
    }
    const wrong = entries.filter(
      ({ claimed, numerical, error }) => !(Math.abs(claimed - numerical) <= 10 * error + 1e-9),
    );
    const norm = (values: number[]): number => Math.hypot(...values);
    reports.push({
      name,
      shape,
      verdict: wrong.length > 0 ? "wrong" : "correct",
      claimed: norm(entries.map(({ claimed }) => claimed)),
      numerical: norm(entries.map(({ numerical }) => numerical)),
      error: norm(entries.map(({ error }) => error)),
      missProbability: 0,
      entries: wrong,
    });
  }
  return gradientReport({
    verdict: reports.some(({ verdict }) => verdict === "wrong") ? "wrong" : "correct",
    mode: options.mode,
    blocks: reports,
    costEvaluations,
    gradientEvaluations: 1,
    notes: [],
    seconds: (performance.now() - start) / 1000,
  });
}
