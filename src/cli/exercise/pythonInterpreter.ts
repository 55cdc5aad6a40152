import { fileURLToPath } from "node:url";
import { ProgramError } from "../../node/lineExchange.js";
import { LineProgram } from "../../node/lineProgram.js";
import { isRecord } from "./wireValue.js";

/** The program that calls a student's functions, in Python; it lies at the same place of the sources and of the package. */
const driver = fileURLToPath(new URL("../../../python/gradproof_exercise.py", import.meta.url));

/** What the interpreter is asked, such as `{ do: "hello" }`. */
export interface PythonRequest {
  readonly do: "hello" | "load" | "call";
  readonly [name: string]: unknown;
}

/** An interpreter that gave no answer: it took too long, or ended. */
export class NoAnswer extends Error {
  constructor(
    readonly kind: "endless" | "ended",
    message: string,
  ) {
    super(message);
  }
}

/** A Python interpreter that runs the driver: asked in lines of JSON, and ended whatever happens. */
export class PythonInterpreter {
  readonly #program: LineProgram;
  #ended = false;

  /** @param words the interpreter's command, such as `["py", "-3"]` */
  constructor(words: readonly string[]) {
    this.#program = new LineProgram([...words, driver], words.join(" "), { settle: 0 });
  }

  /** Whether it can answer no more. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * @param seconds the answer may take
   * @throws NoAnswer, after which there are no more answers
   */
  async ask(request: PythonRequest, seconds: number): Promise<Readonly<Record<string, unknown>>> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      void this.close();
    }, seconds * 1000);
    try {
      return await this.#program.ask(JSON.stringify(request), request.do, readAnswer);
    } catch (thrown) {
      this.#ended = true;
      if (late) throw new NoAnswer("endless", `${seconds} s${lastLine(this.#program.lastWords())}`);
      if (!(thrown instanceof ProgramError)) throw thrown;
      await this.close();
      throw new NoAnswer("ended", thrown.message.replace(/ instead of answering \w+/, ""));
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#program.close();
  }
}

/** What was printed last, which says how far it came. */
function lastLine(words: string): string {
  const line = words.split("\n").at(-1)?.trim() ?? "";
  return line === "" ? "" : `; the last it printed is ${JSON.stringify(line.slice(0, 200))}`;
}

/** The driver keeps its pipe for itself, so a line that is none of its own is a rare accident. */
function readAnswer(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const answer: unknown = JSON.parse(line);
    return isRecord(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}
