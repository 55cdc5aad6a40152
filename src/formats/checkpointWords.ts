/** What is said of checkpoints that cannot be read, in English. */
import { show } from "../constraint/constraint.js";

export const checkpointWords = {
  "checkpoint.engine": ({ given }: { given: string }) => `engine must be a name, got ${given}`,
  "checkpoint.content": ({ where, given }: { where: string; given: string }) =>
    `${where}.content must be 16 hexadecimal digits, got ${given}`,
  "checkpoint.damaged": () => "the file does not match its checksum; it is damaged",
  "checkpoint.history": ({ step, latest }: { step: number; latest: number }) =>
    `it is of step ${step}, but its history goes to step ${latest}`,
  "checkpoint.signals": ({ layers, expected }: { layers: number; expected: number }) =>
    `its history has signals of ${layers} layers, its network ${expected}`,
  "checkpoint.members": ({ said }: { said: string }) =>
    `expected the parts of members 1, 2, … as member1.theta and so on, as many as the entry members says (${said})`,
  "checkpoint.noValidation": () => "progress: checksWithoutImprovement belongs to a run with a validation set",
  "checkpoint.noAverage": () => "progress: averagedWeight belongs to a run that averages its weights, and to no other",
  "checkpoint.unknown": ({ tensor }: { tensor: string }) => `unknown tensor ${show(tensor)}`,
  "checkpoint.unused": ({ tensor }: { tensor: string }) => `this run has no use for a tensor ${tensor}`,
  "checkpoint.tensor": ({
    tensor,
    dtypes,
    length,
    found = "none",
  }: {
    tensor: string;
    dtypes: readonly string[];
    length: number;
    found?: string | undefined;
  }) => `expected tensor ${tensor} as ${dtypes.join(" or ")} [${length}], found ${found}`,
};
