import type { Step } from "../../network/program.js";
import { activationNumpy } from "../../ops/generated/activationNumpy.js";
import { layerNumpy } from "../../ops/generated/layerNumpy.js";
import { structureNumpy } from "../../ops/generated/structureNumpy.js";
import type { NumpyInputs, OperationNumpy, PythonFunction } from "../../ops/text/numpy.js";
import type { PreparedRun } from "../preparedRun.js";
import { requireText } from "../requireText.js";
import { ofEachMember } from "./members.js";
import { literalsOf } from "./parameters.js";

const texts: Readonly<Record<string, OperationNumpy>> = { ...activationNumpy, ...layerNumpy, ...structureNumpy };

/** What an array of the network is called in the program. */
export interface ArrayNames {
  /** In `forward`. */
  readonly name: string;
  /** In `backward`, which finds it in the dictionary `c`. */
  readonly cached: string;
  /** The derivative by it. */
  readonly gradient: string;
  /** Its rows. */
  readonly rows: number;
  /** Members whose rows they are. */
  readonly members: number;
  /** Whether it depends on parameters, so that backward needs the derivative by it. */
  readonly learns: boolean;
}

/** A step of the network as NumPy has it. */
export interface NumpyStep {
  readonly step: Step;
  /** Undefined for dropout, which the run decides upon. */
  readonly text: OperationNumpy | undefined;
  readonly inputs: readonly ArrayNames[];
  readonly outputs: readonly ArrayNames[];
}

/** The network as NumPy has it. */
export interface NumpyProgram {
  readonly steps: readonly NumpyStep[];
  /** The arrays by the values of the program. */
  readonly arrays: readonly ArrayNames[];
}

/**
 * The steps in their order, dropout only where units are dropped at any time of the run.
 *
 * @throws OptionError for an operation that has no text in NumPy
 */
export function numpyProgram({ where, program, drops }: PreparedRun): NumpyProgram {
  const { values } = program;
  const arrays: ArrayNames[] = [
    { name: "X", cached: "X", gradient: "dX", rows: values[0].rows, members: 1, learns: false },
  ];
  const counts = new Map<string, number>();
  const steps = program.steps.flatMap((step): NumpyStep[] => {
    const inputs = step.inputs.map((value) => arrays[value]);
    const [input] = inputs;
    const call = (outputs: readonly ArrayNames[]): readonly ArrayNames[] => {
      for (const [k, value] of step.outputs.entries()) arrays[value] = outputs[k];
      return outputs;
    };
    if (step.site !== undefined) {
      const outputs = call([drops[step.site] ? kept(input) : input]);
      return drops[step.site] ? [{ step, text: undefined, inputs, outputs }] : [];
    }
    const text = requireText(where, "numpy", texts, step.op);
    if (text.forward === undefined) {
      return [{ step, text, inputs, outputs: call(step.outputs.map((_, k) => reader(input, k + 1))) }];
    }
    const symbol = text.symbol ?? "A";
    const number = (counts.get(symbol) ?? 0) + 1;
    counts.set(symbol, number);
    const learns = step.parameters.length > 0 || inputs.some((array) => array.learns);
    const { rows, members = 1 } = values[step.outputs[0]];
    const output = { ...named(`${symbol}${number}`), rows, members, learns };
    return [{ step, text: ofEachMember(step, text, members), inputs, outputs: call([output]) }];
  });
  return { steps, arrays };
}

function named(name: string): Pick<ArrayNames, "name" | "cached" | "gradient"> {
  return { name, cached: `c["${name}"]`, gradient: `d${name}` };
}

/** What dropout leaves of an array; the derivative by it is overwritten by that of the array. */
function kept(array: ArrayNames): ArrayNames {
  return { ...array, ...named(`${array.name === "X" ? "A0" : array.name}_kept`), gradient: array.gradient };
}

/** An array as the k-th of its readers has it: the derivative is a part of the whole. */
function reader(array: ArrayNames, k: number): ArrayNames {
  return { ...array, gradient: `${array.gradient}_${k}` };
}

/**
 * What the text of a step computes from.
 *
 * @param by what its inputs are called where it stands
 */
export function inputsOf({ step, inputs }: NumpyStep, by: "name" | "cached"): NumpyInputs {
  const { options, parameters, state } = step;
  const n = Object.fromEntries([...parameters, ...state].map(({ role, name }) => [role, `p["${name}"]`]));
  const all = inputs.map((array) => array[by]);
  return {
    inputs: all,
    input: all[0],
    rows: inputs.map(({ rows }) => rows),
    members: String(inputs[0].members),
    n: { ...literalsOf(options), ...n },
  };
}

/** Functions that the steps call, each once, in the order of the registries. */
export function stepFunctions(steps: readonly NumpyStep[]): PythonFunction[] {
  const used = new Set(steps.map(({ step }) => texts[step.op]));
  return [...new Set(Object.values(texts).flatMap((text) => (used.has(text) ? (text.functions ?? []) : [])))];
}
