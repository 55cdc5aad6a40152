import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadModel } from "../../src/node/modelFiles.js";
import { boxes, TestFolder } from "../cli/tables.js";
import { gradproof } from "../cli/testContext.js";
import { withoutProgress } from "./withoutProgress.js";

const dist = new URL("../../dist/cli/", import.meta.url).href;
const main = fileURLToPath(`${dist}main.js`);
const folder = new TestFolder();
const file = folder.file("boxes.csv", boxes(200));
const target = ["--target", "kind"];
const short = ["--epochs", "3"];
/** A run that is there before, for commands that need one. */
const run = folder.join("run");
const model = `${run}/model.safetensors`;

beforeAll(async () => {
  expect((await gradproof(["train", file, ...target, ...short, "--out", run])).exitCode).toBe(0);
});
afterAll(() => folder.remove());

/** Runs a program in a shell: `$@` stands for it and its words. */
function inShell(script: string, program: readonly string[]) {
  const words = ["-c", script, "bash", process.execPath, ...program];
  const { status, stdout, stderr } = spawnSync("bash", words, { encoding: "utf8" });
  return { status, stdout, stderr: withoutProgress(stderr) };
}

/** What a process has written and how it ended. */
async function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  let stderr = "";
  child.stderr?.on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal, stderr: withoutProgress(stderr) })),
  );
}

/** Waits until a command has written a text; from its first line on it listens for signals. */
async function written(child: ChildProcess, text: string): Promise<string> {
  let stdout = "";
  return new Promise((resolve) =>
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
      if (stdout.includes(text)) resolve(stdout);
    }),
  );
}

describe("output that goes nowhere", () => {
  it("does not end a run: a reader that has seen enough", () => {
    const out = folder.join("head");
    const words = ["train", file, ...target, "--epochs", "40", "--checkpoint-every", "5", "--out", out];
    const { status, stdout, stderr } = inShell('"$@" | head -n 1; exit $PIPESTATUS', [main, ...words]);
    expect([status, stdout.split("\n").length, stderr]).toEqual([0, 2, ""]);
    expect(JSON.parse(readFileSync(`${out}/run.json`, "utf8")).ended).toBe(true);
    expect(existsSync(`${out}/model.safetensors`)).toBe(true);
  });

  it.skipIf(!existsSync("/dev/full"))("is told of, with exit code 1, by every command > /dev/full", () => {
    const into = (name: string): string => folder.join("full", name);
    const gradient = folder.file(
      "square.mjs",
      "export default { parameters: { w: [3] }, cost: ({ w }) => w[0] ** 2, gradients: ({ w }) => ({ w: [2 * w[0]] }) };",
    );
    const commands: readonly { words: readonly string[]; saved?: string; code?: number }[] = [
      { words: ["train", file, ...target, ...short, "--out", into("train")], saved: "train/model.safetensors" },
      {
        words: [
          ...["sweep", file, ...target, ...short, "--search", "l2=0,1", "--workers", "2", "--out", into("sweep")],
        ],
        saved: "sweep/model.safetensors",
      },
      {
        words: [
          ...["curve", file, ...target, ...short, "--sizes", "20,40", "--lambdas", "none", "--seeds", "1"],
          ...["--html", into("curve.html")],
        ],
        saved: "curve.html",
      },
      { words: ["reproduce", "gradient-checking", "--out", into("reproduce")], saved: "reproduce/report.html" },
      { words: ["compare", run, run, "--html", into("compare.html")], saved: "compare.html" },
      { words: ["predict", model, file] },
      { words: ["--help"] },
      // It is no verdict on the gradient, which is right.
      { words: ["check", gradient], code: 3 },
    ];
    // One after the other in one process, each as main.js has it.
    const program = folder.file(
      "commands.mjs",
      `import { runCli } from "${dist}app.js"; import { processContext } from "${dist}processContext.js";
      for (const words of JSON.parse(process.argv[2])) process.stderr.write(await runCli(words, processContext(process)) + "\\n");`,
    );
    const all = JSON.stringify(commands.map(({ words }) => words));
    const { status, stderr } = inShell('exec "$@" > /dev/full', [program, all]);
    expect(status).toBe(0);
    const lost = "error: cannot write to standard output: no space left on the device\n";
    expect(stderr).toBe(commands.map(({ code = 1 }) => `${lost}${code}\n`).join(""));
    for (const { saved } of commands) if (saved !== undefined) expect(existsSync(into(saved)), saved).toBe(true);
  });

  it.skipIf(!existsSync("/dev/full"))("ends nothing either where it is standard error", () => {
    const out = folder.join("both");
    const words = ["train", file, ...target, ...short, "--out", out];
    expect(inShell('exec "$@" > /dev/full 2> /dev/full', [main, ...words]).status).toBe(1);
    expect(existsSync(`${out}/model.safetensors`)).toBe(true);
  });

  it("is told of where the disk keeps only the beginning", () => {
    // A limit of 1 KiB a file stands in for the disk.
    const script = `trap "" XFSZ; ulimit -f 1; exec "$@" > '${folder.join("short.csv")}'`;
    const { status, stderr } = inShell(script, [main, "predict", model, file]);
    expect([status, stderr]).toEqual([1, "error: cannot write to standard output: the system allows no larger file\n"]);
  });
});

describe("a full disk", () => {
  it("is told of with the name of the file, of which the one before stays whole", () => {
    const out = folder.file("predicted.csv", "before\n");
    const words = ["predict", model, file, "--out", out, "--overwrite"];
    const { status, stderr } = inShell('trap "" XFSZ; ulimit -f 1; exec "$@"', [main, ...words]);
    expect([status, stderr]).toEqual([1, `error: cannot write ${out}: the system allows no larger file\n`]);
    expect(readFileSync(out, "utf8")).toBe("before\n");
    expect(readdirSync(folder.path).filter((name) => name.startsWith("predicted"))).toEqual(["predicted.csv"]);
  });
});

describe.skipIf(process.platform === "win32")("a signal", () => {
  const trained = (out: string): string[] => [
    ...["train", file, ...target, "--epochs", "1000000", "--patience", "1000000"],
    ...["--checkpoint-every", "1000000", "--out", out],
  ];
  const outcome = (by: string, out: string): string =>
    `stopped by ${by}; the best weights so far are saved; go on with: gradproof train --resume ${out}\n`;

  it.each([
    ["SIGINT", "Ctrl-C", { code: 130, signal: null }],
    ["SIGTERM", "SIGTERM", { code: 143, signal: null }],
    // By the signal itself, which a shell tells as 129.
    ["SIGHUP", "SIGHUP", { code: null, signal: "SIGHUP" }],
  ] as const)("ends a run with its checkpoint and its best weights saved: %s", async (by, name, how) => {
    const out = folder.join(by);
    const child = spawn(process.execPath, [main, ...trained(out)], { env: { ...process.env, _: "" } });
    const end = ended(child);
    await written(child, "saving");
    child.kill(by);
    expect(await end).toEqual({ ...how, stderr: outcome(name, out) });
    expect(existsSync(`${out}/checkpoint.safetensors`)).toBe(true);
    expect((await loadModel(`${out}/model.safetensors`)).encoder?.target.name).toBe("kind");
  });

  it.each([
    ["nohup", 'nohup "$@" & echo process $!; wait $!'],
    ["a script that ignores it", 'trap "" HUP; "$@" & echo process $!; wait $!'],
  ])("SIGHUP does not end a run under %s", async (name, script) => {
    const out = folder.join(name.replaceAll(" ", "-"));
    const words = ["-c", script, "bash", process.execPath, main, ...trained(out)];
    const child = spawn("bash", words, { env: { ...process.env, _: "" } });
    const end = ended(child);
    const pid = Number(/process (\d+)/.exec(await written(child, "saving"))?.[1]);
    process.kill(pid, "SIGHUP");
    // Had it heard the first, it would say so.
    process.kill(pid, "SIGTERM");
    const { code, stderr } = await end;
    expect([code, stderr.replace(/^nohup: .*\n/gm, "")]).toEqual([143, outcome("SIGTERM", out)]);
  });
});
