import type { OptimizerWords } from "../../text/words.js";

export const gradientDescent = { method: () => "gradient descent" } as const satisfies OptimizerWords;
