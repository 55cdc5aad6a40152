import type { Step } from "../../network/program.js";
import { piecesOf } from "../../ops/activation/activation.js";
import { activations } from "../../ops/generated/activations.js";
import type { Line } from "../../ops/text/lines.js";
import type { LossArrays, LossNumpy, OperationNumpy, PythonFunction } from "../../ops/text/numpy.js";
import type { PreparedRun } from "../preparedRun.js";

/** Whether a step makes its rows of several rows of its input, and would mix those of members. */
export function mixesRows({ op, operation }: Step): boolean {
  return op in activations && piecesOf(operation) === undefined;
}

/** The text of a step that mixes rows, for rows of several members: their examples stand beside one another meanwhile. */
export function ofEachMember(step: Step, text: OperationNumpy, members: number): OperationNumpy {
  const { forward, backward } = text;
  if (members === 1 || forward === undefined || !mixesRows(step)) return text;
  const apart = (array: string): string => `apart(${array}, ${members})`;
  return {
    ...text,
    forward: (at) => `together(${forward({ ...at, input: apart(at.input) })}, ${members})`,
    backward: (at) => {
      const { input, output, dOutput } = at;
      const parts = { input: apart(input), output: apart(output), dOutput: apart(dOutput) };
      return `together(${backward({ ...at, ...parts })}, ${members})`;
    },
  };
}

/** What a program needs of a network whose output are rows of several members. */
export function memberFunctions({ program: { members } }: PreparedRun): PythonFunction[] {
  if (members === 1) return [];
  return [
    [
      "def apart(A, k):",
      '    """(k · rows × m) as (rows × k · m): the examples of each of k members beside one another."""',
      "    return of_members(A, k).transpose(1, 0, 2).reshape(len(A) // k, -1)",
    ],
    [
      "def together(A, k):",
      '    """(rows × k · m) as (k · rows × m): what apart does, undone."""',
      "    return A.reshape(len(A), k, -1).transpose(1, 0, 2).reshape(k * len(A), -1)",
    ],
  ];
}

/** The last arrays of each member beside one another, as a loss takes them, and the lines that make them. */
export function endsApart(ends: LossArrays, members: number, text: (ends: LossArrays) => string): readonly Line[] {
  const used = (["Z", "A"] as const).filter((name) =>
    new RegExp(`\\b${name}\\b`).test(text({ ...ends, Z: "Z", A: "A" })),
  );
  const names = [...used, "Y"].join(", ");
  const values = [...used.map((name) => `apart(${ends[name]}, ${members})`), `np.tile(Y, ${members})`].join(", ");
  return [[`${names} = ${values}`, `(${ends.units / members} × ${members} · m)`]];
}

/** Lines that end with `losses`, 1 × examples: of several members the mean of theirs. */
export function lossLines(loss: LossNumpy, ends: LossArrays, members: number): readonly Line[] {
  if (members === 1) return loss.losses(ends);
  const of = (given: LossArrays): readonly Line[] => loss.losses({ ...given, units: ends.units / members });
  const [about, ...lines] = of({ ...ends, Z: "Z", A: "A" });
  return [
    about,
    ...endsApart(ends, members, (given) => of(given).flat().join(" ")),
    ...lines,
    [`losses = np.mean(losses.reshape(${members}, -1), axis=0, keepdims=True)`, "(1 × m)"],
  ];
}
