import type { LayerSpec } from "gradproof";
import { activationVocabulary, inWords, layerVocabulary, wordsOf } from "gradproof/ops";
import { hiddenOf, placed } from "../experiment/layers.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { ActivationPicture, HEIGHT, WIDTH } from "./ActivationPicture.js";
import { different } from "./different.js";

/** A layer as a small picture: its activation where it ends with one, otherwise that of its words. */
export function LayerPicture({ layer }: { readonly layer: LayerSpec }) {
  if ("activation" in layer) return <ActivationPicture activation={layer.activation} />;
  const { label, formula, use, picture } = wordsOf(layerVocabulary, layer.type);
  if (picture === undefined) return null;
  return (
    <svg
      class="activation"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={strings.settings.layerPicture(label, formula)}
    >
      <title>{`${formula}\n${use}`}</title>
      <path class="layer-lines" d={picture} />
    </svg>
  );
}

/** A layer of another type than those of units: what it is called, with its numbers, and its picture. */
export function OtherLayer({ layer }: { readonly layer: LayerSpec }) {
  return (
    <>
      <span>{layerInWords(layer)}</span>
      <LayerPicture layer={layer} />
    </>
  );
}

/** The same as the k-th row of the settings, with what run A has in its place. */
export function OtherRow({ lab, layer, k }: { readonly lab: Lab; readonly layer: LayerSpec; readonly k: number }) {
  const differs = different(
    lab,
    ({ network }) => placed(hiddenOf(network.layers))[k]?.layer,
    (other) => (other === undefined ? "–" : layerInWords(other)),
  );
  return (
    <>
      <OtherLayer layer={layer} />
      {differs !== undefined && <span class="other">{strings.settings.differs(differs)}</span>}
    </>
  );
}

/** What a layer is called, with the numbers that it was given: `batch norm, Momentum 0.05`. */
export function layerInWords(layer: LayerSpec): string {
  if ("units" in layer) return `${layer.units} ${inWords(activationVocabulary, layer.activation)}`;
  if ("activation" in layer) return inWords(activationVocabulary, layer.activation);
  const { label, options = {} } = wordsOf(layerVocabulary, layer.type);
  const given: Readonly<Record<string, unknown>> = { ...layer };
  const numbers = Object.keys(options).filter((key) => given[key] !== undefined);
  return [label, ...numbers.map((key) => `${options[key]} ${given[key]}`)].join(", ");
}
