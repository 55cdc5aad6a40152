import { Worker } from "node:worker_threads";
import { type CallOptions, type Solution, SolutionError } from "../../exercises/solution.js";
import type { ExerciseValue } from "../../exercises/value.js";
import type { ThreadAnswer, ThreadCall } from "./solutionThread.js";
import { thrownWords } from "./thrownWords.js";

/** Node's exit code where nothing is left that could settle what is awaited. */
const unsettled = 13;

/** Characters kept of what the module prints while it is loaded, and of its last words. */
const mostPrinted = 4000;

interface Question {
  readonly doing: "load" | "call";
  readonly resolve: (answer: ThreadAnswer) => void;
  readonly reject: (error: SolutionError) => void;
}

/**
 * The functions of a module in TypeScript or JavaScript, in a thread of its own, where it may loop without end, end the process
 * or run out of memory. A thread that had to be ended is followed by another one; what did not end once is not called again.
 */
export class ModuleSolution implements Solution {
  readonly language = "typescript";
  readonly file: string;
  names: readonly string[] = [];
  failure?: SolutionError;
  /** What the module printed while it was loaded, its beginning. */
  printed = "";
  readonly #timeout: number;
  readonly #endless = new Map<string, SolutionError>();
  #worker: Worker | undefined;
  #question: Question | undefined;

  private constructor(file: string, timeout: number) {
    this.file = file;
    this.#timeout = timeout;
  }

  /**
   * Loads a module; where that fails, the solution says why.
   *
   * @param timeout seconds that loading, or one call, may take
   */
  static async open(file: string, timeout: number): Promise<ModuleSolution> {
    const solution = new ModuleSolution(file, timeout);
    try {
      await solution.#load();
    } catch (thrown) {
      if (!(thrown instanceof SolutionError)) throw thrown;
      solution.failure = thrown;
    }
    return solution;
  }

  async call(name: string, args: readonly ExerciseValue[], options: CallOptions = {}): Promise<ExerciseValue> {
    if (this.failure !== undefined) throw this.failure;
    const known = this.#endless.get(name);
    if (known !== undefined) throw known;
    if (this.#worker === undefined) await this.#load();
    const call: ThreadCall = { name, args, options };
    try {
      const answered = await this.#answer("call", call);
      if (answered.kind === "value") return answered.value;
      throw new SolutionError(answered.kind === "unreadable" ? "unreadable" : "threw", wordsOf(answered));
    } catch (thrown) {
      if (thrown instanceof SolutionError && thrown.kind === "endless") this.#endless.set(name, thrown);
      throw thrown;
    }
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #load(): Promise<void> {
    const worker = new Worker(new URL("./solutionThread.js", import.meta.url), {
      workerData: this.file,
      stdout: true,
      stderr: true,
    });
    this.#worker = worker;
    let loading = true;
    this.printed = "";
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        if (loading) this.printed = (this.printed + text).slice(0, mostPrinted);
      });
    }
    worker.on("message", (message: ThreadAnswer) => this.#settle()?.resolve(message));
    worker.on("error", (error: unknown) => this.#end(worker, thrownWords(this.file, error)));
    worker.on("exit", (code) => {
      const why = code === unsettled ? "it waits for a promise that nobody settles" : "does it call process.exit()?";
      this.#end(worker, `it ended before it answered: ${why}`);
    });
    const answered = await this.#answer("load");
    // Streams hand on what has come in a turn later.
    await new Promise((resolve) => setImmediate(resolve));
    loading = false;
    if (answered.kind !== "loaded") {
      await this.close();
      throw new SolutionError("load", wordsOf(answered));
    }
    this.names = answered.names;
  }

  /** Waits for the next answer; without one, the thread is ended. */
  async #answer(doing: "load" | "call", call?: ThreadCall): Promise<ThreadAnswer> {
    const timer = setTimeout(() => {
      const words = `it was still loading after ${this.#timeout} s (--timeout): an endless loop?`;
      const late =
        doing === "load" ? new SolutionError("load", words) : new SolutionError("endless", `${this.#timeout} s`);
      this.#settle()?.reject(late);
    }, this.#timeout * 1000);
    try {
      return await new Promise<ThreadAnswer>((resolve, reject) => {
        this.#question = { doing, resolve, reject };
        if (call !== undefined) this.#worker?.postMessage(call);
      });
    } catch (thrown) {
      await this.close();
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The thread has ended, also where nobody asks it. */
  #end(worker: Worker, words: string): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    const question = this.#settle();
    question?.reject(new SolutionError(question.doing === "load" ? "load" : "ended", words));
  }

  #settle(): Question | undefined {
    const question = this.#question;
    this.#question = undefined;
    return question;
  }
}

function wordsOf(answered: ThreadAnswer): string {
  return "words" in answered ? answered.words : "";
}
