import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { exportNumpy } from "../../src/export/exportNumpy.js";
import { exportPytorch } from "../../src/export/exportPytorch.js";
import { exportTypeScript } from "../../src/export/exportTypeScript.js";
import type { RunToExport } from "../../src/export/runToExport.js";
import { dense } from "../../src/network/dense.js";
import { pythonNumber, pythonString } from "../../src/ops/text/python.js";
import { literal, typeScriptString } from "../../src/ops/text/typescript.js";
import { modulesOf, runExample } from "../house/examples.js";
import { hasPython } from "./runPrograms.js";

/** Names as an enemy would choose them, and any others. */
const hostile = [
  "",
  '"',
  "'''",
  '"""',
  "\\",
  '\\"',
  "a\nimport os",
  "a\r__import__('os')",
  "a\u2028b\u2029c\u0085d\fe\vf",
  "\0",
  "\ud800",
  "\udc00\ud800",
  "😀\u{e0001}",
  "*/ process.exit() /*",
  "`$" + "{process.exit()}`",
  "{exit()}",
  "\\N{DIGIT ONE}\\x41\\u0041",
  "\u202eright to left\u2066",
  "__proto__",
  "温度 °C",
  "e\u0301",
];
const name = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))).map((units) => units.join("")),
);
const anyNumber = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 1e21, 5e-324));

const python = hasPython("python3", "ast");
if (!python) console.log("skipped: reading Python literals back needs python3");

/** What Python makes of each program text, in one process. */
function askPython(question: string, texts: readonly string[]): unknown {
  const program = `import ast, json, struct, sys\nprint(json.dumps([(${question})(text) for text in json.load(sys.stdin)]))`;
  const { status, stdout, stderr } = spawnSync("python3", ["-c", program], {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe("literals", () => {
  it.runIf(python)("of Python read back as the same text", () => {
    const names = [...hostile, ...fc.sample(name, 2000)];
    const units = askPython(
      'lambda text: list(ast.literal_eval(text).encode("utf-16-le", "surrogatepass"))',
      names.map(pythonString),
    );
    expect(units).toEqual(names.map((text) => [...Buffer.from(text, "utf16le")]));
  });

  it.runIf(python)("of Python read back as the same double", () => {
    const numbers = fc.sample(anyNumber, 2000);
    const bytes = askPython('lambda text: list(struct.pack("<d", ast.literal_eval(text)))', numbers.map(pythonNumber));
    expect(bytes).toEqual(numbers.map((number) => [...new Uint8Array(Float64Array.of(number).buffer)]));
  });

  it("of TypeScript read back as the same text and the same double", () => {
    fc.assert(
      fc.property(name, anyNumber, (text, number) => {
        expect(evaluated(typeScriptString(text))).toBe(text);
        expect(evaluated(literal(number))).toBe(number);
      }),
    );
  });

  it("hold no line end, no control and no mark that turns the direction of text", () => {
    fc.assert(
      fc.property(name, (text) => {
        for (const written of [pythonString(text), typeScriptString(text)]) {
          expect(written).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        }
      }),
    );
  });
});

describe("names from outside", () => {
  const runOf = (names: readonly string[]): RunToExport => ({
    network: { inputs: names.length, layers: [dense(1, "sigmoid")] },
    training: { iterations: 2 },
    data: {
      X: Matrix.filled(names.length, 2, 0.5),
      Y: Matrix.row([0, 1]),
      featureNames: names,
      classNames: [names[0], names[names.length - 1]],
    },
  });

  it.runIf(python)("change nothing of a Python program but its comments", () => {
    const named = [hostile, ...fc.sample(fc.array(name, { minLength: 1, maxLength: 5 }), 100)].map(runOf);
    const innocent = named.map(({ network }) => runOf(Array.from({ length: network.inputs }, () => "x")));
    const programs = [named, innocent].map((runs) => runs.flatMap((run) => [exportNumpy(run), exportPytorch(run)]));
    const trees = programs.map((texts) => askPython("lambda text: ast.dump(ast.parse(text))", texts));
    expect(trees[0]).toEqual(trees[1]);
  });

  it("arrive in a TypeScript program as they are", async () => {
    for (const names of [hostile, ...fc.sample(fc.array(name, { minLength: 1, maxLength: 5 }), 20)]) {
      const example = {
        file: "export",
        line: 1,
        text: exportTypeScript(runOf(names)).replace(/^console.*$|^ {2}console.*$/gm, ""),
      };
      const seen: unknown[] = [];
      const modules = new Map(
        await Promise.all(modulesOf(example).map(async (path) => [path, await import(path)] as const)),
      );
      const spy = {
        ...modules.get("gradproof"),
        train: (_: unknown, data: unknown) => {
          seen.push(data);
          return { history: [] };
        },
      };
      await runExample(example, new Map([["gradproof", spy]]));
      expect(seen).toMatchObject([{ featureNames: names, classNames: [names[0], names[names.length - 1]] }]);
    }
  });
});

function evaluated(text: string): unknown {
  return new Function(`return ${text};`)();
}
