import type { CliContext } from "../context.js";

export async function predict(this: CliContext): Promise<void> {}
