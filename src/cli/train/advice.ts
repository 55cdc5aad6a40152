import type { Finding } from "../../doctor/finding.js";
import type { TrainConfig } from "./config.js";
import type { ChosenConfig } from "./plan.js";

/**
 * What the findings advise to change of a configuration, the first of them first: their causes come before their effects.
 * Empty where they advise nothing that a configuration can say, or nothing that it does not say already.
 */
export function advisedChanges(config: ChosenConfig, findings: readonly Finding[]): Partial<TrainConfig> {
  const changes: Record<string, unknown> = {};
  for (const { patch } of findings) {
    const { initializer } = patch?.network ?? {};
    const { learningRate, l2, keep } = patch?.training ?? {};
    const advised: Partial<TrainConfig> = {
      ...(typeof initializer === "string" && { init: initializer, gain: 1 }),
      ...(learningRate !== undefined && { learningRate }),
      ...(l2 !== undefined && { l2 }),
      ...(keep !== undefined && { keep: typeof keep === "number" ? [keep] : keep }),
      ...(patch?.normalize && { normalize: true }),
    };
    for (const [name, value] of Object.entries(advised)) {
      const own = config[name as keyof ChosenConfig];
      if (!(name in changes) && JSON.stringify(own) !== JSON.stringify(value)) changes[name] = value;
    }
  }
  return changes;
}
