import { show } from "../constraint/constraint.js";
import { FormatError } from "../data/formatError.js";
import { quoted } from "./lineExchange.js";
import { parseAnswer } from "./parseAnswer.js";
import { isWireArray } from "./wireArray.js";
import { fromWire, isObject, type WireObject } from "./wireParameters.js";

/** Version of the protocol that docs/gradient-checking.md describes. */
export const protocolVersion = 2;

/** An answer that cannot be used: what the program did. */
export class Unusable extends Error {}

/** `{"error": "…"}`: its text. */
export class Refused extends Error {}

/** What a program can be asked: the cost of its parameters, or a layer of its inputs. Values as they came. */
export type Description =
  | { readonly kind: "cost"; readonly values: WireObject }
  | { readonly kind: "layer"; readonly values: WireObject; readonly dout?: unknown };

/*
 * Each reader makes an answer of a line, or nothing of one that is none and was printed by a library, perhaps: no JSON, a text, a number
 * where an object is due. It throws `Refused`, and `Unusable` for an answer of the wrong kind.
 */

/** The answer to `{"do":"parameters"}`. */
export function readDescription(line: string): Description | undefined {
  const answer = objectIn(line, "parameters", 'an object such as {"W1": [[0.1, 0.2]], "b1": [0]}');
  if (answer === undefined) return undefined;
  const { protocol, parameters, layer, dout } = answer;
  const isDescription = typeof protocol === "number" && (isObject(parameters) || isObject(layer));
  if (!isDescription) return { kind: "cost", values: answer };
  if (protocol !== protocolVersion) {
    throw new Unusable(`speaks version ${protocol} of the protocol, this gradproof version ${protocolVersion}`);
  }
  if (isObject(parameters)) return { kind: "cost", values: parameters };
  if (isObject(layer) && isObject(layer.inputs)) return { kind: "layer", values: layer.inputs, dout };
  throw new Unusable('described a layer without inputs; expected {"protocol":2,"layer":{"inputs":{"x":[[0.1,0.2]]}}}');
}

/** The answer to `{"do":"cost"}`. */
export function readCost(line: string): number | undefined {
  const value = valueIn(line);
  if (typeof value === "number") return value;
  // JavaScript writes NaN and Infinity so.
  if (value === null) return Number.NaN;
  const answer = objectIn(line, "cost", "a number such as 0.6931");
  if (answer === undefined) return undefined;
  throw new Unusable(`answered ${show(answer)} to {"do":"cost"}; expected a number such as 0.6931`);
}

/** The answer to `{"do":"gradients"}` or `{"do":"backward"}`. */
export function readGradients(asked: "gradients" | "backward"): (line: string) => object | undefined {
  return (line) => {
    const answer = objectIn(line, asked, 'an object such as {"dW1": [[0.1, 0.2]], "db1": [0]}');
    return answer && (usable(asked, answer) as object);
  };
}

/** The answer to `{"do":"forward"}`, as it came and as the check takes it. */
export function readOutputs(line: string): { readonly wire: unknown; readonly value: unknown } | undefined {
  const wire = valueIn(line);
  if (!isWireArray(wire) && objectIn(line, "forward", "an array") === undefined) return undefined;
  return { wire, value: usable("forward", wire) };
}

function usable(asked: string, answer: unknown): unknown {
  try {
    return fromWire(asked, answer);
  } catch (error) {
    if (error instanceof FormatError) throw new Unusable(`answered what cannot be read: ${error.message}`);
    throw error;
  }
}

/** A value of JSON, or nothing of a line that is none. */
function valueIn(line: string): unknown {
  try {
    return parseAnswer(line);
  } catch (error) {
    if (error instanceof RangeError) throw new Unusable(`answered ${quoted(line)}: ${error.message}`);
    return undefined;
  }
}

/** An object, nothing of a line that a library may have printed, and an error of what else is in brackets. */
function objectIn(line: string, asked: string, expected: string): WireObject | undefined {
  const value = valueIn(line);
  if (Array.isArray(value)) throw new Unusable(`answered ${quoted(line)} to {"do":"${asked}"}; expected ${expected}`);
  if (!isObject(value)) return undefined;
  // A parameter may be called "error", but no parameter is a text.
  if (Object.hasOwn(value, "error") && typeof value.error === "string") throw new Refused(value.error);
  return value;
}
