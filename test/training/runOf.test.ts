import { dense, network, type TrainOptions, train } from "gradproof";
import { circles } from "gradproof/data";
import { describe, expect, it } from "vitest";

const data = circles({ examples: 60, seed: 1 });
const validation = circles({ examples: 40, seed: 2 });

async function run(options: TrainOptions): Promise<string> {
  const model = network({ inputs: 2, layers: [dense(3, "tanh"), dense(1, "sigmoid")], initializer: "zeros" });
  return String(await train(model, data, options));
}

describe("String(run)", () => {
  it("says all that was taken by default", async () => {
    expect(await run({})).toMatch(
      /^1,000 full-batch steps of adam, α = 0\.001 \(by default: length, batch size, optimizer, α\); cost 0\.693 → 0\.\d+; finished$/,
    );
  });

  it("speaks of no defaults where all was given", async () => {
    const options = { epochs: 2, batchSize: 25, learningRate: 0.1, optimizer: "gradientDescent" } as const;
    expect(await run(options)).toMatch(
      /^6 steps of gradientDescent in batches of 25 \(2 epochs\), α = 0\.1; cost .+; finished$/,
    );
  });

  it("says how far a run came that did not finish", async () => {
    expect(await run({ epochs: 1, batchSize: 25, signal: AbortSignal.abort() })).toMatch(
      /^0 of 3 steps of adam in batches of 25 \(1 epoch\), α = 0\.001 \(by default: optimizer, α\); cost 0\.693 → 0\.693; aborted$/,
    );
  });

  it("says where the weights come from, and that settings changed", async () => {
    const text = await run({
      iterations: 200,
      learningRate: 0.1,
      changes: [{ iteration: 50, learningRate: 0.2 }],
      validation,
      earlyStopping: { patience: 1, metric: "accuracy" },
    });
    expect(text).toMatch(
      /; settings changed on the way; cost .+; stopped early; weights of epoch \d+, where accuracy was best: 0\.\d+$/,
    );
  });

  it("stays out of JSON, of copies and of keys", async () => {
    const model = network({ inputs: 2, layers: [dense(1, "sigmoid")] });
    const made = await train(model, data, { iterations: 1 });
    expect(Object.keys(made)).not.toContain("toString");
    expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(JSON.stringify({ ...made })));
    expect(structuredClone(made)).toEqual(made);
  });
});
