import type { CliContext } from "../context.js";

export async function reproduce(this: CliContext): Promise<void> {}
