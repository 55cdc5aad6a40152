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
  const without: string[] = [];
  const reasons: string[] = [];
  for (const words of commands) {
    const interpreter = new PythonInterpreter(words);
    try {
      const { python, numpy } = await interpreter.ask({ do: "hello" }, patience);
      if (typeof numpy === "string") return new Python(words, interpreter);
      without.push(words.join(" "));
      reasons.push(`${words.join(" ")} is Python ${python} without NumPy`);
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      reasons.push(thrown.message);
    }
    await interpreter.close();
  }
  const [first] = without;
  const install =
    first === undefined
      ? "install Python 3.9 or later (https://www.python.org) with NumPy"
      : `install NumPy: ${first} -m pip install numpy`;
  const other = named === undefined ? ", or name another Python: --python COMMAND" : "";
  const found = reasons.map((reason) => `\n  ${reason.replaceAll("\n", "\n  ")}`).join("");
  throw new Error(
    `${named === undefined ? "" : "--python: "}there is no Python with NumPy; ${install}${other}${found}`,
  );
}

function commandsOn(env: Readonly<Partial<Record<string, string>>>): readonly (readonly string[])[] {
  const pythonFirst = process.platform === "win32" || env.VIRTUAL_ENV !== undefined || env.CONDA_PREFIX !== undefined;
  return [...(pythonFirst ? [["python"], ["python3"]] : [["python3"], ["python"]]), ["py", "-3"]];
}
