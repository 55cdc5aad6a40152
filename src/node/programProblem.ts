import { type LinePartner, ProgramError, type ReadAnswer } from "./lineExchange.js";
import { ProgramDied } from "./lineProgram.js";
import {
  type Description,
  Refused,
  readCost,
  readDescription,
  readGradients,
  readOutputs,
  Unusable,
} from "./programAnswers.js";
import { fromWire, toWire } from "./wireParameters.js";

/** A cost of parameters, and its gradients. */
export interface CostProblem {
  readonly kind: "cost";
  readonly parameters: object;
  readonly cost: (parameters: object) => Promise<number>;
  readonly gradients: (parameters: object) => Promise<object>;
}

/** A layer by itself: outputs of inputs, and from the derivatives by its outputs those by its inputs. */
export interface LayerProblem {
  readonly kind: "layer";
  readonly inputs: object;
  /** The derivatives by the outputs to check with, where the program says which. */
  readonly dout?: unknown;
  readonly forward: (inputs: object) => Promise<unknown>;
  readonly backward: (dout: unknown, inputs: object) => Promise<object>;
}

/** A program in any language, and what it asks to be checked. */
export interface Program {
  readonly problem: CostProblem | LayerProblem;
  /** Aborted when the program has failed for good; a check given this signal ends with the reason. */
  readonly failed: AbortSignal;
  /** The end of what it wrote to its standard error, as a clause for a message, or nothing. */
  readonly lastWords: () => string;
  /** Ends the program. */
  readonly close: () => Promise<void>;
}

/** How often a program that dies of parameters far from the given ones is started again. */
const mostRestarts = 32;

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
): Promise<Program> {
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
    const description = await ask("parameters", "", readDescription, true);
    return {
      problem: problemOf(description, ask),
      failed: failed.signal,
      lastWords: () => partner.lastWords(),
      close: () => partner.close(),
    };
  } catch (error) {
    await partner.close();
    throw error;
  }
}

/**
 * Asks for one thing.
 *
 * @param values what is sent beside it, in JSON
 * @param home whether it is asked at the program's own parameters
 */
type Ask = <Answer>(what: string, values: string, read: ReadAnswer<Answer>, home: boolean) => Promise<Answer>;

function problemOf(description: Description, ask: Ask): CostProblem | LayerProblem {
  const { kind, values: like } = description;
  let given: string | undefined;
  const at = (name: string, values: object): readonly [json: string, home: boolean] => {
    const json = `"${name}":${toWire(values, like)}`;
    given ??= json;
    return [json, json === given];
  };
  if (kind === "cost") {
    const asked = <Answer>(what: string, parameters: object, read: ReadAnswer<Answer>): Promise<Answer> => {
      const [json, home] = at("parameters", parameters);
      return ask(what, json, read, home);
    };
    return {
      kind,
      parameters: fromWire("parameters", like) as object,
      cost: (parameters) => asked("cost", parameters, readCost),
      gradients: (parameters) => asked("gradients", parameters, readGradients("gradients")),
    };
  }
  const { dout } = description;
  let outputs: unknown;
  return {
    kind,
    inputs: fromWire("inputs", like) as object,
    ...(dout !== undefined && dout !== null && { dout: fromWire("dout", dout) }),
    forward: async (inputs) => {
      const [json, home] = at("inputs", inputs);
      const { wire, value } = await ask("forward", json, readOutputs, home);
      outputs = wire;
      return value;
    },
    backward: async (derivatives, inputs) => {
      const [json, home] = at("inputs", inputs);
      return ask("backward", `${json},"dout":${toWire(derivatives, outputs)}`, readGradients("backward"), home);
    },
  };
}
