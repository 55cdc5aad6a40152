import { OptionError, requireName, requireNumber, requireObject, show } from "../../../constraint/constraint.js";
import type { Backpropagation } from "../bugs/backpropagation.js";
import { layersOf } from "../bugs/bug.js";
import { messageInWords } from "../messageInWords.js";
import type { Plantable } from "./plantable.js";
import { type PlantableBugName, plantableNames, usualLayers } from "./plantableBugs.js";
import { plantables } from "./plantables.js";

/** A bug and where to plant it. */
export interface Planting {
  readonly name: PlantableBugName;
  /** Layers, from 1, of those that `plantableBugs` lists. Default: its usual ones. */
  readonly layers?: readonly number[];
}

const layerRange = { kind: "number", what: "layer", whole: true, min: 1 } as const;

/**
 * A bug with its layers, each of which admits it.
 *
 * @param at what errors begin with
 */
export function parsePlanting(at: string, given: unknown, pass: Backpropagation): Required<Planting> {
  const planting = typeof given === "string" ? { name: given } : requireObject(at, given, ["name", "layers"]);
  const name = requireName(typeof given === "string" ? at : `${at}.name`, planting.name, plantableNames);
  const possible = layersOf(plantables[name], pass);
  if (possible.length === 0) {
    const { needs }: Plantable = plantables[name];
    const wanted = needs === undefined ? "" : `; it needs ${messageInWords(needs)}`;
    throw new OptionError(`${at}: ${name} changes nothing in this network${wanted}`);
  }
  const layers = "layers" in planting ? planting.layers : undefined;
  if (layers === undefined) return { name, layers: usualLayers(plantables[name], possible) };
  if (!Array.isArray(layers) || layers.length === 0) {
    throw new OptionError(`${at}.layers must be an array of layers, got ${show(layers)}`);
  }
  for (const layer of layers) {
    const l = requireNumber(`${at}.layers`, layer, { ...layerRange, max: pass.layers });
    if (possible.includes(l)) continue;
    const list = possible.join(", ");
    throw new OptionError(`${at}: ${name} changes nothing in layer ${l}; layers that admit it: ${list}`);
  }
  return { name, layers: [...new Set<number>(layers)].sort((a, b) => a - b) };
}
