import { factorText, roundFactor } from "../../explain/factor.js";
import type { Pass } from "./pass.js";

/** Factors that are written without any meaning. */
const usual: readonly number[] = [2, 3, 4, 1 / 2, 1 / 3, 1 / 4];

/** Where a factor of a gradient comes from. */
export interface FactorCause {
  readonly text: string;
  /** Whether it is a number of this network: m, the outputs, the units. */
  readonly known: boolean;
}

/** What a factor may come from at a layer; undefined where it is none. */
export function factorCause(pass: Pass, factor: number, l: number): FactorCause | undefined {
  const { m, network, layers } = pass;
  const is = (value: number): boolean => pass.same(factor, value);
  // A factor 0 leaves nothing to tell it by.
  if (Math.abs(factor) < 1e-9 || is(1)) return undefined;
  const outputs = network.layers[layers - 1].units;
  const { units } = pass.layer(l);
  const causes: string[] = [];
  if (is(m)) causes.push(`1/m is missing (m = ${m})`);
  if (is(1 / m)) causes.push(`it is divided by m twice (m = ${m})`);
  if (m > 2 && is(m / (m - 1))) causes.push(`it is divided by m − 1 = ${m - 1}, not by m`);
  if (units > 1 && units !== m && is(m / units))
    causes.push(`it is divided by the ${units} units of layer ${l}, not by m = ${m}`);
  if (network.loss.meanOfOutputs && outputs > 1) {
    if (is(outputs)) causes.push(`1/K of the mean over the K = ${outputs} outputs is missing`);
    if (is(1 / outputs)) causes.push(`it is divided by the K = ${outputs} outputs twice`);
  }
  const known = causes.length > 0;
  if (!known || usual.some(is)) causes.unshift(plain(factor));
  return { text: causes.join(", or "), known };
}

/** The factor as such, without guesses at m, which is known here. */
function plain(factor: number): string {
  return roundFactor(factor)?.replace(/ \(.*\)$/, "") ?? `an extra factor ${factorText(factor)}`;
}
