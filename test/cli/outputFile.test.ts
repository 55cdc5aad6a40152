import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boxes, TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

let table: string;
let run: string;
let model: string;
beforeAll(async () => {
  table = folder.file("boxes.csv", boxes(60));
  run = folder.join("run");
  model = `${run}/model.safetensors`;
  const { exitCode } = await gradproof([
    "train",
    table,
    "--target",
    "kind",
    "--epochs",
    "2",
    "--hidden",
    "6",
    "--out",
    run,
  ]);
  expect(exitCode).toBe(0);
});

const predict = (out: string, ...more: string[]) => gradproof(["predict", model, table, "--out", out, ...more]);

describe("a file that a command writes", () => {
  const commands: readonly [string, (out: string) => string[]][] = [
    ["predict --out", (out) => ["predict", model, table, "--out", out]],
    ["export --out", (out) => ["export", run, "--to", "numpy", "--member", "1", "--out", out]],
    ["compare --html", (out) => ["compare", run, run, "--html", out]],
    [
      "curve --html",
      (out) => [
        ...["curve", table, "--target", "kind", "--sizes", "20", "--lambdas", "none", "--seeds", "1", "--epochs", "1"],
        ...["--html", out],
      ],
    ],
    ["reproduce --out", (out) => ["reproduce", "gradient-checking", "--out", out.replace(/\/report\.html$/, "")]],
  ];
  it.each(commands)("is replaced by %s only with --overwrite", async (name, words) => {
    const place = folder.join(name.replaceAll(/\W+/g, "-"));
    mkdirSync(place);
    const out = `${place}/report.html`;
    writeFileSync(out, "precious");
    const refused = await gradproof(words(out));
    expect(refused.stderr).toBe(`error: ${out} already exists; give another file, or replace it with --overwrite\n`);
    expect([refused.exitCode, refused.stdout]).toEqual([1, ""]);
    expect(readFileSync(out, "utf8")).toBe("precious");
    const replaced = await gradproof([...words(out), "--overwrite"]);
    expect([replaced.exitCode, replaced.stderr]).toEqual([0, ""]);
    expect(readFileSync(out, "utf8").length).toBeGreaterThan("precious".length);
  });

  it("is never what the command reads, by whatever name", async () => {
    const [soft, hard] = [folder.join("soft.csv"), folder.join("hard.csv")];
    symlinkSync(table, soft);
    linkSync(table, hard);
    const before = readFileSync(table, "utf8");
    for (const out of [table, soft, hard, model]) {
      const { exitCode, stdout, stderr } = await predict(out, "--overwrite");
      const own = out === table || out === model;
      expect(stderr).toBe(
        `error: ${own ? out : `${out} is the same file as ${table}, which`} is an input of this command and is never overwritten; ` +
          "write to another place\n",
      );
      expect([exitCode, stdout]).toEqual([1, ""]);
    }
    expect(readFileSync(table, "utf8")).toBe(before);
    const record = `${run}/run.json`;
    const others = [
      ["export", run, "--to", "numpy", "--out", record],
      ["compare", run, run, "--html", record],
      ["curve", table, "--target", "kind", "--html", soft],
      ["check", "--exec", `node ${table}`, "--html", hard],
      ["train", table, "--config", `${run}/config.json`, "--out", run],
      ["sweep", table, "--config", `${run}/config.json`, "--validation", "0.2", "--search", "l2=0", "--out", run],
    ];
    for (const words of others) {
      const { exitCode, stderr } = await gradproof([...words, ...(words[0] === "sweep" ? [] : ["--overwrite"])]);
      expect(exitCode).not.toBe(0);
      expect(stderr).toMatch(
        words[0] === "sweep" ? /already holds a file run\.json/ : /is an input of this command and is never/,
      );
    }
    expect(JSON.parse(readFileSync(record, "utf8")).ended).toBe(true);
  });

  it("is not a folder", async () => {
    const { exitCode, stderr } = await predict(run, "--overwrite");
    expect([exitCode, stderr]).toEqual([1, `error: ${run} is a folder; give a file\n`]);
  });

  it("stays where a symbolic link leads", async () => {
    const [link, target] = [folder.join("link.csv"), folder.file("target.csv", "old")];
    symlinkSync(target, link);
    expect((await predict(link)).stderr).toContain("already exists");
    expect((await predict(link, "--overwrite")).exitCode).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, "utf8")).toContain("probability,spread,label");
  });

  it.runIf(process.platform !== "win32")("may be a device, a pipe, or standard output", async () => {
    expect(await predict("/dev/null")).toMatchObject({ exitCode: 0, stderr: "" });
    const plain = await gradproof(["predict", model, table]);
    // What is printed already would be in the file twice.
    expect(await predict("/dev/stdout")).toEqual(plain);
    const pipe = folder.join("pipe");
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    // Opened for both, so that nobody waits for the other.
    const end = openSync(pipe, "r+");
    expect((await predict(pipe)).stdout).toContain(`written to ${pipe}`);
    const bytes = Buffer.alloc(plain.stdout.length);
    readSync(end, bytes);
    closeSync(end);
    expect(`${bytes}`).toBe(plain.stdout);
    expect(existsSync(pipe) && lstatSync(pipe).isFIFO()).toBe(true);
  });
});
