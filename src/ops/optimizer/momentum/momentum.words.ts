import type { OptimizerWords } from "../../text/words.js";

export const momentum = { method: () => "gradient descent with momentum" } as const satisfies OptimizerWords;
