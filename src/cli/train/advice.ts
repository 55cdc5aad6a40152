import type { Finding } from "../../doctor/finding.js";
import { plainOptions } from "../options/configured.js";
import { type OptionName, type OptionValues, optionNamed } from "../options/options.js";
import type { RunConfiguration } from "../options/runConfiguration.js";

/**
 * What the findings advise to change of a configuration, the first of them first: their causes come before their effects.
 * Empty where they advise nothing that a configuration can say, or nothing that it does not say already.
 */
export function advisedChanges(config: RunConfiguration, findings: readonly Finding[]): OptionValues {
  const now = plainOptions(config);
  const changes: Record<string, unknown> = {};
  for (const { patch } of findings) {
    const { initializer } = patch?.network ?? {};
    const { learningRate, l2, clipNorm, keep } = patch?.training ?? {};
    const advised: OptionValues = {
      ...(typeof initializer === "string" && { init: [initializer], gain: 1 }),
      ...(learningRate !== undefined && { learningRate }),
      ...(l2 !== undefined && { l2 }),
      ...(clipNorm !== undefined && { clipNorm }),
      ...(keep !== undefined && { keep }),
      ...(patch?.normalize && { normalize: true }),
    };
    for (const [name, value] of Object.entries(advised)) {
      const plain = optionNamed(name as OptionName).toPlain(value);
      if (!(name in changes) && JSON.stringify(now[name]) !== JSON.stringify(plain)) changes[name] = value;
    }
  }
  return changes;
}
