import { show } from "../constraint/constraint.js";
import { LineProgram, type LineProgramOptions, ProgramError, quoted } from "./lineProgram.js";
import { splitCommand } from "./splitCommand.js";

/** A program in any language as a gradient problem. */
export interface ProgramProblem {
  readonly parameters: object;
  readonly cost: (parameters: object) => Promise<number>;
  readonly gradients: (parameters: object) => Promise<object>;
  /** Aborted when the program has failed for good; a check given this signal ends with the reason. */
  readonly failed: AbortSignal;
  /** The end of what it wrote to its standard error, as a clause for a message, or nothing. */
  readonly lastWords: () => string;
  /** Ends the program, as the given signal does. */
  readonly close: () => Promise<void>;
}

/** Brackets within brackets; a matrix in an object in an object has 4. */
const deepest = 64;

/**
 * Starts a program and asks it for its parameters. It is asked in lines of JSON and answers each with one line of JSON:
 * `{"do":"parameters"}` with an object of numbers, vectors and matrices; `{"do":"cost","parameters":{…}}` with a number;
 * `{"do":"gradients","parameters":{…}}` with an object of the same keys. `{"error":"…"}` says that there is no answer.
 * NaN and Infinity, as Python writes them, are read as numbers.
 *
 * @throws ProgramError when it cannot be started, dies, hangs or answers anything else; OptionError for a command that
 *   cannot be split
 */
export async function programProblem(
  command: string,
  { signal, ...options }: LineProgramOptions & { readonly signal?: AbortSignal },
): Promise<ProgramProblem> {
  signal?.throwIfAborted();
  const words = splitCommand(command, process.platform === "win32");
  const program = new LineProgram(words, command, options);
  const stop = (): void => void program.close();
  signal?.addEventListener("abort", stop);
  const ask = async (request: { readonly do: string; readonly parameters?: object }): Promise<unknown> => {
    const text = `{"do":"${request.do}"}`;
    const line = await program.ask(JSON.stringify(request), text);
    let answer: unknown;
    try {
      answer = parseAnswer(line);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      return program.refuse(
        `answered ${quoted(line)} to ${text}, which is no line of JSON (${what}); what is not an answer belongs on its ` +
          "standard error",
      );
    }
    // A parameter may be called "error", but no parameter is a text.
    if (isObject(answer) && Object.hasOwn(answer, "error") && typeof answer.error === "string") {
      throw new ProgramError(`${command} answered ${text} with the error ${JSON.stringify(answer.error)}`);
    }
    return answer;
  };
  const askForObject = async (request: { readonly do: string; readonly parameters?: object }): Promise<object> => {
    const answer = await ask(request);
    if (isObject(answer)) return answer;
    return program.refuse(
      `answered ${show(answer)} to {"do":"${request.do}"}; expected an object such as {"W1": [[0.1, 0.2]], "b1": [0]}`,
    );
  };
  try {
    return {
      parameters: await askForObject({ do: "parameters" }),
      cost: async (parameters) => {
        const answer = await ask({ do: "cost", parameters });
        if (typeof answer === "number") return answer;
        return program.refuse(`answered ${show(answer)} to {"do":"cost"}; expected a number such as 0.6931`);
      },
      gradients: (parameters) => askForObject({ do: "gradients", parameters }),
      failed: program.failed,
      lastWords: () => program.lastWords(false),
      close: () => {
        signal?.removeEventListener("abort", stop);
        return program.close();
      },
    };
  } catch (error) {
    await program.close();
    throw error;
  }
}

/** JSON, and beside it the NaN, Infinity and -Infinity of Python. */
function parseAnswer(line: string): unknown {
  if (depthOf(line) > deepest) throw new SyntaxError(`brackets nested more than ${deepest} deep`);
  try {
    return JSON.parse(line);
  } catch (error) {
    if (!/NaN|Infinity/.test(line)) throw error;
    const mark = "\uE000";
    const marked = line.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
      token.startsWith('"') ? token : `"${mark}${token}"`,
    );
    return JSON.parse(marked, (_, value) =>
      typeof value === "string" && value.startsWith(mark) ? Number(value.slice(1)) : value,
    );
  }
}

function depthOf(line: string): number {
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let i = 0; i < line.length; i++) {
    const character = line.charCodeAt(i);
    if (character === 0x22) inText = !inText;
    else if (inText) {
      if (character === 0x5c) i++;
    } else if (character === 0x5b || character === 0x7b) most = Math.max(most, ++depth);
    else if (character === 0x5d || character === 0x7d) depth--;
  }
  return most;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
