import { afterAll, describe, expect, it } from "vitest";
import { boxes, TestFolder } from "./tables.js";
import { type Captured, gradproof, type TestOptions } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
const file = folder.file("boxes.csv", boxes(300));

const train = (words: readonly string[], options?: TestOptions): Promise<Captured> =>
  gradproof(
    ["train", file, "--target", "kind", "--epochs", "20", "--hidden", "16,16", "--members", "2", ...words],
    options,
  );

describe("the doctor of gradproof train", () => {
  it("says while the run goes on what has become sure, once for all members, one line each where there is no terminal", async () => {
    const { exitCode, stderr, stdout } = await train(["--init", "zeros", "--out", folder.join("pipe")]);
    expect(exitCode).toBe(0);
    const lines = stderr.trimEnd().split("\n");
    expect(lines.map((line) => line.replace(/epoch \d+/, "epoch N"))).toEqual([
      "doctor  member 1, epoch N, symmetry: all 16 units of layer 1 are equal, so they learn the same: the layer is worth one unit",
      "doctor  member 1, epoch N, dead units: 16 of 16 units of layer 1 are 0 for every training example, and a ReLU at 0 learns nothing",
      "doctor  member 1, epoch N, vanishing gradients: the gradient of layer 1 is 0 of the cost at the start, so its weights stay where they are",
    ]);
    // Before the last epoch, and again with what to change when the run has ended.
    for (const [, epoch] of stderr.matchAll(/epoch (\d+)/g)) expect(Number(epoch)).toBeLessThan(20);
    expect(stdout).toMatch(/^doctor +symmetry \(members 1, 2\): .*\n.*Try: start from He/m);
  });

  it("stands above the progress line of a terminal, broken at its width", async () => {
    const words = ["--init", "zeros", "--out", folder.join("terminal")];
    const { stderr } = await train(words, { columns: 60, tick: 100, env: { NO_COLOR: "1" } });
    const shown = "doctor  member 1, epoch 4, symmetry: all 16 units of layer 1\n        are equal, ";
    expect(stderr).toContain(shown);
    // How many lines of progress there are before depends on the machine; each is taken away first.
    const before = stderr.split("doctor  ").slice(0, -1);
    for (const text of before)
      expect(text === "" || text.endsWith("\n") || text.endsWith("\r\x1b[2K\x1b[?25h")).toBe(true);
    // The progress goes on below.
    expect(stderr.lastIndexOf("\x1b[2Kepoch 20/20")).toBeGreaterThan(stderr.lastIndexOf("doctor"));
    const lines = stderr.split("\n").filter((line) => /^(doctor)? {2}/.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it("is silent beside a healthy run, and leaves the one JSON document alone", async () => {
    const healthy = await train(["--out", folder.join("healthy")]);
    expect([healthy.exitCode, healthy.stderr]).toEqual([0, ""]);
    const ill = await train(["--init", "zeros", "--json", "--out", folder.join("json")]);
    expect(JSON.parse(ill.stdout).members[1].findings[0]).toEqual({
      ...{ symptom: "symmetry", layer: 1, iteration: expect.any(Number), measured: 1, threshold: 2 },
      why: "all 16 units of layer 1 are equal, so they learn the same: the layer is worth one unit",
      advice: "start from He instead of zeros or a constant",
      patch: { network: { initializer: "he" } },
      messages: {
        why: { id: "doctor.why.symmetry", numbers: { units: 16, layer: 1 }, names: {} },
        advice: { id: "doctor.advice.breakSymmetry", numbers: {}, names: { initializer: "he" } },
      },
    });
    expect(ill.stderr).toMatch(/^doctor {2}member 1, epoch/);
  });

  it("tries whether the network can learn 16 examples, where nothing else explains that it has not learned", async () => {
    // A product of signs: one ReLU cannot tell its sides apart.
    const rows = Array.from({ length: 200 }, (_, k) => {
      const [x, y] = [((k * 37) % 200) / 100 - 0.995, ((k * 91) % 199) / 99.5 - 0.995];
      return `${x},${y},${x * y > 0 ? "same" : "other"}`;
    });
    const corners = folder.file("corners.csv", `x,y,sign\n${rows.join("\n")}\n`);
    const run = (hidden: string) =>
      gradproof([
        "train",
        corners,
        "--target",
        "sign",
        "--hidden",
        hidden,
        "--epochs",
        "30",
        "--out",
        folder.join(hidden),
      ]);
    expect((await run("1")).stdout).toMatch(
      /^doctor +cannot fit 16 examples \(members 1, 2, 3, 4\): 1,000 steps of Adam/m,
    );
    expect((await run("16")).stdout).not.toContain("cannot fit");
  });
});
