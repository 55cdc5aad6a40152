import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { CodedError } from "../constraint/codedError.js";

/** A program that died, hung, or did not keep to its lines. The message says which, with the end of its stderr. */
export class ProgramError extends CodedError {
  override readonly name = "ProgramError";
}

export interface LineProgramOptions {
  /** Seconds a line may take. */
  readonly timeout: number;
  /** Bytes of the longest line that is read. Default 64 MiB, room for some three million numbers. */
  readonly longestLine?: number;
}

/** Bytes of standard error that are kept, and lines of them that are shown. */
const stderrBytes = 8192;
const stderrLines = 12;
/** Milliseconds a killed program's last words are waited for, and a program whose input was closed. */
const lastWords = 300;

interface Question {
  readonly text: string;
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A program that is asked one line at a time on its standard input and answers each with one on its standard output. It
 * runs in a process group of its own, which ends with it: when it is closed, when it fails, and when this process ends.
 */
export class LineProgram {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #name: string;
  readonly #options: Required<LineProgramOptions>;
  readonly #failed = new AbortController();
  readonly #closed: Promise<void>;
  #question: Question | undefined;
  #parts: Buffer[] = [];
  #length = 0;
  #stderr = Buffer.alloc(0);
  #failing = false;

  /**
   * @param words the program and its arguments
   * @param name of the program in messages
   */
  constructor(words: readonly string[], name: string, { timeout, longestLine = 64 * 2 ** 20 }: LineProgramOptions) {
    this.#name = name;
    this.#options = { timeout, longestLine };
    const child = spawn(words[0], words.slice(1), {
      stdio: "pipe",
      detached: process.platform !== "win32",
      windowsHide: true,
      // Python holds back what it writes to a pipe; a line that is waited for must come at once.
      env: { ...process.env, PYTHONUNBUFFERED: "1" },
    });
    this.#child = child;
    this.#closed = new Promise((resolve) => {
      child.once("close", () => resolve());
      child.once("error", () => resolve());
    });
    child.once("error", (error) => this.#fail(`cannot be started: ${startReason(error, words[0])}`, false));
    // What it wrote before it ended is read first; but a process it left behind may keep its output open.
    child.once("exit", (code, signal) => {
      void Promise.race([this.#closed, wait(lastWords)]).then(() => {
        this.#fail(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
      });
    });
    // Whoever dies in the middle of a line is reported by its exit, not by the broken pipe.
    child.stdin.on("error", () => undefined);
    child.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
    child.stdout.once("end", () => {
      void wait(2 * lastWords).then(() => this.#fail("closed its standard output"));
    });
    child.stderr.on("data", (chunk: Buffer) => {
      this.#stderr = Buffer.concat([this.#stderr, chunk]).subarray(-stderrBytes);
    });
    // A program in a group of its own gets no signal that is meant for this process.
    process.on("exit", this.#kill);
  }

  /** Aborted when the program can answer no more; its reason is the ProgramError. */
  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  /**
   * Sends one line and waits for one.
   *
   * @param text what is asked, for messages
   * @throws ProgramError
   */
  async ask(line: string, text: string): Promise<string> {
    if (this.#failing) return this.#end("has ended");
    if (this.#length > 0) {
      const early = Buffer.concat(this.#parts).toString();
      return this.#end(`wrote more than one line as its answer; the rest begins with ${quoted(early)}`);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#fail(`gave no answer to ${text} within ${this.#options.timeout} s`);
      }, this.#options.timeout * 1000);
      this.#question = { text, resolve, reject, timer };
      this.#child.stdin.write(`${line}\n`);
    });
  }

  /** Reports an answer that cannot be used, and ends the program. */
  async refuse(what: string): Promise<never> {
    return this.#end(what);
  }

  /** Ends the program and all it started: its input is closed, and what then still runs is killed. */
  async close(): Promise<void> {
    if (!this.#failing) {
      this.#failing = true;
      const stopped = new ProgramError(`${this.#name} was stopped`);
      this.#failed.abort(stopped);
      this.#settle()?.reject(stopped);
    }
    this.#child.stdin.end();
    await Promise.race([this.#closed, wait(lastWords)]);
    this.#kill();
    process.off("exit", this.#kill);
    // A process that left the group may hold the pipes open; nobody reads them any more.
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#failing) return;
    const end = chunk.indexOf(10);
    const before = this.#length;
    this.#parts.push(chunk);
    this.#length += chunk.length;
    if (end < 0 && this.#length > this.#options.longestLine) {
      this.#fail(`wrote a line of more than ${this.#options.longestLine.toLocaleString("en-US")} bytes`);
    }
    if (end < 0 || this.#question === undefined) return;
    const written = Buffer.concat(this.#parts);
    const line = written.subarray(0, before + end).toString();
    const rest = written.subarray(before + end + 1);
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    this.#settle()?.resolve(line.replace(/\r$/, ""));
  }

  /** Kills the program and, when its last words have been read, rejects whoever waits. */
  #fail(what: string, died = true): void {
    if (this.#failing) return;
    this.#failing = true;
    const question = this.#settle();
    const asked =
      !died || question === undefined || what.includes(question.text) ? "" : ` instead of answering ${question.text}`;
    this.#kill();
    void Promise.race([this.#closed, wait(lastWords)]).then(() => {
      const error = new ProgramError(`${this.#name} ${what}${asked}${this.lastWords(died)}`);
      process.off("exit", this.#kill);
      this.#failed.abort(error);
      question?.reject(error);
    });
  }

  /** Waits until the program has failed, with this reason unless it had one, and throws it. */
  async #end(what: string): Promise<never> {
    this.#fail(what, false);
    if (!this.failed.aborted) {
      await new Promise((resolve) => this.failed.addEventListener("abort", resolve, { once: true }));
    }
    throw this.failed.reason;
  }

  #settle(): Question | undefined {
    const question = this.#question;
    this.#question = undefined;
    clearTimeout(question?.timer);
    return question;
  }

  /** The end of its standard error; where it died in silence, that too is worth a word. */
  lastWords(died: boolean): string {
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

/** The beginning of a text, as it may stand in a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}

function startReason(error: Error, file: string): string {
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `there is no program ${file} on the PATH`;
  if (code === "EACCES") return `${file} is not executable`;
  return error.message;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
