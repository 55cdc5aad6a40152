import { basename, resolve } from "node:path";
import { FormatError } from "../../data/formatError.js";
import type { ExerciseName } from "../../exercises/exercises.js";
import { type CallOptions, type Replacement, type Solution, SolutionError } from "../../exercises/solution.js";
import type { ExerciseValue } from "../../exercises/value.js";
import { NoAnswer, type PythonInterpreter, type PythonRequest } from "./pythonInterpreter.js";
import { decodeValue, encodeValue, isRecord, UnreadableValue } from "./wireValue.js";

/** The course's utility file of each exercise; its functions stand in where the student's file has none of the name. */
const utilities: Readonly<Record<ExerciseName, string>> = {
  initialization: "init_utils",
  l2: "reg_utils",
  dropout: "reg_utils",
  "gradient-check-1d": "gc_utils",
  "gradient-check-n": "gc_utils",
  model: "reg_utils",
};

export interface PythonOptions {
  readonly exercise: ExerciseName;
  /** Seconds that loading, or one call, may take. */
  readonly timeout: number;
  /** Gives an interpreter that answers, a new one where the last has ended. */
  readonly interpreter: () => PythonInterpreter;
}

/**
 * The functions of a file in Python. An interpreter that had to be ended, or ended by itself, is followed by another one; what
 * did not end once is not called again.
 */
export class PythonSolution implements Solution {
  readonly language = "python";
  readonly file: string;
  names: readonly string[] = [];
  failure?: SolutionError;
  /** What the file printed while it was loaded, its beginning. */
  printed = "";
  readonly #options: PythonOptions;
  readonly #endless = new Map<string, SolutionError>();
  #interpreter: PythonInterpreter;

  private constructor(file: string, options: PythonOptions) {
    this.file = file;
    this.#options = options;
    this.#interpreter = options.interpreter();
  }

  /** Loads a file; where that fails, the solution says why. */
  static async open(file: string, options: PythonOptions): Promise<PythonSolution> {
    const solution = new PythonSolution(file, options);
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
    if (this.#interpreter.ended) {
      this.#interpreter = this.#options.interpreter();
      await this.#load();
    }
    const { seed, replaced = {} } = options;
    const answer = await this.#ask("threw", {
      do: "call",
      name,
      args: args.map(encodeValue),
      ...(seed !== undefined && { seed }),
      replaced: Object.fromEntries(Object.entries(replaced).map(([other, by]) => [other, encodeReplacement(by)])),
    });
    try {
      return decodeValue(answer.value);
    } catch (thrown) {
      if (!(thrown instanceof UnreadableValue || thrown instanceof FormatError)) throw thrown;
      throw new SolutionError("unreadable", thrown.message);
    }
  }

  async #load(): Promise<void> {
    const { exercise } = this.#options;
    const request = { do: "load", file: resolve(this.file), utilities: utilities[exercise] } as const;
    const { names, printed } = await this.#ask("load", request);
    this.names = Array.isArray(names) ? names.map(String) : [];
    this.printed = String(printed);
  }

  async #ask(kind: "load" | "threw", request: PythonRequest): Promise<Readonly<Record<string, unknown>>> {
    try {
      const answer = await this.#interpreter.ask(request, this.#options.timeout);
      if (isRecord(answer.failed)) throw new SolutionError(kind, describeFailed(answer.failed, basename(this.file)));
      return answer;
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      if (kind === "load") throw new SolutionError("load", loadingWords(thrown));
      const error = new SolutionError(thrown.kind, thrown.message);
      if (thrown.kind === "endless") this.#endless.set(String(request.name), error);
      throw error;
    }
  }
}

function encodeReplacement(replacement: Replacement): unknown {
  if (typeof replacement === "string" || "polynomial" in replacement) return replacement;
  return { returns: encodeValue(replacement.returns) };
}

function loadingWords({ kind, message }: NoAnswer): string {
  return kind === "ended" ? message : `it was still loading after ${message} (--timeout): an endless loop?`;
}

/** What the interpreter raised, as it says it itself, and where: `ValueError: … (line 12: Z1 = np.dot(W1, X))`. */
function describeFailed({ type, message, file, line, text }: Readonly<Record<string, unknown>>, own: string): string {
  const said = message === "" ? String(type) : `${type}: ${message}`;
  const at = file === own ? `line ${line}` : `${file}, line ${line}`;
  if (type === "SyntaxError" && /codec can't decode|Non-UTF-8/.test(String(message))) {
    const advice = "save the file as UTF-8, or name its encoding in its first line: # -*- coding: gbk -*-";
    return `${said} (${at}); ${advice}`;
  }
  if (line === undefined) return said;
  return `${said} (${text === "" ? at : `${at}: ${text}`})`;
}
