import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { digits } from "../../src/data/generators/digits.js";
import { decodeEvents } from "../formats/eventDecoder.js";
import { TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** Digits as a table: 784 pixels and a label a row. */
function digitTable(examples: number): string {
  const { X, featureNames = [] } = digits({ examples, seed: 1 });
  const rows = Array.from({ length: examples }, (_, j) =>
    [...Array.from({ length: 784 }, (_, i) => Math.round(255 * X.get(i, j))), `d${j % 10}`].join(","),
  );
  return `${[...featureNames, "digit"].join(",")}\n${rows.join("\n")}\n`;
}

const file = folder.file("digits.csv", digitTable(100));
const train = (...words: string[]) =>
  gradproof([
    "train",
    file,
    "--target",
    "digit",
    "--epochs",
    "3",
    "--hidden",
    "8",
    "--members",
    "1",
    "--schedule",
    "constant",
    ...words,
  ]);

describe("gradproof train on images", () => {
  it("augments, shows it in the report, and keeps it in the configuration", async () => {
    const out = folder.join("augmented");
    const { exitCode, stderr } = await train("--image", "28x28", "--augment", "rotation,shift=1.5", "--out", out);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const config = JSON.parse(readFileSync(`${out}/config.json`, "utf8"));
    expect(config.data.image).toEqual({ height: 28, width: 28 });
    expect(config.training.augmentation).toEqual({ steps: ["rotation", { type: "shift", pixels: 1.5 }] });
    const report = readFileSync(`${out}/report.html`, "utf8");
    expect(report).toContain("<h2>Augmentation</h2>");
    // Ten images as they are and as four epochs meet them; five of them for a narrow page.
    expect(report.match(/data:image\/bmp;base64,/g)).toHaveLength(50 + 25);
    expect(report).toMatch(/gradproof train [^\n]*--image 28x28 [^\n]*--augment rotation,shift=1\.5/);

    const again = folder.join("again");
    await gradproof(["train", file, "--config", `${out}/config.json`, "--out", again]);
    expect(readFileSync(`${again}/history.jsonl`, "utf8")).toBe(readFileSync(`${out}/history.jsonl`, "utf8"));
    const plain = folder.join("plain");
    await gradproof(["train", file, "--config", `${out}/config.json`, "--augment", "none", "--out", plain]);
    expect(readFileSync(`${plain}/history.jsonl`, "utf8")).not.toBe(readFileSync(`${out}/history.jsonl`, "utf8"));
    expect(readFileSync(`${plain}/report.html`, "utf8")).not.toContain("Augmentation</h2>");
  });

  it.each([
    [["--augment", "shift"], "--augment needs the size of the images: --image 28x28"],
    [["--image", "28x29"], "an image of 28x29 has 812 values, but the table has 784 features"],
    [["--image", "big"], 'must be height x width, such as 28x28, or 32x32x3 for colour, got "big"'],
    [["--image", "28x28", "--augment", "shfit"], "did you mean shift?"],
    [["--image", "28x28", "--augment", "rotation=900"], "degrees must be a finite number"],
    [["--image", "28x28", "--augment", "rotation="], "must be a step such as shift=2"],
  ])("refuses %j", async (words, message) => {
    const { exitCode, stderr } = await train(...words, "--out", folder.join("refused"));
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(message);
  });
});

describe("gradproof train --tensorboard", () => {
  it("writes every history entry: costs, metrics, learning rate, weights", async () => {
    const out = folder.join("events-run");
    const events = folder.join("events");
    const { exitCode, stderr } = await train("--tensorboard", events, "--learning-rate", "0.01", "--out", out);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const [name, ...more] = readdirSync(events);
    expect(more).toEqual([]);
    expect(name).toMatch(/^events\.out\.tfevents\./);
    const [version, ...entries] = decodeEvents(readFileSync(`${events}/${name}`));
    expect(version.fileVersion).toBe("brain.Event:2");
    const history = readFileSync(`${out}/history.jsonl`, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(entries.map(({ step }) => step)).toEqual(history.map(({ iteration }) => iteration));
    for (const [i, { scalars, histograms }] of entries.entries()) {
      for (const [tag, value] of scalars) expect(value, tag).not.toBeNaN();
      expect([...scalars.keys()].filter((tag) => !tag.startsWith("validation/"))).toEqual([
        ...["train/cost", "train/dataCost", "train/penalty", "progress/epoch", "progress/learningRate"],
      ]);
      expect(scalars.get("train/cost")).toBe(Math.fround(history[i].cost));
      expect(scalars.get("validation/accuracy")).toBe(Math.fround(history[i].validation.accuracy));
      expect(scalars.get("progress/learningRate")).toBe(Math.fround(0.01));
      const parameters = ["layer 1/W", "layer 1/b", "layer 2/W", "layer 2/b"];
      const signals = ["layer 1/A", "layer 1/dW", "layer 2/A", "layer 2/dW"];
      expect([...histograms.keys()]).toEqual([...parameters, ...(history[i].signals ? signals : [])]);
      if (history[i].signals) expect(histograms.get("layer 1/dW")?.num).toBe(8 * 784);
      expect(histograms.get("layer 1/W")?.num).toBe(8 * 784);
    }
    expect(entries[0].histograms.get("layer 1/W")).not.toEqual(entries[1].histograms.get("layer 1/W"));
  });

  it("says before training why a folder cannot be written into", async () => {
    const { exitCode, stderr } = await train("--tensorboard", file, "--out", folder.join("unwritten"));
    expect(exitCode).toBe(1);
    expect(stderr).toBe(`error: cannot write into ${file}: a part of the path is a file, not a folder\n`);
  });
});
