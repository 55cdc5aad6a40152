import { type ActivationSpec, type LayerSpec, type LossSpec, OptionError, parseNetworkSpec } from "gradproof";
import { layerVocabulary, lossVocabulary, nameOf, outputActivationOf } from "gradproof/ops";
import type { RunSpec } from "../experiment/experiment.js";
import { withInner } from "../experiment/layers.js";

/** The loss that a run is trained with, named or not; undefined for a network that cannot be. */
export function lossOf({ network }: RunSpec): LossSpec | undefined {
  try {
    return parseNetworkSpec(network).loss;
  } catch (error) {
    if (error instanceof OptionError) return undefined;
    throw error;
  }
}

/** The run with another loss, and with the output activation that it is made for; any other stays where any will do. */
export function withLoss(run: RunSpec, loss: LossSpec): RunSpec {
  const before = lossOf(run);
  const fixed = [nameOf(loss), ...(before === undefined ? [] : [nameOf(before)])].some(
    (name) => "activation" in lossVocabulary.operations[name],
  );
  const { layers } = run.network;
  const fitting = fixed ? ending(layers, outputActivationOf(nameOf(loss))) : layers;
  return { ...run, network: { ...run.network, layers: fitting, loss } };
}

/** The layers with this activation of the output. */
function ending(layers: readonly LayerSpec[], activation: ActivationSpec): readonly LayerSpec[] {
  const last = layers[layers.length - 1];
  if ("activation" in last) return layers.with(-1, { ...last, activation });
  // Its output is that of the last layer in it.
  const holdsEnd = layerVocabulary.operations[last.type].end !== undefined;
  return holdsEnd && "layers" in last ? layers.with(-1, withInner(last, [ending(last.layers, activation)])) : layers;
}
