import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { foldIndices } from "../../src/data/folds.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { labelsOf } from "../../src/pipeline/prepare.js";
import type { TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

/** Predictions of the two parts of a program, on which it was trained and which it held out, each outputs × examples. */
export type PartsPredicted = readonly [number[][], number[][]];

const members = 2;
const rows = 220;

/** Rows with all that an encoder turns into numbers: missing ones, dummies, rare categories, more of them than dummies are made of, dates. */
function everyKind(): string {
  const lines = Array.from({ length: rows }, (_, k) => {
    const amount = k % 9 === 0 ? "" : `${((k * 37) % 101) / 10}`;
    const color = k % 70 === 1 ? `odd${k}` : ["red", "green", "blue"][k % 3];
    const city = `city ${(k * 7) % 36}`;
    const day = `2024-${`${1 + (k % 12)}`.padStart(2, "0")}-${`${1 + ((k * 5) % 28)}`.padStart(2, "0")}`;
    const sign = ((k * 37) % 101) / 10 + (k % 3) > 6;
    const size = ["small", "middle", "large"][Math.min(2, Math.floor((((k * 37) % 101) / 10 + (k % 3)) / 4))];
    return `${amount},${color},${city},${day},${k % 2},${sign ? "yes" : "no"},${size},${Math.sin(k) + (k % 3)}`;
  });
  return `amount,color,city,day,flag,answer,size,weight\n${lines.join("\n")}\n`;
}

/** Trains an ensemble of small networks, with the defaults of today else; gives the folder of the run and the text of its table. */
export async function trainedOn(
  folder: TestFolder,
  { target, name, flags }: { target: string; name: string; flags: readonly string[] },
): Promise<{ readonly out: string; readonly text: string }> {
  const others = ["answer", "size", "weight"].filter((other) => other !== target).join(",");
  const text = everyKind();
  const out = folder.join(name);
  const small = ["--hidden", "6", "--epochs", "3"];
  const words = ["train", folder.file("every.csv", text), "--target", target, "--drop", others, ...small, ...flags];
  const trained = await gradproof([...words, "--out", out]);
  expect(trained.exitCode, trained.stderr).toBe(0);
  return { out, text };
}

/**
 * Trains an ensemble with the defaults of today, exports each member, and expects the mean of what the programs predict to be what the
 * saved model predicts, row by row.
 *
 * @param run what the programs predict
 */
export async function expectModelOf(
  folder: TestFolder,
  { target, to, tolerance, flags = [] }: { target: string; to: string; tolerance: number; flags?: readonly string[] },
  run: (programs: readonly string[]) => Promise<readonly PartsPredicted[]> | readonly PartsPredicted[],
): Promise<void> {
  const name = [to, target, ...flags].join("-");
  const { out, text } = await trainedOn(folder, { target, name, flags: ["--members", String(members), ...flags] });
  const programs: string[] = [];
  for (let k = 1; k <= members; k++) {
    const { exitCode, stdout, stderr } = await gradproof(["export", out, "--to", to, "--member", String(k)]);
    expect(exitCode, stderr).toBe(0);
    programs.push(stdout);
  }
  const config = JSON.parse(readFileSync(`${out}/config.json`, "utf8"));
  expect(config.version).toBe(4);
  const table = parseCsv(text);
  const folds = foldIndices(rows, members, 0, labelsOf(table, config));
  const predicted = await run(programs);
  const outputs = predicted[0][0].length;
  const mean = Matrix.zeros(outputs, rows);
  for (const [k, parts] of predicted.entries()) {
    const { train, validation } = folds[k];
    for (const [part, indices] of [train, validation].entries()) {
      expect(parts[part][0]).toHaveLength(indices.length);
      for (let i = 0; i < outputs; i++) {
        for (let j = 0; j < indices.length; j++) mean.data[i * rows + indices[j]] += parts[part][i][j] / members;
      }
    }
  }
  const model = await loadModel(`${out}/model.safetensors`);
  const expected = model.predict(table);
  const { classNames = [] } = model.encoder ?? {};
  const inUnits = model.targetNormalizer?.invert(mean) ?? mean;
  for (const [j, prediction] of expected.entries()) {
    const { probabilities, value } = prediction;
    const one = probabilities && classNames.slice(-outputs).map((name) => probabilities[name]);
    for (const [i, number] of (one ?? [value ?? Number.NaN]).entries()) {
      const own = inUnits.data[i * rows + j];
      expect(Math.abs(own - number), `row ${j}: ${own} for ${number}`).toBeLessThanOrEqual(tolerance);
    }
  }
}

/** A program in Python that prints, after all else, what its network predicts. */
export function printsPredictions(program: string, convert: (array: string) => string): string {
  const [text, rest] = program.split("\n    train()\n");
  expect(rest).toBe("");
  const predicted = `evaluate(trained, ${convert("X")}, ${convert("Y")})[1].tolist()`;
  return `${text}
    import json
    trained = train()
    print(json.dumps([${predicted} for X, Y in [training_data(), validation_data()]]))
`;
}

/** The last line of what a program has printed. */
export function predictionsIn(output: string): PartsPredicted {
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}
