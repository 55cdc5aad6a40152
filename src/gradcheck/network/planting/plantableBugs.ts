import type { Message } from "../../../constraint/message.js";
import type { Dataset } from "../../../data/dataset.js";
import type { Network } from "../../../network/network.js";
import { layersOf } from "../bugs/bug.js";
import { isDenseChain } from "../denseChain.js";
import type { NetworkCheckOptions } from "../networkOptions.js";
import { say } from "../say.js";
import { subjectOf } from "../subjectOf.js";
import { passAt } from "./passes.js";
import type { Plantable } from "./plantable.js";
import { plantables } from "./plantables.js";

/** Name of a bug that `plantBugs` can plant. */
export type PlantableBugName = keyof typeof plantables;

/** A bug that can be planted in the backward pass of a network: plain data. */
export interface PlantableBug {
  readonly name: PlantableBugName;
  /** What is written wrong; `messageInWords` says it: `dW × 2`, `penalty missing from dW`. */
  readonly title: Message;
  /** Layers in which it can be planted, from 1; none where it would change nothing. */
  readonly layers: readonly number[];
  /** Those in which it is planted unless told. */
  readonly usual: readonly number[];
  /** What the network or its options would need for it, where there is no layer. */
  readonly needs?: Message;
}

export const plantableNames = Object.keys(plantables) as readonly PlantableBugName[];

/**
 * The bugs that `plantBugs` can plant in the backward pass of a network, each with the layers that admit it.
 *
 * They are the classics: the two of the course (`dWTwice`, `dbFourTimes`); 1/m missing, a wrong axis, a transpose; the penalty
 * missing, twice, on the biases; dropout without its mask or without 1/keep; g' missing or of the wrong layer; the loss's
 * derivative; a single row, a single entry.
 *
 * @param network left as it is
 * @param data features × examples and outputs × examples
 * @param options those of `checkNetwork`: the penalty's bugs need `l2`, those of dropout `keep`
 * @returns all of them, in the same order; one that would change nothing here has no layers, and says what it needs
 * @throws OptionError, ShapeError or RangeError as `checkNetwork`
 *
 * @example
 * import { dense, network } from "gradproof";
 * import { circles } from "gradproof/data";
 * import { messageInWords, plantableBugs } from "gradproof/gradcheck";
 * const model = network({ inputs: 2, layers: [dense(4, "relu"), dense(3, "relu"), dense(1, "sigmoid")], seed: 3 });
 * const bugs = plantableBugs(model, circles({ examples: 20, noise: 0.05, seed: 1 }), { l2: 0.7 });
 * const [first] = bugs;
 * first?.name; // => "dWTwice"
 * first && messageInWords(first.title); // => "dW × 2"
 * [first?.layers, first?.usual]; // => [[1, 2, 3], [2]]
 * bugs.find(({ name }) => name === "penaltyMissing")?.usual; // => [1, 2, 3]
 * const { needs } = bugs.find(({ name }) => name === "maskMissing") ?? {};
 * needs && messageInWords(needs); // => "dropout: keep below 1 in a hidden layer"
 */
export function plantableBugs(network: Network, data: Dataset, options: NetworkCheckOptions = {}): PlantableBug[] {
  const { subject } = subjectOf("plantableBugs()", network, data, options);
  if (!isDenseChain(network.program)) {
    return plantableNames.map((name) => ({
      name,
      title: titleOf(name),
      layers: [],
      usual: [],
      needs: say("needs.denseLayers"),
    }));
  }
  const pass = passAt(network, subject.step);
  return plantableNames.map((name) => {
    const { needs }: Plantable = plantables[name];
    const layers = layersOf(plantables[name], pass);
    const usual = usualLayers(plantables[name], layers);
    return { name, title: titleOf(name), layers, usual, ...(layers.length === 0 && needs && { needs }) };
  });
}

/** What is written wrong. */
export function titleOf(name: PlantableBugName): Message {
  return say(`planted.${name}`);
}

/** Where a bug is planted unless told, of the layers that admit it. */
export function usualLayers({ usual }: Plantable, layers: readonly number[]): readonly number[] {
  if (usual === "all" || layers.length === 0) return layers;
  return [layers.findLast((l) => l <= usual) ?? layers[0]];
}
