import type { Step } from "../../network/program.js";
import { activationNumpy } from "../../ops/generated/activationNumpy.js";
import { layerNumpy } from "../../ops/generated/layerNumpy.js";
import type { NumpyInputs, OperationNumpy, PythonFunction } from "../../ops/text/numpy.js";
import type { PreparedRun } from "../preparedRun.js";
import { requireText } from "../requireText.js";
import { literalsOf } from "./parameters.js";

const texts: Readonly<Record<string, OperationNumpy>> = { ...activationNumpy, ...layerNumpy };

/** What an array of the network is called in the program. */
export interface ArrayNames {
  /** In `forward`. */
  readonly name: string;
  /** In `backward`, which finds it in the dictionary `c`. */
  readonly cached: string;
  /** The derivative by it. */
  readonly gradient: string;
}

/** A step of the network as NumPy has it. */
export interface NumpyStep {
  readonly step: Step;
  /** Undefined for dropout, which the run decides upon. */
  readonly text: OperationNumpy | undefined;
  readonly input: ArrayNames;
  readonly output: ArrayNames;
  /** Rows of input and output. */
  readonly inputs: number;
  readonly units: number;
  /** Whether there are parameters before it, for which backward needs the derivative by its input. */
  readonly learnsBelow: boolean;
}

/**
 * The steps in their order, dropout only where units are dropped at any time of the run.
 *
 * @throws OptionError for an operation that has no text in NumPy
 */
export function numpySteps({ where, program, drops }: PreparedRun): readonly NumpyStep[] {
  const { values } = program;
  const names: ArrayNames[] = [{ name: "X", cached: "X", gradient: "dX" }];
  const learns = [false];
  const counts = new Map<string, number>();
  return program.steps.flatMap((step): NumpyStep[] => {
    const [from] = step.inputs;
    const [to] = step.outputs;
    const input = names[from];
    learns[to] = learns[from] || step.parameters.length > 0;
    const found = { step, input, inputs: values[from].rows, units: values[to].rows, learnsBelow: learns[from] };
    if (step.site !== undefined) {
      names[to] = drops[step.site] ? kept(input) : input;
      return drops[step.site] ? [{ ...found, text: undefined, output: names[to] }] : [];
    }
    const text = requireText(where, "numpy", texts, step.op);
    const symbol = text.symbol ?? "A";
    const number = (counts.get(symbol) ?? 0) + 1;
    counts.set(symbol, number);
    names[to] = named(`${symbol}${number}`, `d${symbol}${number}`);
    return [{ ...found, text, output: names[to] }];
  });
}

function named(name: string, gradient: string): ArrayNames {
  return { name, cached: `c["${name}"]`, gradient };
}

/** What dropout leaves of an array; the derivative by it is overwritten by that of the array. */
function kept({ name, gradient }: ArrayNames): ArrayNames {
  return named(`${name === "X" ? "A0" : name}_kept`, gradient);
}

/** What the text of a step computes from. */
export function inputsOf({ step: { options, parameters } }: NumpyStep, input: string): NumpyInputs {
  const n = Object.fromEntries(parameters.map(({ role, name }) => [role, `p["${name}"]`]));
  return { input, n: { ...literalsOf(options), ...n } };
}

/** Functions that the steps call, each once, in the order of the registries. */
export function stepFunctions(steps: readonly NumpyStep[]): PythonFunction[] {
  const used = new Set(steps.map(({ text }) => text));
  return [...new Set(Object.values(texts).flatMap((text) => (used.has(text) ? (text.functions ?? []) : [])))];
}
