import type { OperationPytorch } from "../../text/pytorch.js";

export const linear = {} as const satisfies OperationPytorch;
