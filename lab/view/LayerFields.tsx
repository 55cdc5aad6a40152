import type { LayerSpec } from "gradproof";
import { activationVocabulary, layerVocabulary, nameOf, wordsOf } from "gradproof/ops";
import { strings } from "../strings.js";
import { ChoiceField, NumberField } from "./fields.js";
import { activationChoices, unitsRange } from "./NetworkControls.js";
import { NumberFields, OptionFields } from "./OptionFields.js";

const { settings: texts } = strings;

/** The options of a layer: units and activation where it has them, and its numbers. */
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
  const { options: labels = {} } = wordsOf(layerVocabulary, layer.type);
  const nameOption = (option: string): string => texts.optionOf(option, name);
  return (
    <>
      {"units" in layer && (
        <NumberField
          label={nameOption(texts.unitsOption)}
          value={layer.units}
          constraint={unitsRange}
          onChange={(units) => onChange((other) => ("units" in other ? { ...other, units } : other))}
        />
      )}
      {"activation" in layer && (
        <>
          <ChoiceField
            label={nameOption(texts.activationOption)}
            value={nameOf(layer.activation)}
            choices={activationChoices}
            onChange={(activation) => onChange((other) => ("activation" in other ? { ...other, activation } : other))}
          />
          <OptionFields
            vocabulary={activationVocabulary}
            spec={layer.activation}
            name={nameOption}
            onChange={(activation) => onChange((other) => ("activation" in other ? { ...other, activation } : other))}
          />
        </>
      )}
      <NumberFields
        type={layer.type}
        options={Object.entries(options).map(([key, option]) => ({ key, label: labels[key] ?? key, option }))}
        given={{ ...layer }}
        name={nameOption}
        // The number is in the range that the option's own table gives.
        onChange={(key, number) => onChange((other) => ({ ...other, [key]: number }))}
      />
    </>
  );
}
