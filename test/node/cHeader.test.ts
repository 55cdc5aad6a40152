import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { checkPartner } from "../../src/cli/check/checkProgram.js";
import { LineProgram } from "../../src/node/lineProgram.js";
import { decodeArray, encodeArray, type WireArray } from "../../src/node/wireArray.js";
import { TestFolder } from "../cli/tables.js";

const headers = fileURLToPath(new URL("../../c/", import.meta.url));
const hasCompiler = spawnSync("cc", ["--version"]).status === 0;
if (!hasCompiler) console.log("skipped: the C header needs a compiler, cc, which is not installed");

const folder = new TestFolder();
afterAll(() => folder.remove());

let count = 0;
/** Compiles a program as strictly as C99 allows, and gives its path. */
function compiled(source: string): string {
  const file = folder.file(`program${count++}.c`, source);
  const words = [
    "-std=c99",
    "-Wall",
    "-Wextra",
    "-pedantic",
    "-Werror",
    "-O1",
    "-I",
    headers,
    "-o",
    `${file}.out`,
    file,
  ];
  const { status, stderr } = spawnSync("cc", [...words, "-lm"], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return `${file}.out`;
}

/** Three arrays and a gradient that is a copy of them; before each answer it prints, without an end of the line. */
const copying = `#include "gradproof_check.h"
static double a[3][2][2], da[3][2][2], b[5], db[5], c = 1, dc;
static double cost(void *data) { (void)data; printf("step "); return a[0][0][0]; }
static void gradients(void *data) {
  (void)data;
  printf("back\\n");
  memcpy(da, a, sizeof a); memcpy(db, b, sizeof b); dc = c;
}
int main(void) {
  gradproof_array arrays[] = {
    {"a", &a[0][0][0], &da[0][0][0], 3, {3, 2, 2}}, {"layer.b", b, db, 1, {5}}, {"c", &c, &dc, 0, {0}}};
  return gradproof_check(arrays, 3, cost, gradients, NULL);
}`;

describe.runIf(hasCompiler)("gradproof_check.h", () => {
  it("hands every bit of every number over, both ways", async () => {
    const program = new LineProgram([compiled(copying)], "the program", { timeout: 60 });
    const ask = (request: object): Promise<Record<string, unknown>> =>
      program.ask(JSON.stringify(request), "it", (line) => (line.startsWith("{") ? JSON.parse(line) : undefined));
    const { parameters } = await ask({ do: "parameters" });
    const shapes: Record<string, readonly number[]> = { a: [3, 2, 2], "layer.b": [5], c: [] };
    expect(Object.entries(parameters as object).map(([name, value]) => [name, decodeArray(name, value).shape])).toEqual(
      Object.entries(shapes),
    );
    const arrays = fc.record(
      Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => {
          const size = shape.reduce((product, length) => product * length, 1);
          const data = fc.float64Array({ minLength: size, maxLength: size });
          return [name, data.map((numbers): WireArray => ({ shape, dtype: "float64", data: numbers }))];
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(arrays, async (given) => {
        const sent = Object.fromEntries(
          Object.entries(given).map(([name, array]) => [name, encodeArray(array, "npy")]),
        );
        const gradients = await ask({ do: "gradients", parameters: sent });
        for (const [name, array] of Object.entries(given)) {
          const { form, ...back } = decodeArray(name, gradients[name]);
          expect(back).toStrictEqual(array);
        }
        const J = await program.ask(JSON.stringify({ do: "cost", parameters: sent }), "it", (line) =>
          /^[-\dNI]/.test(line) ? line : undefined,
        );
        expect(Number(J)).toBe(given.a?.data[0]);
      }),
      { numRuns: 50 },
    );
    await program.close();
  });

  it("ends with a reason where it cannot read what it is sent", async () => {
    const program = new LineProgram([compiled(copying)], "the program", { timeout: 60 });
    const answer = program.ask('{"do":"cost","parameters":{"a":{"npy":"AAAA"}}}', "it", () => undefined);
    await expect(answer).rejects.toThrow(/ended with exit code 1 .*gradproof_check\(\): cannot read \{"do":"cost"/s);
    await program.close();
  });

  it.each([
    ["correct", "2 * w[0]"],
    ["wrong", "3 * w[0]"],
  ])("lets a program be found %s", async (verdict, gradient) => {
    const source = `#include "gradproof_check.h"
static double w[2] = {1, 2}, dw[2];
static double cost(void *data) { (void)data; return w[0] * w[0] + w[1]; }
static void gradients(void *data) { (void)data; dw[0] = ${gradient}; dw[1] = 1; }
int main(void) {
  gradproof_array arrays[] = {{"w", w, dw, 1, {2}}};
  return gradproof_check(arrays, 1, cost, gradients, NULL);
}`;
    const program = new LineProgram([compiled(source)], "the program", { timeout: 60 });
    const report = await checkPartner(program, {}, { signal: new AbortController().signal });
    expect(report.verdict).toBe(verdict);
  });
});
