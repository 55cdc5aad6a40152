import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeFailure, exitCodeOf, StoppedError } from "../../src/cli/failure.js";
import { interruptible } from "../../src/cli/interrupt.js";
import { gradproof, TestContext } from "./testContext.js";

describe("gradproof", () => {
  it("explains itself without words, on stdout", async () => {
    const alone = await gradproof([]);
    expect(alone.exitCode).toBe(0);
    expect(alone.stderr).toBe("");
    for (const part of ["reproduce", "train", "predict", "inspect", "engines", "Exit codes: 0 done"]) {
      expect(alone.stdout).toContain(part);
    }
    expect(await gradproof(["--help"])).toEqual(alone);
  });

  it.each(["reproduce", "train", "predict", "inspect"])(
    "%s --help explains every argument and flag",
    async (command) => {
      const { exitCode, stdout, stderr } = await gradproof([command, "--help"]);
      expect([exitCode, stderr]).toEqual([0, ""]);
      for (const part of ["USAGE", "FLAGS", "ARGUMENTS", "--json"]) expect(stdout).toContain(part);
    },
  );

  it("breaks the lines of its help to the terminal", async () => {
    for (const columns of [40, 50, 80, 120]) {
      for (const command of ["reproduce", "train", "tune-rate", "predict", "inspect", "engines", "check"]) {
        const { stdout } = await gradproof([command, "--help"], { columns, env: { NO_COLOR: "1" } });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: bold and the like take no column
        const lines = stdout.replace(/\x1b\[[0-9;]*m/g, "").split("\n");
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      }
    }
  });

  it("prints its version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await gradproof(["--version"])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each([
    ["a mistyped command", ["trian"], "did you mean `train`?"],
    ["a mistyped flag", ["train", "x.csv", "--taget", "y"], "did you mean --target?"],
    ["a mistyped name", ["train", "x.csv", "--activation", "rellu"], "did you mean relu?"],
    ["a mistyped experiment", ["reproduce", "initialisation"], "did you mean initialization?"],
    [
      "an activation of the last layer only",
      ["train", "x.csv", "--activation", "softmax"],
      "--activation must be one of",
    ],
    ["a missing file", ["train"], "train needs a table"],
    ["one file too many", ["inspect", "a", "b"], "Too many arguments"],
    ["a flag without its value", ["train", "x.csv", "--target"], "Expected input for flag --target"],
    ["a negative λ", ["train", "x.csv", "--l2", "-1"], "--l2 must be a finite number of at least 0, got -1"],
    [
      "a keep of 0",
      ["train", "x.csv", "--keep", "0.5,0"],
      "--keep must be a finite number above 0 and of at most 1, got 0",
    ],
    [
      "a keep above 1",
      ["train", "x.csv", "--keep", "1.5"],
      "--keep must be a finite number above 0 and of at most 1, got 1.5",
    ],
    ["a text for a number", ["train", "x.csv", "--l2", "big"], '--l2 must be a finite number of at least 0, got "big"'],
    ["an empty number", ["train", "x.csv", "--l2", ""], '--l2 must be a finite number of at least 0, got ""'],
    ["half a unit", ["train", "x.csv", "--hidden", "8,2.5"], "--hidden must be a whole number of at least 1, got 2.5"],
    [
      "everything for validation",
      ["train", "x.csv", "--validation", "1"],
      "--validation must be a finite number above 0 and below 1, got 1",
    ],
    [
      "a threshold that is no probability",
      ["predict", "m", "x.csv", "--threshold", "2"],
      "--threshold must be a finite number of at least 0 and of at most 1, got 2",
    ],
  ])("refuses %s with exit code 2 and one line on stderr", async (_, words, message) => {
    const { exitCode, stdout, stderr } = await gradproof(words);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: .+\n$/);
    expect([exitCode, stdout]).toEqual([2, ""]);
  });
});

describe("describeFailure()", () => {
  it("shows the message of an error meant for the user, and no stack", () => {
    expect(describeFailure(new Error("data.csv is empty"), false)).toBe("error: data.csv is empty");
    expect(describeFailure(new RangeError("k must be 1, got 2"), false)).toBe("error: k must be 1, got 2");
  });

  it.each([
    ["TypeError", new TypeError("x is undefined")],
    ["ReferenceError", new ReferenceError("x is undefined")],
    ["text", "x is undefined"],
  ])("admits that a %s is a bug", (_, thrown) => {
    const text = describeFailure(thrown, false);
    expect(text).toContain("x is undefined\nThis is a bug in gradproof");
    expect(text).toContain("GRADPROOF_DEBUG=1");
    expect(text).not.toContain("at ");
  });

  it("shows the stack where it is asked for", () => {
    expect(describeFailure(new TypeError("x"), true)).toContain("app.test.ts");
    expect(describeFailure(new Error("x"), true)).toContain("app.test.ts");
  });
});

describe("exitCodeOf()", () => {
  it("is 128 + the signal where one has ended it, and 1 otherwise", () => {
    expect(exitCodeOf(new StoppedError("SIGINT", "saved"))).toBe(130);
    expect(exitCodeOf(new StoppedError("SIGTERM", "saved"))).toBe(143);
    expect(exitCodeOf(new StoppedError("SIGHUP", "saved"))).toBe(129);
    expect(exitCodeOf(new Error("failed"))).toBe(1);
  });
});

describe("interruptible()", () => {
  it("aborts at a signal, and knows which it was", async () => {
    for (const [by, name] of [
      ["SIGINT", "Ctrl-C"],
      ["SIGTERM", "SIGTERM"],
      ["SIGHUP", "SIGHUP"],
      ["SIGBREAK", "Ctrl-Break"],
    ] as const) {
      const context = new TestContext();
      const outcome = await interruptible(context, async (signal, stopped) => {
        expect(signal.aborted).toBe(false);
        context.interrupt(by);
        expect(signal.aborted).toBe(true);
        return stopped("all is saved");
      });
      expect(outcome).toMatchObject({ by, message: `stopped by ${name}; all is saved` });
      expect(context.interruptListeners.size).toBe(0);
    }
  });

  it("listens no longer where the work fails", async () => {
    const context = new TestContext();
    await expect(interruptible(context, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(context.interruptListeners.size).toBe(0);
  });
});
