import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boxes, TestFolder } from "../cli/tables.js";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = new TestFolder();
let file: string;

beforeAll(() => {
  file = folder.file("boxes.csv", boxes(200));
});
afterAll(() => folder.remove());

const target = ["--target", "kind"];
const short = ["--epochs", "3"];

/** Runs a command in a shell: `$@` stands for node, the program and the words. */
function inShell(script: string, words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script, "bash", process.execPath, main, ...words], {
    encoding: "utf8",
  });
  return { status, stdout, stderr: withoutProgress(stderr) };
}

/** On a busy machine a run may take more than five seconds, and then writes how far it is. */
function withoutProgress(stderr: string): string {
  return stderr.replace(/^\w+ +[\d,]+\/[\d,]+ .*\n/gm, "");
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
    const words = ["train", file, ...target, "--epochs", "40", "--checkpoint-every", "1", "--out", out];
    const { status, stdout, stderr } = inShell('"$@" | head -n 1; exit $PIPESTATUS', words);
    expect([status, stdout.split("\n").length, stderr]).toEqual([0, 2, ""]);
    expect(JSON.parse(readFileSync(`${out}/run.json`, "utf8")).ended).toBe(true);
    expect(existsSync(`${out}/model.safetensors`)).toBe(true);
  });

  const commands: readonly [string, () => string[], string?][] = [
    ["train", () => ["train", file, ...target, ...short, "--out", folder.join("full")], "full/model.safetensors"],
    [
      "sweep",
      () => ["sweep", file, ...target, ...short, "--search", "l2=0,1", "--workers", "2", "--out", folder.join("sweep")],
      "sweep/model.safetensors",
    ],
    [
      "curve",
      () => [
        "curve",
        file,
        ...target,
        ...short,
        "--sizes",
        "20,40",
        "--lambdas",
        "none",
        "--seeds",
        "1",
        "--html",
        folder.join("curve.html"),
      ],
      "curve.html",
    ],
    ["reproduce", () => ["reproduce", "gradient-checking", "--out", folder.join("reproduce")], "reproduce/report.html"],
    [
      "compare",
      () => ["compare", folder.join("full"), folder.join("full"), "--html", folder.join("compare.html")],
      "compare.html",
    ],
    ["predict", () => ["predict", folder.join("full/model.safetensors"), file]],
    ["--help", () => ["--help"]],
  ];
  it.skipIf(!existsSync("/dev/full")).each(commands)(
    "is told of, with exit code 1: %s > /dev/full",
    (_, words, saved) => {
      const { status, stderr } = inShell('exec "$@" > /dev/full', words());
      expect(stderr).toBe("error: cannot write to standard output: no space left on the device\n");
      expect(status).toBe(1);
      if (saved !== undefined) expect(existsSync(folder.join(saved)), saved).toBe(true);
    },
  );

  it.skipIf(!existsSync("/dev/full"))("is no verdict on a gradient", () => {
    const program = folder.file(
      "square.mjs",
      "export default { parameters: { w: [[1, 2]] }, cost: ({ w }) => w[0][0] ** 2 + w[0][1] ** 2, gradients: ({ w }) => ({ w: [[2 * w[0][0], 2 * w[0][1]]] }) };",
    );
    expect(inShell('exec "$@"', ["check", program])).toMatchObject({ status: 0 });
    expect(inShell('exec "$@" > /dev/full', ["check", program])).toMatchObject({ status: 3 });
  });

  it.skipIf(!existsSync("/dev/full"))("ends nothing either where it is standard error", () => {
    const { status } = inShell('exec "$@" > /dev/full 2> /dev/full', [
      "train",
      file,
      ...target,
      ...short,
      "--out",
      folder.join("both"),
    ]);
    expect(status).toBe(1);
    expect(existsSync(folder.join("both/model.safetensors"))).toBe(true);
    expect(inShell('exec "$@" 2> /dev/full', ["inspect", folder.join("nothing")])).toEqual({
      status: 1,
      stdout: "",
      stderr: "",
    });
  });

  it("is told of where the disk keeps only the beginning", () => {
    // A limit of 1 KiB a file stands in for the disk.
    const script = 'trap "" XFSZ; ulimit -f 1; exec "$@" > "$OUT"';
    const words = ["predict", folder.join("full/model.safetensors"), file];
    const { status, stderr } = inShell(`OUT='${folder.join("short.csv")}'; ${script}`, words);
    expect([status, stderr]).toEqual([1, "error: cannot write to standard output: the system allows no larger file\n"]);
  });
});

describe("a full disk", () => {
  it("is told of with the name of the file, of which the one before stays whole", () => {
    const out = folder.file("predicted.csv", "before\n");
    const words = ["predict", folder.join("full/model.safetensors"), file, "--out", out, "--overwrite"];
    const { status, stderr } = inShell('trap "" XFSZ; ulimit -f 1; exec "$@"', words);
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
    ["SIGINT", "Ctrl-C", 130],
    ["SIGTERM", "SIGTERM", 143],
    ["SIGHUP", "SIGHUP", 129],
  ] as const)("ends a run with its checkpoint and its best weights saved: %s", async (by, name, exitCode) => {
    const out = folder.join(by);
    const child = spawn(process.execPath, [main, ...trained(out)], { env: { ...process.env, _: "" } });
    const end = ended(child);
    await written(child, "saving");
    child.kill(by);
    expect(await end).toEqual({ code: exitCode, signal: null, stderr: outcome(name, out) });
    expect(existsSync(`${out}/checkpoint.safetensors`)).toBe(true);
    expect(inShell('exec "$@"', ["inspect", `${out}/model.safetensors`]).status).toBe(0);
  });

  it("ends a sweep with its finished runs kept", async () => {
    const out = folder.join("sweep-stopped");
    const words = ["sweep", file, ...target, "--epochs", "100000", "--patience", "100000", "--search", "l2=0,1"];
    const child = spawn(process.execPath, [main, ...words, "--workers", "2", "--out", out]);
    const end = ended(child);
    await written(child, "");
    child.kill("SIGTERM");
    const stderr = `stopped by SIGTERM; finished runs are kept: the same command with --out ${out} goes on\n`;
    expect(await end).toEqual({ code: 143, signal: null, stderr });
    expect(readdirSync(out)).toEqual(["journal.jsonl"]);
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
