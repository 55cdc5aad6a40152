import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { checkGradientsAsync } from "../../src/gradcheck/checkGradients.js";
import { ProgramError } from "../../src/node/lineProgram.js";
import { programProblem } from "../../src/node/programProblem.js";
import { TestFolder } from "../cli/tables.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

let count = 0;
/** The command of a program that answers each line with what the body makes of `request` and `line`. */
function program(body: string, before = ""): string {
  const file = folder.file(
    `program${count++}.mjs`,
    `import { createInterface } from "node:readline";
import { writeFileSync } from "node:fs";
const say = (value) => process.stdout.write(JSON.stringify(value) + "\\n");
${before}
createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  const { do: what, parameters } = request;
  ${body}
});`,
  );
  return `'${process.execPath}' '${file}'`;
}

/** J = x² + 3 y, as a program should answer. */
const sound = `
  if (what === "parameters") say({ x: 2, y: [1] });
  else if (what === "cost") say(parameters.x ** 2 + 3 * parameters.y[0]);
  else say({ dx: 2 * parameters.x, dy: [3] });`;

/** A program as `sound`, but for one request. */
const except = (request: string, answer: string): string => `if (what === "${request}") { ${answer} } else {${sound}}`;

async function checked(command: string, { timeout = 120, longestLine = 4096 } = {}) {
  const problem = await programProblem(command, { timeout, longestLine });
  try {
    return await checkGradientsAsync(problem, { signal: problem.failed });
  } catch (error) {
    problem.failed.throwIfAborted();
    throw error;
  } finally {
    await problem.close();
  }
}

/**
 * The error of a program that hangs once it has given its parameters, and the seconds it had. They are doubled until it
 * comes so far: how long a process takes to start is up to the machine.
 */
async function givenUp(command: string): Promise<{ readonly error: Error; readonly timeout: number }> {
  for (let timeout = 0.2; ; timeout *= 2) {
    const error: unknown = await checked(command, { timeout }).catch((thrown: unknown) => thrown);
    if (!(error instanceof Error)) throw new Error("a program that hangs was checked");
    if (!error.message.includes('{"do":"parameters"}')) return { error, timeout };
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Ended, but nobody has asked how: in a container there may be no one to ask.
    return process.platform !== "linux" || !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

describe("a program in any language", () => {
  it("is checked like a function", async () => {
    expect((await checked(program(sound))).verdict).toBe("correct");
    const doubled = await checked(program(except("gradients", "say({ dx: 4 * parameters.x, dy: [3] })")));
    expect(doubled.blocks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(["x wrong", "y correct"]);
  });

  it.each([
    ["cannot be found", "no-such-program-anywhere", /there is no program no-such-program-anywhere on the PATH/],
    [
      "ends at once",
      program("", "process.exit(3)"),
      /ended with exit code 3 instead of answering \{"do":"parameters"\}/,
    ],
    [
      "dies in the middle",
      program(except("gradients", 'console.error("Traceback: shapes"); process.exit(1);')),
      /exit code 1 instead of answering \{"do":"gradients"\}; its standard error:\n {2}Traceback: shapes/,
    ],
    ["is killed", program(except("cost", 'process.kill(process.pid, "SIGKILL");')), /was ended by SIGKILL/],
    [
      "prints garbage",
      program(except("cost", 'console.log("loss 0.3");')),
      /answered "loss 0\.3" to \{"do":"cost"\}, which is no line of JSON/,
    ],
    ["prints an empty line", program(except("cost", "console.log();")), /answered "" to \{"do":"cost"\}/],
    ["answers with another thing", program(except("cost", "say([1]);")), /expected a number such as 0\.6931/],
    ["gives a list of gradients", program(except("gradients", "say([1, 2]);")), /expected an object such as/],
    ["lacks a gradient", program(except("gradients", "say({ dx: 4 });")), /y/],
    [
      "says that it cannot",
      program(except("cost", 'say({ error: "singular" });')),
      /answered \{"do":"cost"\} with the error "singular"/,
    ],
    ["answers twice", program(`${sound}; say(1);`), /wrote more than one line as its answer|expected/],
    [
      "writes without end",
      program("", 'for (;;) process.stdout.write("x".repeat(65536));'),
      /wrote a line of more than 4,096 bytes/,
    ],
    ["nests without end", program(`console.log("[".repeat(1000));`), /brackets nested more than 64 deep/],
    [
      "closes its output",
      program("", "process.stdout.end(); setInterval(() => {}, 1000);"),
      /closed its standard output/,
    ],
  ])("that %s is reported as such", async (_, command, message) => {
    const failure = await checked(command).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect((failure as Error).message).toMatch(message);
  });

  it("that hangs is given up after the time it was given", async () => {
    const { error, timeout } = await givenUp(program(except("cost", "")));
    expect(error.message).toContain(`gave no answer to {"do":"cost"} within ${timeout} s`);
    expect(error).toBeInstanceOf(ProgramError);
  });

  it("may answer NaN and Infinity as Python writes them, which is then no value of the cost", async () => {
    const failure = checked(program(except("cost", 'console.log("NaN");')));
    await expect(failure).rejects.toThrow(/cost\(\) is NaN at the given parameters/);
  });

  it("is never left running, nor what it started", async () => {
    const pids = folder.join("pids.json");
    const command = program(
      except("cost", ""),
      `import { spawn } from "node:child_process";
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
writeFileSync(${JSON.stringify(pids)}, JSON.stringify([process.pid, child.pid]));`,
    );
    expect((await givenUp(command)).error.message).toContain("gave no answer");
    const running: number[] = JSON.parse(readFileSync(pids, "utf8"));
    expect(running).toHaveLength(2);
    await expect.poll(() => running.filter(isRunning), { timeout: 60_000 }).toEqual([]);
  });

  it("whatever one line of it says, is understood or refused with its name", async () => {
    const line = fc.oneof(
      fc.json(),
      fc.string().map((text) => text.replace(/[\r\n]/g, " ")),
      fc.constantFrom('{"__proto__": 1}', '{"constructor": [1]}', "NaN", '{"x": NaN}', '{"x": "\\ud800"}'),
    );
    // One program answers them all, so that a hundred cases need no hundred starts.
    const lines = fc.sample(line, { numRuns: 150, seed: 5 });
    const file = folder.file("lines.json", JSON.stringify(lines));
    for (let at = 0; at < lines.length; at += 10) {
      const command = program(
        `console.log(lines[k++] ?? "{}");`,
        `import { readFileSync } from "node:fs";
let k = ${at};
const lines = JSON.parse(readFileSync(${JSON.stringify(file)}, "utf8"));`,
      );
      const outcome = await checked(command).then(
        ({ verdict }) => verdict,
        (error: unknown) => error,
      );
      if (outcome instanceof Error) expect(outcome.name).toMatch(/^(ProgramError|OptionError|ShapeError|RangeError)$/);
      else expect(["correct", "wrong", "undecided"]).toContain(outcome);
    }
  });
});
