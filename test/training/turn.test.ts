import fc from "fast-check";
import { dense, network, networkWith, OptionError, TrainingSession, train } from "gradproof";
import { circles } from "gradproof/data";
import { describe, expect, it } from "vitest";

const data = circles({ examples: 20, seed: 1 });
const validation = circles({ examples: 20, seed: 2 });
const fresh = () => network({ inputs: 2, layers: [dense(4, "relu"), dense(1, "sigmoid")], seed: 3 });
const engines = ["wasm", "readable"] as const;

/** A promise, and what fulfils it. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

describe("two calls of train() at once on one network", () => {
  it("are one too many: the second says what to do, and the first goes on as if alone", async () => {
    const alone = fresh();
    await train(alone, data, { iterations: 30 });
    const model = fresh();
    const first = train(model, data, { iterations: 30 });
    const second = train(model, data, { iterations: 30 });
    await expect(second).rejects.toThrow(OptionError);
    await expect(second).rejects.toThrow(
      "train(): this network is being trained by another call; await that one, or train a copy: " +
        "networkWith(network.spec, network.theta.slice())",
    );
    await first;
    expect(model.theta).toEqual(alone.theta);
  });

  it("are refused of two networks around one θ, too", async () => {
    const model = fresh();
    const first = train(model, data, { iterations: 5 });
    await expect(train(networkWith(model.spec, model.theta), data, { iterations: 5 })).rejects.toThrow(OptionError);
    await expect(train(networkWith(model.spec, model.theta.slice()), data, { iterations: 5 })).resolves.toBeDefined();
    await first;
  });

  it("are refused while the first waits for its checkpoint to be saved", async () => {
    const model = fresh();
    const { passed, open } = gate();
    const saving = gate();
    const save = (): Promise<void> => {
      saving.open();
      return passed;
    };
    const first = train(model, data, { iterations: 5, checkpoint: { every: 2, save } });
    await saving.passed;
    await expect(train(model, data, { iterations: 5 })).rejects.toThrow(OptionError);
    open();
    await first;
  });
});

describe("one call of train() after another on one network", () => {
  it.each([
    ["finished", {}],
    ["was aborted", { signal: AbortSignal.abort() }],
    ["failed in a callback", { onRecord: () => raise("enough") }],
    ["diverged", { optimizer: "gradientDescent", learningRate: 1e200 }],
    ["was refused", { validation: { X: data.X, Y: data.X } }],
    ["could not save", { checkpoint: { every: 1, save: () => Promise.reject(new Error("full")) } }],
  ] as const)("is taken where the first %s", async (_, options) => {
    const model = fresh();
    await train(model, data, { iterations: 10, ...options }).catch(() => {});
    expect((await train(model, data, { iterations: 10 })).stopped).toBe("finished");
  });

  function raise(message: string): never {
    throw new Error(message);
  }

  it("is taken beside a session that was never advanced or never released", async () => {
    const model = fresh();
    new TrainingSession(model, data);
    const begun = new TrainingSession(model, data);
    await begun.advance(3);
    expect((await train(model, data, { iterations: 10 })).stopped).toBe("finished");
  });
});

describe("sessions on one network", () => {
  it("go on in turns only as long as no other has taken steps since they were made", async () => {
    const action = fc.record({ session: fc.nat({ max: 2 }), act: fc.constantFrom("make", "advance", "release") });
    for (const engine of engines) {
      await fc.assert(
        fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
          const model = fresh();
          const sessions: (TrainingSession | undefined)[] = [undefined, undefined, undefined];
          const stale = [false, false, false];
          for (const { session: k, act } of actions) {
            const session = sessions[k];
            if (act === "make") {
              sessions[k] = new TrainingSession(model, data, {
                engine,
                validation,
                earlyStopping: { patience: 9 },
              });
              stale[k] = false;
              session?.release();
            } else if (session === undefined) continue;
            else if (act === "release") {
              const before = model.theta.slice();
              session.release();
              sessions[k] = undefined;
              if (stale[k]) expect(model.theta).toEqual(before);
            } else if (stale[k]) {
              const before = model.theta.slice();
              await expect(session.advance(2)).rejects.toThrow("another session has trained this network since");
              expect(() => session.sync()).toThrow(OptionError);
              expect(() => session.signals()).toThrow(OptionError);
              await expect(session.finish("aborted")).rejects.toThrow(OptionError);
              expect(model.theta).toEqual(before);
            } else {
              const before = session.iteration;
              await session.advance(2);
              expect(session.iteration).toBe(before + 2);
              for (let other = 0; other < 3; other++) if (other !== k) stale[other] = true;
            }
          }
          for (const session of sessions) session?.release();
        }),
        { numRuns: 30 },
      );
    }
  });

  it("refuse a second call to advance() before the first has come to its end", async () => {
    const session = new TrainingSession(fresh(), data, { iterations: 20 });
    const first = session.advance(5);
    await expect(session.advance(5)).rejects.toThrow(
      "TrainingSession.advance(): another call is taking steps; await that one",
    );
    await expect(session.finish("aborted")).rejects.toThrow(OptionError);
    await first;
    expect(session.iteration).toBe(5);
    await session.advance();
    await expect(session.advance()).resolves.toBe("finished");
    session.release();
  });
});
