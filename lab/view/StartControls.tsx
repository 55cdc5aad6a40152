import type { InitializerName, InitializerSpec } from "gradproof";
import { initializerVocabulary, type Numbers, nameOf, namesOf, numbersOf, wordsOf } from "gradproof/ops";
import { changeUnits, placed } from "../experiment/layers.js";
import { withLayers } from "../state/edits.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { different } from "./different.js";
import { ChoiceField } from "./fields.js";
import { choicesOf, OptionFields } from "./OptionFields.js";

const { settings: texts } = strings;
const choices = choicesOf(initializerVocabulary, namesOf(initializerVocabulary.operations));
const MOST_SHOWN = 6;

/** How the weights start: of the whole network, and of single layers. */
export function StartControls({ lab }: { readonly lab: Lab }) {
  const { layers, initializer = "he" } = lab.selectedRun.value.network;
  const set = (initializer: InitializerSpec): void =>
    lab.edit((run) => ({ ...run, network: { ...run.network, initializer } }));
  const type = nameOf(initializer);
  return (
    <fieldset>
      <legend>{texts.initialization}</legend>
      <ChoiceField
        label={texts.start}
        value={type}
        choices={choices}
        differs={different(lab, ({ network }) => network.initializer ?? "he", startInWords)}
        onChange={(name) => set(toBeginWith(name))}
      />
      <OptionFields vocabulary={initializerVocabulary} spec={initializer} onChange={set} />
      <details>
        <summary>{texts.perLayer}</summary>
        {placed(layers)
          .filter(({ number }) => number !== undefined)
          .slice(0, MOST_SHOWN)
          .map(({ layer, number = 0 }) => (
            <ChoiceField
              key={number}
              label={texts.startOf(number)}
              value={
                "initializer" in layer && layer.initializer !== undefined ? nameOf(layer.initializer) : "asNetwork"
              }
              choices={[["asNetwork", texts.asNetwork] as const, ...choices]}
              onChange={(name) =>
                lab.edit((run) =>
                  withLayers(
                    run,
                    changeUnits(run.network.layers, number, ({ initializer: _, ...layer }) =>
                      name === "asNetwork" ? layer : { ...layer, initializer: toBeginWith(name) },
                    ),
                  ),
                )
              }
            />
          ))}
      </details>
    </fieldset>
  );
}

/** Numbers to begin with: large enough to be seen. */
const usual: Numbers = { scale: 1, limit: 1, value: 0.1 };

/** The initializer of that name with numbers to begin with. */
function toBeginWith(type: InitializerName): InitializerSpec {
  const numbers = Object.entries(numbersOf(type, initializerVocabulary.operations)).map(([option, number]) => [
    option,
    usual[option] ?? number,
  ]);
  // The options are those of its table.
  return numbers.length === 0 ? type : ({ type, ...Object.fromEntries(numbers) } as InitializerSpec);
}

/** Its label, and its numbers where they are not 1. */
function startInWords(initializer: InitializerSpec): string {
  const numbers = Object.values(numbersOf(initializer, initializerVocabulary.operations)).filter(
    (number) => number !== 1,
  );
  return [wordsOf(initializerVocabulary, nameOf(initializer)).label, ...numbers].join(" ");
}
