import type { CliContext } from "../context.js";

export async function inspect(this: CliContext): Promise<void> {}
