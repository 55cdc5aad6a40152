import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runCli } from "../../src/cli/app.js";
import type { CliContext, StopSignal } from "../../src/cli/context.js";

/** What a command wrote and how it ended. */
export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TestOptions {
  /** Columns of the terminal that stdout and stderr stand for; without them they are pipes. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds that pass between two looks at the clock. */
  readonly tick?: number;
}

/** A context without a process: its output is kept, its clock stands still unless told to tick. */
export class TestContext implements CliContext {
  stdout = "";
  stderr = "";
  /** Moves the clock, in milliseconds. */
  time = 0;
  readonly process: CliContext["process"];
  readonly interruptListeners = new Set<(by: StopSignal) => void>();
  readonly exitListeners = new Set<() => void>();
  readonly #tick: number;

  constructor({ columns, env = {}, tick = 0 }: TestOptions = {}) {
    this.#tick = tick;
    const output = (name: "stdout" | "stderr") => ({
      write: (text: string): void => {
        this[name] += text;
      },
      ...(columns !== undefined && { isTTY: true, columns, getColorDepth: () => 8 }),
    });
    this.process = { stdout: output("stdout"), stderr: output("stderr"), env };
  }

  now = (): number => {
    this.time += this.#tick;
    return this.time;
  };

  date = (): Date => new Date(2026, 0, 31, 23, 59, 58);

  onStop = (listener: (by: StopSignal) => void): (() => void) => subscribe(this.interruptListeners, listener);

  onExit = (listener: () => void): (() => void) => subscribe(this.exitListeners, listener);

  /** Presses Ctrl-C, or asks otherwise to end. */
  interrupt(by: StopSignal = "SIGINT"): void {
    for (const listener of this.interruptListeners) listener(by);
  }
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Runs `gradproof` with these words inside this process. */
export async function gradproof(words: readonly string[], options: TestOptions = {}): Promise<Captured> {
  const context = new TestContext(options);
  const exitCode = await runCli(words, context);
  return { exitCode, stdout: context.stdout, stderr: context.stderr };
}

/** Runs `gradproof train` into a folder, and presses Ctrl-C there once the first checkpoint is written. */
export async function interrupted(words: readonly string[], out: string): Promise<Captured> {
  const context = new TestContext();
  const ended = runCli([...words, "--out", out], context);
  const wait = (): void => {
    if (existsSync(`${out}/checkpoint.safetensors`)) context.interrupt();
    else setImmediate(wait);
  };
  wait();
  return { exitCode: await ended, stdout: context.stdout, stderr: context.stderr };
}

/** A configuration that says no more than that its defaults are those of version 3: one network of 32-16 units, stopped early. */
const version3 = fileURLToPath(new URL("./version3.json", import.meta.url));

/**
 * Words with the defaults of version 3, for tests of what a command does with one small network, whatever the defaults of today are.
 * Where the words say what to take the options from, they are left as they are.
 */
export function ofVersion3(words: readonly string[]): readonly string[] {
  const [command = ""] = words;
  const takes = ["train", "sweep", "curve", "tune-rate"].includes(command);
  const says = ["--config", "--resume", "--help"].some((word) => words.includes(word));
  return takes && !says ? [...words, "--config", version3] : words;
}

/** {@link gradproof} with the defaults of version 3. */
export async function gradproof3(words: readonly string[], options: TestOptions = {}): Promise<Captured> {
  return gradproof(ofVersion3(words), options);
}
