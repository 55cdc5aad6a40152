import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { boxes, TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
const file = folder.file("boxes.csv", boxes(61));

async function run(name: string, ...words: string[]) {
  const out = folder.join(name);
  const { exitCode, stdout, stderr } = await gradproof(["train", file, "--target", "kind", ...words, "--out", out]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return { stdout, config: JSON.parse(readFileSync(`${out}/config.json`, "utf8")) };
}

describe("gradproof train --effort", () => {
  const small = ["--hidden", "4"];

  it("prints the work and its budget, and writes what it chose", async () => {
    const quick = await run("quick", "--effort", "quick", ...small);
    expect(quick.stdout).toMatch(/^effort {3}quick: 10 epochs, \d+ kFLOP of 2.5 TFLOP$/m);
    expect(quick.config).toMatchObject({ members: 1, training: { epochs: 10 } });
    expect(quick.config).not.toHaveProperty("effort");
    const again = await run("again", "--config", folder.join("quick", "config.json"));
    expect(again.stdout).toMatch(/^effort {3}10 epochs, \d+ kFLOP$/m);
    expect(again.config).toEqual(quick.config);
  });

  it("goes before what a file says of an earlier run, and leaves what is given beside it", async () => {
    const best = await run(
      "best",
      "--config",
      folder.join("quick", "config.json"),
      "--effort",
      "best",
      "--epochs",
      "2",
    );
    expect(best.stdout).toMatch(/^effort {3}best: 8 members × 2 epochs, [\d.]+ MFLOP of 40 TFLOP$/m);
    expect(best.config).toMatchObject({ members: 8, training: { epochs: 2 } });
  });

  it("is refused beside both", async () => {
    const words = ["train", file, "--target", "kind", "--effort", "best", "--members", "2", "--epochs", "5"];
    const { exitCode, stderr } = await gradproof(words);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("--effort chooses members and epochs, and both are given (members 2, epochs 5)");
  });
});
