import { dense, members, OptionError, parseNetworkSpec } from "gradproof";
import { lossesFor, lossVocabulary, namesOf, scheduleVocabulary } from "gradproof/ops";
import { describe, expect, it } from "vitest";
import type { RunSpec } from "../../lab/experiment/experiment.js";
import { parseRun } from "../../lab/experiment/parseRun.js";
import { presetOf } from "../../lab/experiment/presets.js";
import { withLayers } from "../../lab/state/edits.js";
import { lossOf, withLoss } from "../../lab/state/lossEdits.js";
import { scheduleCurve, withSchedule } from "../../lab/state/schedules.js";
import { LabRun } from "../../lab/worker/labRun.js";

const { data, runs } = presetOf("starts").experiment;
const run = runs[2];

/** A run taken to its end, and its curve. */
async function curveOf(spec: RunSpec) {
  const lab = new LabRun(spec, data);
  await lab.advance(Number.POSITIVE_INFINITY, new AbortController().signal);
  const { curve } = lab.look({ boundary: 0, layers: false, doctor: "nothing", known: 0 });
  lab.release();
  return curve;
}

describe("the curve of a schedule", () => {
  const names = namesOf(scheduleVocabulary.operations);
  const byStep = names.filter((name) => !("remembers" in scheduleVocabulary.operations[name]));

  it.each(byStep)("is what the run trains with, and stays for a look: %s", async (name) => {
    const training = { ...run.training, iterations: 40, learningRate: 0.2, recordEvery: 1 };
    const scheduled = withSchedule({ ...run, training }, "schedule", { type: name, warmup: 0.25 });
    const drawn = scheduleCurve({ type: name, warmup: 0.25 }, 40, 0.2) ?? [];
    const made = await curveOf(scheduled);
    expect(drawn).toHaveLength(40);
    expect(drawn).toEqual(made.slice(0, 40).map(({ iteration, learningRate }) => [iteration, learningRate]));
  });

  it("is none where it goes by what the run does: then the run says what it was", async () => {
    const following = names.filter((name) => !byStep.includes(name));
    expect(following).toHaveLength(1);
    for (const name of following) expect(scheduleCurve(name, 40, 1)).toBeUndefined();
    const training = { ...run.training, iterations: 60, recordEvery: 1 };
    const plateau = { type: "reduceOnPlateau", patience: 1, minDelta: 1, factor: 0.5 } as const;
    const rates = (await curveOf(withSchedule({ ...run, training }, "schedule", plateau))).map(
      ({ learningRate }) => learningRate,
    );
    expect(rates[0]).toBe(0.01);
    expect(rates.at(-1)).toBeLessThan(0.001);
  });

  it("of a run without a schedule is its rate, with the changes made on the way", async () => {
    const training = { ...run.training, iterations: 4, recordEvery: 1, changes: [{ iteration: 2, learningRate: 0.5 }] };
    const rates = (await curveOf({ ...run, training })).map(({ learningRate }) => learningRate);
    expect(rates).toEqual([0.01, 0.01, 0.5, 0.5, 0.5]);
  });

  it("is short where the run is, and ends at its last step", () => {
    expect(scheduleCurve("cosine", 1, 3)).toEqual([[0, 3]]);
    const long = scheduleCurve("linear", 1_000_000, 1) ?? [];
    expect(long.length).toBeLessThan(1000);
    expect(long.at(-1)?.[0]).toBe(999_999);
  });

  it("goes with a schedule that is taken away", () => {
    const one = withSchedule(run, "keepSchedule", "cosine");
    expect(one.training.keepSchedule).toBe("cosine");
    expect(withSchedule(one, "keepSchedule", undefined)).toEqual(run);
  });
});

describe("another loss", () => {
  const own = (targets: number[], classNames?: string[]) =>
    ({
      kind: "own",
      name: "own",
      featureNames: ["a"],
      features: [[0, 1, 2, 3, 4, 5]],
      targets,
      ...(classNames && { classNames }),
      test: 0.34,
      seed: 1,
    }) as const;
  const points = {
    binary: own([0, 1, 0, 1, 0, 1], ["no", "yes"]),
    multiclass: own([0, 1, 2, 0, 1, 2], ["a", "b", "c"]),
    regression: own([0, 1, 2, 3, 1, 2]),
  };

  for (const task of ["binary", "multiclass", "regression"] as const) {
    it.each(lossesFor(task))(`brings the output that it is made for, from any other, ${task}: %s`, (loss) => {
      for (const before of lossesFor(task)) {
        const { activation = "linear" } = lossVocabulary.operations[before] as { activation?: "linear" };
        const outputs = task === "multiclass" ? 3 : 1;
        for (const layers of [
          [dense(3, "tanh"), dense(outputs, activation)],
          [dense(outputs, "linear"), { type: "activation", activation } as const],
          [members(2, [dense(3, "tanh"), dense(outputs, activation)])],
        ]) {
          const network = { inputs: 1, layers, loss: before };
          const changed = withLoss({ ...run, network, training: { iterations: 2 } }, loss);
          expect(lossOf(parseRun("run", changed, points[task]))).toBe(loss);
          const lab = new LabRun(changed, points[task]);
          lab.release();
        }
      }
    });
  }

  it("keeps an output that any such loss takes", () => {
    const odd = withLayers(run, [dense(1, "tanh")]);
    const network = { ...odd.network, loss: "meanSquaredError" as const };
    const changed = withLoss({ ...odd, network }, { type: "huber", delta: 2 });
    expect(changed.network).toMatchObject({ layers: [{ activation: "tanh" }], loss: { type: "huber", delta: 2 } });
  });

  it("is none of a network that cannot be", () => {
    expect(lossOf(withLayers(run, []))).toBeUndefined();
    expect(() => parseNetworkSpec({ inputs: 2, layers: [] })).toThrow(OptionError);
  });
});
