import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProgressDisplay, type ProgressState, progressLine } from "../../src/cli/progress.js";
import { TestContext } from "./testContext.js";

const state: ProgressState = {
  label: "epoch",
  done: 34,
  total: 100,
  cost: 0.03124,
  validation: { metric: "prAuc", value: 0.8712, best: { value: 0.8741, at: 29 } },
  stepsPerSecond: 1234.5,
  secondsLeft: 12.3,
};

const bar = (text: ProgressState, width: number): string => progressLine(text, { width, bar: true, color: false });

describe("progressLine()", () => {
  it("says everything where there is room", () => {
    expect(bar(state, 130)).toBe(
      "epoch  34/100  ━━━━━━━━━─────────────────  cost 0.0312  validation PR-AUC 0.871 (best 0.874 at 29)  1,235 steps/s  12 s left",
    );
  });

  it("says the learning rate where it has a schedule, and leaves it out first", () => {
    const scheduled = { label: "epoch", done: 3, total: 10, cost: 0.5, stepsPerSecond: 100, learningRate: 0.00123 };
    expect(progressLine(scheduled, { width: 99, bar: false, color: false })).toBe(
      "epoch  3/10  cost 0.500  α 0.00123  100 steps/s",
    );
    expect(progressLine(scheduled, { width: 40, bar: false, color: false })).toBe(
      "epoch  3/10  cost 0.500  100 steps/s",
    );
  });

  it("leaves out the least needed part first as the terminal gets narrower", () => {
    expect(bar(state, 100)).toBe(
      "epoch  34/100  ━━━━━━───────────  cost 0.0312  validation PR-AUC 0.871 (best 0.874 at 29)  12 s left",
    );
    expect(bar(state, 80)).toBe("epoch  34/100  ━━━━━───────────  cost 0.0312  validation PR-AUC 0.871  12 s left");
    expect(bar(state, 50)).toBe("epoch  34/100  ━━━━───────  cost 0.0312  12 s left");
    expect(bar(state, 45)).toBe("epoch  34/100  cost 0.0312  12 s left");
    expect(bar(state, 26)).toBe("epoch  34/100  cost 0.0312");
    expect(bar(state, 20)).toBe("epoch  34/100");
    expect(bar(state, 8)).toBe("epoch  3");
  });

  it("never exceeds the width, whatever the run", () => {
    const states = fc.record({
      label: fc.constantFrom("epoch", "random × 10", ""),
      done: fc.nat(1e7),
      total: fc.nat(1e7),
      cost: fc.double(),
      validation: fc.option(
        fc.record({
          metric: fc.constantFrom("cost", "prAuc"),
          value: fc.double(),
          best: fc.option(fc.record({ value: fc.double(), at: fc.nat() }), { nil: undefined }),
        }),
        { nil: undefined },
      ),
      secondsLeft: fc.option(fc.double({ min: 0 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(states, fc.integer({ min: 1, max: 200 }), (any, width) => {
        expect(bar(JSON.parse(JSON.stringify(any)), width).length).toBeLessThanOrEqual(width);
      }),
    );
  });

  it("fills the bar by the share that is done", () => {
    const filled = (done: number): number => bar({ ...state, done }, 130).split("━").length - 1;
    expect([0, 50, 100, 120].map(filled)).toEqual([0, 13, 26, 26]);
  });

  it("has no bar and no limit for a log", () => {
    const line = progressLine(state, { width: Number.POSITIVE_INFINITY, bar: false, color: false });
    expect(line).toBe(
      "epoch  34/100  cost 0.0312  validation PR-AUC 0.871 (best 0.874 at 29)  1,235 steps/s  12 s left",
    );
  });

  it("leaves out a time left that is not known yet", () => {
    expect(bar({ ...state, secondsLeft: Number.POSITIVE_INFINITY }, 130)).not.toContain("left");
  });
});

describe("ProgressDisplay on a terminal", () => {
  it("draws over one line, hides the cursor meanwhile and gives it back", () => {
    const context = new TestContext({ columns: 60, env: { NO_COLOR: "1" } });
    const display = new ProgressDisplay(context);
    display.update(state);
    context.time += 100;
    display.update({ ...state, done: 35 });
    display.clear();
    display.clear();
    const line = (done: number): string => `\r\x1b[2Kepoch  ${done}/100  ━━━━━────────  cost 0.0312  12 s left`;
    expect(context.stderr.replace(/[━─]+/g, "━━━━━────────")).toBe(`\x1b[?25l${line(34)}${line(35)}\r\x1b[2K\x1b[?25h`);
    expect(context.stderr).not.toContain("\n");
    expect(context.stdout).toBe("");
  });

  it("keeps one column free, since writing the last one may wrap", () => {
    const context = new TestContext({ columns: 60, env: { NO_COLOR: "1" } });
    new ProgressDisplay(context).update(state);
    expect(context.stderr.replace("\x1b[?25l\r\x1b[2K", "")).toHaveLength(59);
  });

  it("gives the cursor back where the process ends in between", () => {
    const context = new TestContext({ columns: 60 });
    new ProgressDisplay(context).update(state);
    for (const listener of context.exitListeners) listener();
    expect(context.stderr.endsWith("\x1b[?25h")).toBe(true);
  });

  it("colors unless NO_COLOR is set", () => {
    const drawn = (env: Record<string, string>): string => {
      const context = new TestContext({ columns: 80, env });
      new ProgressDisplay(context).update(state);
      return context.stderr;
    };
    expect(drawn({})).toContain("\x1b[36m━");
    expect(drawn({ NO_COLOR: "1" })).not.toContain("\x1b[36m");
  });

  it("draws at most once in 80 ms", () => {
    const context = new TestContext({ columns: 60 });
    const display = new ProgressDisplay(context);
    for (let i = 0; i < 8; i++) {
      display.update(state);
      context.time += 20;
    }
    expect(context.stderr.split("\r")).toHaveLength(1 + 2);
  });
});

describe("ProgressDisplay elsewhere", () => {
  it("writes one plain line every five seconds, the first after five", () => {
    const context = new TestContext();
    const display = new ProgressDisplay(context);
    for (let second = 0; second <= 11; second++) {
      context.time = second * 1000;
      display.update({ ...state, done: second });
    }
    display.clear();
    expect(context.stderr.split("\n").map((line) => line.slice(0, 13))).toEqual(["epoch   5/100", "epoch  10/100", ""]);
    expect(context.stderr).not.toContain("\x1b");
  });

  it("counts a terminal that cannot move its cursor as no terminal", () => {
    const context = new TestContext({ columns: 80, env: { TERM: "dumb" } });
    const display = new ProgressDisplay(context);
    context.time += 5000;
    display.update(state);
    expect(context.stderr).not.toContain("\x1b");
    expect(context.stderr.endsWith("\n")).toBe(true);
  });
});
