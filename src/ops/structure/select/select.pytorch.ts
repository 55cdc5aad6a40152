import type { OperationPytorch } from "../../text/pytorch.js";
import { rowsText } from "./select.numpy.js";

export const select = {
  forward: ({ inputs: [input], n }) => `${input}[:, ${rowsText(n)}]`,
} as const satisfies OperationPytorch;
