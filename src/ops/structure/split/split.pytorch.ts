import type { OperationPytorch } from "../../text/pytorch.js";

export const split = {} as const satisfies OperationPytorch;
