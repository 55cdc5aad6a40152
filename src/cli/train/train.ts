import type { CliContext } from "../context.js";

export async function train(this: CliContext): Promise<void> {}
