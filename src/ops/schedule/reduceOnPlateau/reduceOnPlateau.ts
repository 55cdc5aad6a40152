import { type ScheduleDefinition, warmedUp, warmup, warmupSteps } from "../schedule.js";

/**
 * Times `factor`, down to `end`, each time that `patience` checks in a row have brought no improvement and one more does not;
 * then `cooldown` checks do not count. The checks of the warm-up do not count either.
 *
 * Source: PyTorch's `ReduceLROnPlateau` with `threshold_mode="abs"`.
 */
export const reduceOnPlateau = {
  options: {
    factor: { constraint: { kind: "number", above: 0, below: 1 }, default: 0.1 },
    patience: { constraint: { kind: "number", whole: true, min: 0 }, default: 10 },
    minDelta: { constraint: { kind: "number", min: 0 }, default: 1e-4 },
    cooldown: { constraint: { kind: "number", whole: true, min: 0 }, default: 0 },
    end: { constraint: { kind: "number", min: 0, max: 1 }, default: 0 },
    warmup,
  },
  remembers: {
    best: { constraint: { kind: "number" }, default: Number.MAX_VALUE },
    checks: { constraint: { kind: "number", whole: true, min: 0 }, default: 0 },
    cooling: { constraint: { kind: "number", whole: true, min: 0 }, default: 0 },
    factor: { constraint: { kind: "number", min: 0, max: 1 }, default: 1 },
  },
  factor: (at, seen) => warmedUp(at, () => seen.factor),
  follow(at, seen, value) {
    const { factor, patience, minDelta, cooldown, end } = at.options;
    if (at.step < warmupSteps(at)) return seen;
    const better = value < seen.best - minDelta;
    const best = better ? value : seen.best;
    const cooling = Math.max(0, seen.cooling - 1);
    const checks = better || seen.cooling > 0 ? 0 : seen.checks + 1;
    if (checks <= patience) return { best, checks, cooling, factor: seen.factor };
    return { best, checks: 0, cooling: cooldown, factor: Math.max(end, seen.factor * factor) };
  },
} as const satisfies ScheduleDefinition;
