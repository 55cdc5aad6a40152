import type { OptimizerWords } from "../../text/words.js";

export const rmsprop = { method: () => "RMSprop" } as const satisfies OptimizerWords;
