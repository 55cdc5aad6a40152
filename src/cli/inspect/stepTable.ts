import { parameterCount } from "../../network/layout.js";
import type { Network } from "../../network/network.js";
import { activationWords } from "../../ops/generated/activationWords.js";
import { layerWords } from "../../ops/generated/layerWords.js";
import type { Words } from "../../ops/words.js";
import { formatCount } from "../format.js";

const words: Readonly<Record<string, Words>> = { ...activationWords, ...layerWords };

/** One operation of a network that is more than dense layers, as it is shown. */
export interface ShownStep {
  readonly name: string;
  /** What the operation is called; left out of those without words. */
  readonly label?: string;
  /** The steps whose outputs it takes; `X` are the features. */
  readonly from: readonly string[];
  /** Rows of what it gives. */
  readonly units: number;
  readonly parameters: number;
  /** Of a dropout layer. */
  readonly keep?: number;
}

/** The steps of a network that do something by themselves, in their order; who reads from whom tells how they hang together. */
export function shownSteps({ program }: Network): readonly ShownStep[] {
  const { steps, values, sites } = program;
  const names = ["X"];
  return steps.flatMap((step): ShownStep[] => {
    const { name, op, inputs, outputs, parameters } = step;
    const { label } = words[op] ?? {};
    const keep = step.site === undefined ? undefined : sites[step.site].keep;
    const shown = step.site === undefined ? outputs.length === 1 : keep !== undefined;
    for (const value of outputs) names[value] = shown ? name : names[inputs[0]];
    if (!shown) return [];
    return [
      {
        name,
        ...(label !== undefined && { label }),
        from: inputs.map((value) => names[value]),
        units: values[outputs[0]].rows,
        parameters: parameterCount(parameters),
        ...(keep !== undefined && { keep }),
      },
    ];
  });
}

/** The same as a table. */
export function stepTable(network: Network): { header: string[]; rows: string[][] } {
  return {
    header: ["step", "operation", "from", "units", "parameters"],
    rows: shownSteps(network).map(({ name, label = "", from, units, parameters, keep }) => [
      name,
      keep === undefined ? label : `${label}, keep ${keep}`,
      from.join(", "),
      formatCount(units),
      formatCount(parameters),
    ]),
  };
}
