import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { TestFolder } from "../cli/tables.js";
import { withoutProgress } from "./withoutProgress.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const main = `${root}dist/cli/main.js`;
const folder = new TestFolder();
const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;
if (!hasNumpy) console.log("skipped: the check of a NumPy program needs python3 with NumPy, which is not installed");

const hasCompiler = spawnSync("cc", ["--version"]).status === 0;
if (!hasCompiler) console.log("skipped: the check of a C program needs a compiler, cc, which is not installed");

afterAll(() => folder.remove());

function check(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "check", ...words], {
    encoding: "utf8",
    cwd: folder.path,
  });
  return { status, stdout, stderr: withoutProgress(stderr) };
}

/** J = Σ x⁴ / 4, whose gradient is x³. */
const quartic = (gradient: string): string =>
  `const cost = ({ x }: { x: number[] }): number => x.reduce((sum, v) => sum + v ** 4 / 4, 0);
export default { parameters: { x: [1, -2, 0.5] }, cost, gradients: ({ x }) => ({ dx: ${gradient} }) };`;

describe("gradproof check FILE", () => {
  it("ends with 0 where the gradient is correct", () => {
    folder.file("right.ts", quartic("x.map((v) => v ** 3)"));
    const { status, stdout, stderr } = check("right.ts");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^gradient check {3}1 block, 3 parameters/);
    expect(stdout).toMatch(/^ {2}x {3}3 {3}correct$/m);
  });

  it("ends with 1 where it is wrong, with the entries, on one JSON document or on a page", () => {
    folder.file("wrong.ts", quartic("x.map((v, i) => v ** 3 * (i === 1 ? 2 : 1))"));
    expect(check("wrong.ts").stdout).toMatch(/\[1\] claimed -16, numerical -8/);
    expect(check("wrong.ts", "--verdict-only").stdout).not.toContain("[1]");
    const { status, stdout } = check("wrong.ts", "--json", "--html", "wrong.html");
    expect(status).toBe(1);
    const { verdict, blocks, notes, messages } = JSON.parse(stdout);
    // In English where it is read, as data beside it.
    expect(blocks[0].explanation).toBe(
      "entry [1] of dx is 2.000 × the numerical gradient (an extra factor 2); the rest is right",
    );
    expect(blocks[0].messages.explanation.id).toBe("cause.part");
    expect([notes, messages]).toEqual([[], { notes: [] }]);
    expect([verdict, blocks[0].entries.map(({ claimed }: { claimed: number }) => claimed)]).toEqual([
      "wrong",
      [1, -16, 0.125],
    ]);
    const page = readFileSync(folder.join("wrong.html"), "utf8");
    expect(page).toContain("Gradient check: wrong.ts");
    expect(page).toContain("x[1]");
  });

  it("ends with 2 where there is no telling", () => {
    folder.file("random.mjs", quartic("x.map((v) => v ** 3)").replace(/: \{ x: number\[\] \}|: number/g, ""));
    expect(check("random.mjs").status).toBe(0);
    folder.file(
      "noisy.mjs",
      "export default { parameters: { x: 1 }, cost: ({ x }) => x + Math.random(), gradients: () => ({ x: 1 }) };",
    );
    const { status, stdout } = check("noisy.mjs");
    expect(status).toBe(2);
    expect(stdout).toMatch(/random: .*freeze/s);
  });

  it("checks a network of the library with its data, as training sees it", () => {
    folder.file(
      "model.ts",
      `import { dense, network } from "gradproof";
      import { circles } from "gradproof/data";
const model = network({ inputs: 2, layers: [dense(4, "relu"), dense(1, "sigmoid")], seed: 3 });
export default { network: model, data: circles({ examples: 20, seed: 1 }), l2: 0.7, keep: 0.8 };`,
    );
    const { status, stdout, stderr } = check("model.ts");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^ {2}W2 {3}1 × 4 {3}correct$/m);
  });

  it.each([
    ["is not there", "nothing.ts", undefined, /cannot read nothing\.ts: there is no such file/],
    ["is no module", "table.csv", "x\n1\n", /table\.csv is no \.ts, \.js or \.mjs module.*--exec/s],
    ["cannot be parsed", "broken.ts", "const = 1;", /broken\.ts: /],
    ["throws", "throws.ts", 'throw new Error("out of chalk");', /throws\.ts: out of chalk\n {2}at .*throws\.ts:1/],
    ["exports nothing", "empty.ts", "export const x = 1;", /no default export; expected: export default/],
    ["exports something else", "number.ts", "export default 7;", /must be an object \{ parameters, cost, gradients \}/],
    ["lacks a function", "half.ts", "export default { parameters: { x: 1 }, cost: () => 1 };", /gradients/],
    ["ends the process", "exits.ts", "process.exit(5);", /ended before the check did.*process\.exit/],
    ["waits for ever", "waits.mjs", "await new Promise(() => {});", /waits for a promise that nobody settles/],
  ])("ends with 3 and says why where the file %s", (_, name, content, message) => {
    if (content !== undefined) folder.file(name, content);
    const { status, stdout, stderr } = check(name);
    expect([status, stdout]).toEqual([3, ""]);
    // Newer Nodes put a warning of their own before it.
    expect(stderr).toMatch(/^error: /m);
    expect(stderr).toMatch(message);
  });

  it("gives up on a cost that never comes back", () => {
    folder.file(
      "loops.mjs",
      "export default { parameters: { x: 1 }, cost: () => { for (;;); }, gradients: () => ({ x: 1 }) };",
    );
    for (let seconds = 0.5; ; seconds *= 2) {
      const { status, stderr } = check("loops.mjs", "--timeout", String(seconds));
      expect(status).toBe(3);
      // How long a module takes to load is up to the machine.
      if (stderr.includes("loading it")) continue;
      expect(stderr).toContain(`loops.mjs: a call of cost() took more than ${seconds} s (--timeout): an endless loop?`);
      break;
    }
  });

  it("refuses flags and names it does not know with 3, too", () => {
    expect(check("--mode", "exhaustif", "right.ts")).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/exhaustive/),
    });
    expect(check()).toMatchObject({ status: 3, stderr: expect.stringMatching(/give a file or --exec/) });
  });

  it("stops at Ctrl-C, without a verdict", async () => {
    folder.file(
      "long.mjs",
      "console.log('begun'); export default { parameters: { x: 1 }, cost: () => { for (;;); }, gradients: () => ({ x: 1 }) };",
    );
    const child = spawn(process.execPath, [main, "check", "long.mjs"], { cwd: folder.path });
    let stderr = "";
    // The module's own output comes on the error output, so that --json stays one document.
    child.stderr.once("data", () => child.kill("SIGINT"));
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    const status = await new Promise((resolve) => child.once("exit", resolve));
    expect([status, stderr]).toEqual([130, expect.stringContaining("stopped by Ctrl-C; there is no verdict")]);
  });
});

describe("gradproof check --exec", () => {
  it.runIf(hasNumpy)("checks a NumPy program, right and wrong", () => {
    const right = readFileSync(`${root}examples/backprop.py`, "utf8");
    folder.file("backprop.py", right);
    const correct = check("--exec", "python3 backprop.py");
    expect([correct.status, correct.stderr]).toEqual([0, ""]);
    expect(correct.stdout).toMatch(/6 blocks, 47 parameters/);

    expect(right).toContain("(A2 > 0)");
    folder.file("wrong.py", right.replace(" * (A2 > 0)", ""));
    const wrong = check("--exec", "python3 wrong.py");
    expect(wrong.status).toBe(1);
    // dZ2 is wrong, so are W2, b2 and all that lies below.
    expect(wrong.stdout).toMatch(/^wrong: W1, b1, W2, b2\./m);
  });

  it.runIf(hasCompiler)("checks a C program with the header it prints, right and wrong", () => {
    const { status, stdout } = check("--c-header");
    expect([status, stdout]).toEqual([0, readFileSync(`${root}c/gradproof_check.h`, "utf8")]);
    folder.file("gradproof_check.h", stdout);
    const right = readFileSync(`${root}examples/backprop.c`, "utf8");
    const compile = (name: string, source: string): string => {
      folder.file(`${name}.c`, source);
      const words = ["-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-o", name, `${name}.c`, "-lm"];
      expect(spawnSync("cc", words, { cwd: folder.path, encoding: "utf8" }).stderr).toBe("");
      return folder.join(name);
    };
    const correct = check("--exec", `'${compile("right", right)}'`);
    expect([correct.status, correct.stderr]).toEqual([0, ""]);
    expect(correct.stdout).toMatch(/4 blocks, 13 parameters/);
    expect(right).toContain("(1 - A1[m][i] * A1[m][i])");
    const wrong = check("--exec", `'${compile("wrong", right.replace("A1[m][i] * A1[m][i]", "A1[m][i]"))}'`);
    expect(wrong.stdout).toMatch(/^wrong: W1, b1\./m);
  });

  it("says what a program that fails wrote to its standard error", () => {
    const file = folder.file("fails.mjs", "console.error('no such weights'); process.exit(4);");
    const { status, stdout, stderr } = check("--exec", `"${process.execPath}" "${file}"`);
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/ended with exit code 4.*no such weights/s);
  });
});
