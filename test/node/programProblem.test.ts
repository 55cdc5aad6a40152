import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { checkPartner } from "../../src/cli/check/checkProgram.js";
import { ProgramError } from "../../src/node/lineExchange.js";
import { LineParent } from "../../src/node/lineParent.js";
import { LineProgram } from "../../src/node/lineProgram.js";
import { splitCommand } from "../../src/node/splitCommand.js";
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

async function checked(command: string, { timeout = 120, longestLine = 4096, notes = [] as string[] } = {}) {
  const onNote = (note: string): void => void notes.push(note);
  const words = splitCommand(command, process.platform === "win32");
  const start = () => new LineProgram(words, command, { timeout, longestLine, onNote });
  return checkPartner(start(), { restart: start, onNote }, { signal: new AbortController().signal });
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
    ["answers with another thing", program(except("cost", "say([1]);")), /expected a number such as 0\.6931/],
    ["gives a list of gradients", program(except("gradients", "say([1, 2]);")), /expected an object such as/],
    ["lacks a gradient", program(except("gradients", "say({ dx: 4 });")), /y/],
    [
      "says that it cannot",
      program(except("cost", 'say({ error: "singular" });')),
      /answered \{"do":"cost"\} at the given parameters with the error "singular"$/,
    ],
    ["answers twice", program(`${sound}; if (what === "cost") say(1);`), /wrote more than one line as its answer/],
    [
      "writes without end",
      program("", 'for (;;) process.stdout.write("x".repeat(65536));'),
      /wrote a line of more than 4,096 bytes/,
    ],
    ["nests without end", program(`console.log("[".repeat(1000));`), /brackets nested more than 80 deep/],
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

  it.each([
    ["hides its answer in words", 'console.log("loss 0.3");', /; the last line it wrote is no answer: "loss 0\.3"$/],
    ["answers with an empty line", "console.log();", /; the last line it wrote is no answer: ""$/],
    ["ends no line", 'process.stdout.write("13");', /; it wrote "13" without an end of the line$/],
    [
      "does not flush",
      'process.stdin.on("end", () => say(3));',
      /; an answer came only when its input was closed: is it flushed after each line .*fflush\(stdout\)/,
    ],
  ])("that %s is told so when its time is over", async (_, answer, message) => {
    const { error } = await givenUp(program(except("cost", answer)));
    expect(error.message).toMatch(message);
  });

  it("that has never written a word is asked whether it flushes", async () => {
    const error: unknown = await checked(program(""), { timeout: 0.5 }).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(
      /gave no answer to \{"do":"parameters"\} within 0.5 s; it wrote nothing to its standard output: is it flushed/,
    );
  });

  it("may print beside its answers, numbers too where none is asked for", async () => {
    const notes: string[] = [];
    const report = await checked(
      program(
        `console.log("step\\n\\n{'loss': 0.3}"); if (what === "gradients") say(0.3); ${sound}; console.log("done");`,
      ),
      { notes },
    );
    expect(report.verdict).toBe("correct");
    expect(notes.slice(0, 2)).toEqual([
      'passed over a line that is no answer: "step"',
      "passed over a line that is no answer: \"{'loss': 0.3}\"",
    ]);
    expect(notes).toHaveLength(9);
    expect(notes[8]).toBe("further ones are not shown; what is not an answer belongs on its standard error");
  });

  it("that prints without end is given up", async () => {
    const noise = program(except("cost", 'setInterval(() => process.stdout.write("step\\n".repeat(500)), 1);'));
    await expect(checked(noise)).rejects.toThrow(
      /wrote more than 1000 lines that are no answer to \{"do":"cost"\}, such as "step"/,
    );
  });

  describe("whose cost has no value everywhere", () => {
    /** J = √x + y at x = 1e-4, where steps lead below 0. */
    const root = (fails: string): string => `
      if (what === "parameters") say({ x: [1e-4, 1], y: 1 });
      else if (parameters.x[0] < 0) { ${fails} }
      else if (what === "cost") say(Math.sqrt(parameters.x[0]) + Math.sqrt(parameters.x[1]) + parameters.y);
      else say({ dx: parameters.x.map((x) => 0.5 / Math.sqrt(x)), dy: 1 });`;

    it.each([
      ["by an error", 'say({ error: "domain" });', 0],
      ["by NaN, as JSON.stringify writes it", "say(Number.NaN);", 0],
      ["by its end", 'throw new RangeError("negative");', 1],
    ])("may say so %s", async (_, fails, expected) => {
      const notes: string[] = [];
      const { blocks } = await checked(program(root(fails)), { notes });
      expect(blocks.map(({ verdict }) => verdict)).not.toContain("wrong");
      expect(blocks[1]?.verdict).toBe("correct");
      expect(notes).toHaveLength(expected);
      if (expected > 0)
        expect(notes[0]).toMatch(/^away from the given parameters the program ended.*outside its domain/);
    });

    it("ends the check where that is at its own parameters", async () => {
      const dies = program(except("cost", 'throw new RangeError("at home");'));
      await expect(checked(dies)).rejects.toThrow(/ended with exit code 1 instead of answering/);
    });
  });

  it("may describe its problem, with the version of the protocol", async () => {
    const describing = (version: number): string =>
      `if (what === "parameters") say({ protocol: ${version}, parameters: { x: 2, y: [1] } }); else {${sound}}`;
    expect((await checked(program(describing(2)))).verdict).toBe("correct");
    await expect(checked(program(describing(3)))).rejects.toThrow(
      /speaks version 3 of the protocol, this gradproof version 2/,
    );
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

  it("whatever its lines say, is understood or refused with its name", async () => {
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        ...[
          '{"__proto__": 1}',
          '{"constructor": [1]}',
          "NaN",
          '{"x": NaN}',
          '{"x": "\\ud800"}',
          "[".repeat(100),
          '"\\',
        ],
        ...['{"x": {"npy": "AAAA"}}', '{"protocol": 2, "parameters": {"x": 1}}', '{"error": "no"}', "null", "1e999"],
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const input = new PassThrough();
        let k = 0;
        const partner = new LineParent(
          input,
          // Behind whatever it says stands an answer, so that nobody waits for one.
          { write: () => setImmediate(() => input.write(`${lines[k++] ?? ""}\n{"error":"no more"}\n`)) },
          { longestLine: 1000 },
        );
        const outcome: unknown = await checkPartner(partner, {}, { signal: new AbortController().signal }).catch(
          (error: unknown) => error,
        );
        if (outcome instanceof Error) expect(outcome.message).toMatch(/^the program that asked for the check/);
        else expect(outcome).toHaveProperty("verdict");
      }),
      { numRuns: 300 },
    );
  });
});
