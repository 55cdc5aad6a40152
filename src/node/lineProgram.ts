import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import {
  LineExchange,
  type LineOptions,
  type LinePartner,
  ProgramError,
  type ReadAnswer,
  wait,
} from "./lineExchange.js";

/** A program that ended by itself, with an error, while it was asked. */
export class ProgramDied extends ProgramError {}

/** Bytes of standard error that are kept, and lines of them that are shown. */
const stderrBytes = 8192;
const stderrLines = 12;
/** Milliseconds a killed program's last words are waited for, and a program whose input was closed. */
const lastWords = 300;
/** Milliseconds after its first answers in which a second line shows that it prints numbers too. */
const settle = 30;

/**
 * A program that is asked one line at a time on its standard input and answers each with one on its standard output. It
 * runs in a process group of its own, which ends with it: when it is closed, when it fails, and when this process ends.
 */
export class LineProgram implements LinePartner {
  readonly name: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #exchange: LineExchange;
  readonly #timeout: number | undefined;
  readonly #failed = new AbortController();
  readonly #closed: Promise<void>;
  #stderr = Buffer.alloc(0);
  #failing = false;
  #overdue = false;

  /**
   * @param words the program and its arguments
   * @param name of the program in messages
   */
  constructor(words: readonly string[], name: string, options: LineOptions) {
    this.name = name;
    this.#timeout = options.timeout;
    const child = spawn(words[0], words.slice(1), {
      stdio: "pipe",
      detached: process.platform !== "win32",
      windowsHide: true,
      // Python holds back what it writes to a pipe; a line that is waited for must come at once.
      env: { ...process.env, PYTHONUNBUFFERED: "1" },
    });
    this.#child = child;
    this.#exchange = new LineExchange(
      child.stdout,
      (line) => child.stdin.write(line),
      { settle, ...options },
      { fail: (what) => this.#fail(what), overdue: (text) => this.#giveUp(text) },
    );
    this.#closed = new Promise((resolve) => {
      child.once("close", () => resolve());
      child.once("error", () => resolve());
    });
    child.once("error", (error) => this.#fail(`cannot be started: ${startReason(error, words[0])}`, "silent"));
    // What it wrote before it ended is read first; but a process it left behind may keep its output open.
    child.once("exit", (code, signal) => {
      void Promise.race([this.#closed, wait(lastWords)]).then(() => {
        if (this.#overdue) return;
        const itself = signal === null ? code !== 0 : signal !== "SIGKILL";
        const what = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
        this.#fail(what, itself ? "died" : "loud");
      });
    });
    // Whoever dies in the middle of a line is reported by its exit, not by the broken pipe.
    child.stdin.on("error", () => undefined);
    child.stdout.once("end", () => {
      void wait(2 * lastWords).then(() => this.#overdue || this.#fail("closed its standard output"));
    });
    child.stderr.on("data", (chunk: Buffer) => {
      this.#stderr = Buffer.concat([this.#stderr, chunk]).subarray(-stderrBytes);
    });
    // A program in a group of its own gets no signal that is meant for this process.
    process.on("exit", this.#kill);
  }

  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  async ask<Answer>(line: string, text: string, read: ReadAnswer<Answer>): Promise<Answer> {
    if (this.#failing) return this.refuse("has ended");
    return this.#exchange.ask(line, text, read);
  }

  /** Waits until the program has failed, with this reason unless it had one, and throws it. */
  async refuse(what: string): Promise<never> {
    this.#fail(what, "silent");
    if (!this.failed.aborted) {
      await new Promise((resolve) => this.failed.addEventListener("abort", resolve, { once: true }));
    }
    throw this.failed.reason;
  }

  /** Ends the program and all it started: its input is closed, and what then still runs is killed. */
  async close(): Promise<void> {
    if (!this.#failing) {
      this.#failing = true;
      const stopped = new ProgramError(`${this.name} was stopped`);
      this.#failed.abort(stopped);
      this.#exchange.stop(stopped);
    }
    this.#child.stdin.end();
    await Promise.race([this.#closed, wait(lastWords)]);
    this.#kill();
    process.off("exit", this.#kill);
    // A process that left the group may hold the pipes open; nobody reads them any more.
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.destroy();
  }

  /** Its time is over. What it writes once its input is closed tells whether it had answered without flushing. */
  #giveUp(text: string): void {
    this.#overdue = true;
    const before = this.#exchange.received;
    this.#child.stdin.end();
    void Promise.race([this.#closed, wait(lastWords)]).then(() => {
      this.#fail(`gave no answer to ${text} within ${this.#timeout} s${this.#exchange.instead(before)}`, "silent");
    });
  }

  /**
   * Kills the program and, when its last words have been read, rejects whoever waits.
   *
   * @param how `silent`: what is wrong says all; `loud`: its standard error may say more; `died`: by itself
   */
  #fail(what: string, how: "silent" | "loud" | "died" = "loud"): void {
    if (this.#failing) return;
    this.#failing = true;
    const { asked } = this.#exchange;
    const instead = how === "silent" || asked === undefined ? "" : ` instead of answering ${asked}`;
    this.#kill();
    void Promise.race([this.#closed, wait(lastWords)]).then(() => {
      const words = `${this.name} ${what}${instead}${this.#lastWords(how !== "silent")}`;
      const error = how === "died" && asked !== undefined ? new ProgramDied(words) : new ProgramError(words);
      process.off("exit", this.#kill);
      this.#failed.abort(error);
      this.#exchange.stop(error);
    });
  }

  lastWords(): string {
    return this.#lastWords(false);
  }

  /** The end of its standard error; where it died in silence, that too is worth a word. */
  #lastWords(died: boolean): string {
    const text = this.#stderr.toString().replace(/\r\n?/g, "\n").trimEnd();
    if (text === "") return died ? "; it wrote nothing to its standard error" : "";
    // A terminal would obey control characters.
    const lines = text.split("\n").map((line) => line.replace(/\p{Cc}+/gu, " ").slice(0, 400));
    const shown = lines.slice(-stderrLines).map((line) => `  ${line}`);
    return `; its standard error:\n${lines.length > stderrLines ? "  …\n" : ""}${shown.join("\n")}`;
  }

  readonly #kill = (): void => {
    const { pid } = this.#child;
    if (pid === undefined) return;
    if (process.platform === "win32") {
      spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
      return;
    }
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The group is gone already.
    }
  };
}

function startReason(error: Error, file: string): string {
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `there is no program ${file} on the PATH`;
  if (code === "EACCES") return `${file} is not executable`;
  return error.message;
}
