import { show } from "../constraint/constraint.js";
import { FormatError } from "../data/formatError.js";
import { type LinePartner, ProgramError, quoted, type ReadAnswer } from "./lineExchange.js";
import { ProgramDied } from "./lineProgram.js";
import { parseAnswer } from "./parseAnswer.js";
import { fromWire, isObject, toWire } from "./wireParameters.js";

/** Version of the protocol that docs/gradient-checking.md describes. */
export const protocolVersion = 2;

/** A program in any language as a gradient problem. */
export interface ProgramProblem {
  readonly parameters: object;
  readonly cost: (parameters: object) => Promise<number>;
  readonly gradients: (parameters: object) => Promise<object>;
  /** Aborted when the program has failed for good; a check given this signal ends with the reason. */
  readonly failed: AbortSignal;
  /** The end of what it wrote to its standard error, as a clause for a message, or nothing. */
  readonly lastWords: () => string;
  /** Ends the program. */
  readonly close: () => Promise<void>;
}

/** How often a program that dies of parameters far from the given ones is started again. */
const mostRestarts = 32;

/** An answer that cannot be used: what the program did. */
class Unusable extends Error {}
/** `{"error": "…"}`: its text. */
class Refused extends Error {}

/**
 * A partner's description of its problem, and its cost and gradients as functions: the protocol of docs/gradient-checking.md.
 *
 * An error that it answers, or that it dies of, anywhere but at its own parameters is the end of its domain: the function
 * rejects, and the partner can be asked again.
 *
 * @param restart starts one that died again
 * @throws ProgramError when it cannot be started, dies, hangs or answers what cannot be used
 */
export async function programProblem(
  first: LinePartner,
  { restart, onNote }: { readonly restart?: () => LinePartner; readonly onNote?: (text: string) => void } = {},
): Promise<ProgramProblem> {
  let partner = first;
  let restarts = 0;
  const failed = new AbortController();
  const watch = (): void => {
    const { failed: signal } = partner;
    // Of a death while it was asked `ask` knows more.
    signal.addEventListener("abort", () => signal.reason instanceof ProgramDied || failed.abort(signal.reason));
  };
  const fail = (error: unknown): never => {
    failed.abort(error);
    throw error;
  };
  const ask = async <Answer>(
    what: string,
    values: string,
    read: ReadAnswer<Answer>,
    home: boolean,
  ): Promise<Answer> => {
    const text = `{"do":"${what}"}`;
    try {
      return await partner.ask(values === "" ? text : `{"do":"${what}",${values}}`, text, read);
    } catch (error) {
      if (error instanceof Unusable) return partner.refuse(error.message).catch(fail);
      if (error instanceof Refused) {
        if (!home) throw new ProgramError(`answered with the error ${JSON.stringify(error.message)}`);
        const where = values === "" ? "" : " at the given parameters";
        return partner.refuse(`answered ${text}${where} with the error ${JSON.stringify(error.message)}`).catch(fail);
      }
      if (!(error instanceof ProgramDied) || home || restart === undefined || restarts === mostRestarts)
        return fail(error);
      if (restarts++ === 0) {
        const last = error.message.split("\n").slice(1).at(-1);
        onNote?.(
          `away from the given parameters the program ended${last === undefined ? "" : ` (${last.trim()})`}: outside its ` +
            'domain. It is started again; to answer {"error": "…"} there saves the start',
        );
      }
      await partner.close();
      partner = restart();
      watch();
      await ask("parameters", "", readDescription, true);
      throw error;
    }
  };
  watch();
  try {
    const like = await ask("parameters", "", readDescription, true);
    let given: string | undefined;
    const at = <Answer>(what: string, parameters: object, read: ReadAnswer<Answer>): Promise<Answer> => {
      const values = `"parameters":${JSON.stringify(toWire(parameters, like))}`;
      given ??= values;
      return ask(what, values, read, values === given);
    };
    return {
      parameters: fromWire("parameters", like) as object,
      cost: (parameters) => at("cost", parameters, readCost),
      gradients: (parameters) => at("gradients", parameters, readGradients),
      failed: failed.signal,
      lastWords: () => partner.lastWords(),
      close: () => partner.close(),
    };
  } catch (error) {
    await partner.close();
    throw error;
  }
}

/** A value of JSON, or nothing of a line that is none. */
function valueIn(line: string): unknown {
  try {
    return parseAnswer(line);
  } catch (error) {
    if (error instanceof RangeError) throw new Unusable(`answered ${quoted(line)}: ${error.message}`);
    return undefined;
  }
}

/** An object, nothing of a line that a library may have printed, and an error of what else is in brackets. */
function objectIn(line: string, asked: string, expected: string): Readonly<Record<string, unknown>> | undefined {
  const value = valueIn(line);
  if (Array.isArray(value)) throw new Unusable(`answered ${quoted(line)} to {"do":"${asked}"}; expected ${expected}`);
  if (!isObject(value)) return undefined;
  // A parameter may be called "error", but no parameter is a text.
  if (Object.hasOwn(value, "error") && typeof value.error === "string") throw new Refused(value.error);
  return value;
}

function readDescription(line: string): Readonly<Record<string, unknown>> | undefined {
  const answer = objectIn(line, "parameters", 'an object such as {"W1": [[0.1, 0.2]], "b1": [0]}');
  if (answer === undefined || typeof answer.protocol !== "number" || !isObject(answer.parameters)) return answer;
  if (answer.protocol === protocolVersion) return answer.parameters;
  throw new Unusable(`speaks version ${answer.protocol} of the protocol, this gradproof version ${protocolVersion}`);
}

function readCost(line: string): number | undefined {
  const value = valueIn(line);
  if (typeof value === "number") return value;
  // JavaScript writes NaN and Infinity so.
  if (value === null) return Number.NaN;
  const answer = objectIn(line, "cost", "a number such as 0.6931");
  if (answer === undefined) return undefined;
  throw new Unusable(`answered ${show(answer)} to {"do":"cost"}; expected a number such as 0.6931`);
}

function readGradients(line: string): object | undefined {
  const answer = objectIn(line, "gradients", 'an object such as {"dW1": [[0.1, 0.2]], "db1": [0]}');
  if (answer === undefined) return undefined;
  try {
    return fromWire("gradients", answer) as object;
  } catch (error) {
    if (error instanceof FormatError) throw new Unusable(`answered what cannot be read: ${error.message}`);
    throw error;
  }
}
