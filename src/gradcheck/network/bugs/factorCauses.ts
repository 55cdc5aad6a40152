import type { Message } from "../../../constraint/message.js";
import { plainCause } from "../../explain/factor.js";
import { say } from "../say.js";
import type { Backpropagation } from "./backpropagation.js";

/** Factors that are written without any meaning. */
const usual: readonly number[] = [2, 3, 4, 1 / 2, 1 / 3, 1 / 4];

/** Where a factor of a gradient may come from. */
export interface FactorCauses {
  readonly messages: readonly Message[];
  /** Whether it is a number of this network: m, the outputs, the units. */
  readonly known: boolean;
}

/** What a factor may come from at a layer; undefined where it is none. */
export function causesOf(pass: Backpropagation, factor: number, l: number): FactorCauses | undefined {
  const { m, network, layers } = pass;
  const is = (value: number): boolean => pass.same(factor, value);
  // A factor 0 leaves nothing to tell it by.
  if (Math.abs(factor) < 1e-9 || is(1)) return undefined;
  const outputs = network.layers[layers - 1].units;
  const { units } = pass.layer(l);
  const messages: Message[] = [];
  if (is(m)) messages.push(say("bug.meanMissing", { m }));
  if (is(1 / m)) messages.push(say("bug.meanTwice", { m }));
  if (m > 2 && is(m / (m - 1))) messages.push(say("bug.meanOfOneLess", { m }));
  if (units > 1 && units !== m && is(m / units)) messages.push(say("bug.meanOfUnits", { units, layer: l, m }));
  if (network.loss.meanOfOutputs && outputs > 1) {
    if (is(outputs)) messages.push(say("bug.meanOfOutputsMissing", { outputs }));
    if (is(1 / outputs)) messages.push(say("bug.meanOfOutputsTwice", { outputs }));
  }
  const known = messages.length > 0;
  // m is known here, so the factor as such is no guess at it.
  if (!known || usual.some(is)) messages.unshift(plainCause(factor) ?? say("bug.anyFactor", { factor }));
  return { messages, known };
}
