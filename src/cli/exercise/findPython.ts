import { splitCommand } from "../../node/splitCommand.js";
import { NoAnswer, PythonInterpreter } from "./pythonInterpreter.js";

/** Seconds the first import of NumPy may take, on a machine that looks at every file for viruses. */
const patience = 120;

/** A Python with NumPy, and the interpreter of it that runs. */
export class Python {
  readonly #words: readonly string[];
  #running: PythonInterpreter;

  constructor(words: readonly string[], running: PythonInterpreter) {
    this.#words = words;
    this.#running = running;
  }

  /** The interpreter that runs; a new one where it has ended. */
  readonly interpreter = (): PythonInterpreter => {
    if (this.#running.ended) this.#running = new PythonInterpreter(this.#words);
    return this.#running;
  };

  async close(): Promise<void> {
    await this.#running.close();
  }
}

/**
 * Starts the Python that the user means: the one they name, else the first of the PATH that has NumPy. In an active
 * environment, and on Windows, `python` is the one to take: there `python3` may be another, or the door to a shop.
 *
 * @param named such as `py -3.12`
 * @throws Error that says what to install
 */
export async function findPython(
  named: string | undefined,
  env: Readonly<Partial<Record<string, string>>>,
): Promise<Python> {
  const commands = named === undefined ? commandsOn(env) : [splitCommand(named, process.platform === "win32")];
  const found: string[] = [];
  for (const words of commands) {
    const interpreter = new PythonInterpreter(words);
    try {
      const { python, numpy } = await interpreter.ask({ do: "hello" }, patience);
      if (typeof numpy === "string") return new Python(words, interpreter);
      found.push(`${words.join(" ")} is Python ${python} without NumPy`);
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      if (named !== undefined) throw new Error(`--python: ${thrown.message}`);
    }
    await interpreter.close();
  }
  if (found.length > 0) {
    const pip = found[0].replace(/ is Python .*/, "");
    throw new Error(
      `${found.join(", ")}; install NumPy (${pip} -m pip install numpy), or name another Python: --python COMMAND`,
    );
  }
  const tried = commands.map((words) => words.join(" ")).join(", ");
  throw new Error(
    `no Python 3 starts (tried ${tried}); install it from https://www.python.org with NumPy, or name it: --python COMMAND`,
  );
}

function commandsOn(env: Readonly<Partial<Record<string, string>>>): readonly (readonly string[])[] {
  const pythonFirst = process.platform === "win32" || env.VIRTUAL_ENV !== undefined || env.CONDA_PREFIX !== undefined;
  return [...(pythonFirst ? [["python"], ["python3"]] : [["python3"], ["python"]]), ["py", "-3"]];
}
