import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { activations } from "../../src/ops/generated/activations.js";
import { initializers } from "../../src/ops/generated/initializers.js";
import { layers } from "../../src/ops/generated/layers.js";
import { losses } from "../../src/ops/generated/losses.js";
import { optimizers } from "../../src/ops/generated/optimizers.js";
import { structures } from "../../src/ops/generated/structures.js";
import { mentionsOf } from "./names.js";

const registries = { activations, initializers, layers, losses, optimizers, structures };
const names = new Set(Object.values(registries).flatMap((registry) => Object.keys(registry)));
const root = fileURLToPath(new URL("../../", import.meta.url));

/** What knows operations by name, and why. */
const allowed: readonly (readonly [path: RegExp, why: string])[] = [
  [/^src\/ops\//, "the operations themselves"],
  [/^src\/experiments\//, "the reference experiments are about four initializers, L2 and dropout"],
  [/^src\/cli\/options\/layers\.ts$/, "activation is what a flag is called"],
  [/^src\/pipeline\/defaults\.ts$/, "defaults of the versions of a configuration"],
  [/^src\/sweep\/(parseSearch|space)\.ts$/, "linear is how a range is walked through"],
  [/^lab\/experiment\/(presets|illRuns|runDescription)\.ts$/, "presets"],
];

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
}

const files = ["src", "lab"].flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.includes("/generated/") && !path.endsWith(".kernel.ts")),
);

describe("operations", () => {
  it("are told apart by name in their own folder alone: everyone else asks for traits", () => {
    expect(files.length).toBeGreaterThan(300);
    const found = files
      .filter((path) => !allowed.some(([pattern]) => pattern.test(path)))
      .flatMap((path) =>
        mentionsOf(parse(path, readFileSync(root + path, "utf8")), names, new Set(Object.keys(registries))).map(
          ({ line, text }) => `${path}:${line} ${text}`,
        ),
      );
    expect(found).toEqual([]);
  });

  it.each([
    ['if (activation.name === "relu") f();', 1],
    ['switch (type) { case "adam": f(); }', 1],
    ['if (["relu", "tanh"].includes(name)) f();', 1],
    ["const codes = { relu: 1, tanh: 2 };", 1],
    ["const g = activations.relu;", 1],
    ['const spec = dense(3, "relu");', 0],
    ['if (kind === "image") f();', 0],
  ])("are found in %s: %d", (text, count) => {
    expect(mentionsOf(parse("a.ts", text), names, new Set(Object.keys(registries)))).toHaveLength(count);
  });
});
