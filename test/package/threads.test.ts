import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A program that trains until `while` no longer holds, on steps that pay for three threads. */
const program = (condition: string): string => `
  import { dense, Matrix, network, train } from "gradproof";
  import { openEngine } from "gradproof/node";
  const { engine } = openEngine("wasm", 3);
  const data = { X: Matrix.zeros(60, 3000), Y: Matrix.zeros(1, 3000) };
  const model = network({ inputs: 60, layers: [dense(20, "tanh"), dense(1, "linear")], seed: 1 });
  let told = false;
  while (${condition}) {
    await train(model, data, { engine, iterations: 50 });
    if (!told && engine.working === 3) console.log("at work");
    told ||= engine.working === 3;
  }
`;
const words = (condition: string): string[] => ["--input-type=module", "-e", program(condition)];

/** A process whose threads are all at work, for ever. */
async function atWork(): Promise<ChildProcess> {
  const child = spawn(process.execPath, words("true"), { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  if (child.stdout === null) throw new Error("its output is not read");
  const ended = once(child, "close").then(([code]) => {
    throw new Error(`it ended with ${code}`);
  });
  await Promise.race([once(child.stdout, "data"), ended]);
  ended.catch(() => {});
  return child;
}

describe("threads that are at work", () => {
  it("let the process end", () => {
    const { stdout, status } = spawnSync(process.execPath, words("!told"), {
      cwd: root,
      encoding: "utf8",
      timeout: 120_000,
    });
    expect([stdout.trim(), status]).toEqual(["at work", 0]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("end with it where it is ended by %s", async (signal) => {
    const child = await atWork();
    child.kill(signal);
    // Its output is closed once none of its threads holds it.
    const [code, by] = await once(child, "close");
    expect([code, by]).toEqual([null, signal]);
  });
});
