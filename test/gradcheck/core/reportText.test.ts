import { describe, expect, it } from "vitest";
import { checkGradients } from "../../../src/gradcheck/checkGradients.js";
import { gradientReport } from "../../../src/gradcheck/gradientReport.js";
import type { BlockReport, GradientReport } from "../../../src/gradcheck/report.js";
import { say } from "../../../src/gradcheck/say.js";
import { words } from "../../../src/gradcheck/words.js";
import { type SmallParameters, small } from "./helpers.js";

const block = (name: string, changes: Partial<BlockReport> = {}): BlockReport => ({
  name,
  shape: [5, 4],
  verdict: "correct",
  claimed: 1,
  numerical: 1,
  error: 1e-9,
  missProbability: 3e-9,
  ...changes,
});

const report = (blocks: BlockReport[], changes: Partial<GradientReport> = {}): string =>
  String(
    gradientReport(
      {
        verdict: "correct",
        mode: "directions",
        blocks,
        costEvaluations: 214,
        gradientEvaluations: 3,
        notes: [],
        seconds: 0.002,
        ...changes,
      },
      words,
    ),
  );

describe("the report in text", () => {
  it("of a right gradient", () => {
    expect(report([block("W1"), block("b1", { shape: [5] }), block("scale", { shape: [] })])).toBe(
      `gradient check   3 blocks, 26 parameters   214 cost evaluations   2 ms

  W1      5 × 4   correct
  b1      5       correct
  scale           correct

correct. All blocks agree within 3 error bars; an error of 1e-4 of the gradient
in one of them would have escaped with probability below 1e-8.`,
    );
  });

  it("of a wrong one, with what is wrong and the first entries", () => {
    const wrong = { claimed: 4, numerical: 1, error: 1e-9, verdict: "wrong" } as const;
    const entries = Array.from({ length: 5 }, (_, i) => ({ index: [i, 0], ...wrong }));
    const explanation = say(
      "cause.factor",
      { gradient: "dW1", factor: 4, measured: 20, entries: 20 },
      { cause: [say("factor.extra", { factor: 4 })] },
    );
    const text = report([block("W1", { verdict: "wrong", explanation, entries }), block("b1")], { verdict: "wrong" });
    expect(text).toBe(`gradient check   2 blocks, 40 parameters   214 cost evaluations   2 ms

  W1   5 × 4   WRONG     dW1 is 4.000 × the numerical gradient in all 20
                         entries: an extra factor 4
               [0, 0] claimed 4, numerical 1 ± 1e-9
               [1, 0] claimed 4, numerical 1 ± 1e-9
               [2, 0] claimed 4, numerical 1 ± 1e-9
               and 2 more
  b1   5 × 4   correct

wrong: W1. The other blocks agree within 3 error bars; an error of 1e-4 of the
gradient in one of them would have escaped with probability below 1e-8.`);
  });

  it("of an undecided one, with the reason, said once where it holds for all", () => {
    const reason = say("reason.noise", { relative: 1e-3 });
    const own = report([block("W1", { verdict: "undecided", reason })], { verdict: "undecided" });
    expect(own).toContain("W1   5 × 4   UNDECIDED noise too high: the cost is known to 0.001 of its");
    expect(own).toContain("undecided: W1.");
    const all = report([block("W1", { verdict: "undecided", reason }), block("b1", { verdict: "undecided", reason })], {
      verdict: "undecided",
      notes: [reason],
    });
    expect(all.match(/noise too high/g)).toHaveLength(1);
    expect(all).toContain("note: noise too high");
  });

  it("of many blocks lists only those that are not correct", () => {
    const blocks = Array.from({ length: 60 }, (_, i) => block(`W${i}`));
    blocks[30] = block("W30", { verdict: "wrong" });
    const text = report(blocks, { verdict: "wrong" });
    expect(text).toContain("W30");
    expect(text).not.toContain("W31 ");
    expect(text).toContain("59 more blocks correct");
  });

  it("fits 80 columns whatever the names and words are", () => {
    const long = "a_very_long_name_of_a_layer.with.a.nested.part.and.more".repeat(2);
    const text = report(
      [
        block(long, {
          verdict: "wrong",
          explanation: say("cause.zero", { gradient: "x".repeat(200) }),
          shape: [123456, 123456],
        }),
        block("b", { verdict: "undecided", reason: say("reason.throws", { error: "word ".repeat(80) }) }),
      ],
      { verdict: "wrong", notes: [say("check.randomBackward", { block: "note ".repeat(50) })] },
    );
    const lines = text.split("\n").filter((line) => !line.includes("xxxx"));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("lets no control character of a name reach the terminal", () => {
    expect(report([block("W\u001b[31m\nb")])).toContain("W [31m b");
  });

  it("of a real check fits 80 columns", () => {
    const wrong = {
      ...small,
      gradients: (p: SmallParameters) => ({ ...small.gradients(p), db1: [0, 0] }),
    };
    for (const mode of ["directions", "exhaustive", "textbook"] as const) {
      for (const line of String(checkGradients(wrong, { mode })).split("\n")) {
        expect(line.length).toBeLessThanOrEqual(80);
      }
    }
  });
});
