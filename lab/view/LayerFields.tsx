import type { LayerSpec } from "gradproof";
import { activationVocabulary, layerVocabulary, nameOf, wordsOf } from "gradproof/ops";
import { strings } from "../strings.js";
import { ChoiceField, NumberField } from "./fields.js";
import { LayerPicture } from "./LayerPicture.js";
import { activationChoices, unitsRange } from "./NetworkControls.js";
import { NumberFields, OptionFields } from "./OptionFields.js";

const { settings: texts } = strings;

/** What a layer does, as a picture and in a formula, and its options: units and activation where it has them, and its numbers. */
export function LayerFields({
  layer,
  name,
  onChange,
}: {
  readonly layer: LayerSpec;
  /** What the layer is called. */
  readonly name: string;
  readonly onChange: (change: (layer: LayerSpec) => LayerSpec) => void;
}) {
  const { options = {} } = layerVocabulary.operations[layer.type];
  const { options: labels = {}, formula } = wordsOf(layerVocabulary, layer.type);
  return (
    <>
      <div class="layer-row">
        {"units" in layer && (
          <NumberField
            label={texts.unitsOption}
            of={name}
            value={layer.units}
            constraint={unitsRange}
            onChange={(units) => onChange((other) => ("units" in other ? { ...other, units } : other))}
          />
        )}
        {"activation" in layer ? (
          <ChoiceField
            label={texts.activationOption}
            of={name}
            value={nameOf(layer.activation)}
            choices={activationChoices}
            onChange={(activation) => onChange((other) => ("activation" in other ? { ...other, activation } : other))}
          />
        ) : (
          <span class="caption">{formula}</span>
        )}
        <LayerPicture layer={layer} />
      </div>
      {"activation" in layer && (
        <OptionFields
          vocabulary={activationVocabulary}
          spec={layer.activation}
          of={name}
          onChange={(activation) => onChange((other) => ("activation" in other ? { ...other, activation } : other))}
        />
      )}
      <NumberFields
        type={layer.type}
        options={Object.entries(options).map(([key, option]) => ({ key, label: labels[key] ?? key, option }))}
        given={{ ...layer }}
        of={name}
        // The number is in the range that the option's own table gives.
        onChange={(key, number) => onChange((other) => ({ ...other, [key]: number }))}
      />
    </>
  );
}
