import { activationVocabulary, denseConstraints, hiddenActivations, inWords, nameOf } from "gradproof/ops";
import { labConstraints } from "../experiment/constraints.js";
import { withHidden, withOneMore } from "../state/edits.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { ActivationPicture, REACH } from "./ActivationPicture.js";
import { different } from "./different.js";
import { ChoiceField, NumberField } from "./fields.js";
import { choicesOf, OptionFields } from "./OptionFields.js";

const { settings: texts } = strings;
const activationChoices = choicesOf(activationVocabulary, hiddenActivations);
/** Layers shown one by one; a deeper network is shown by its first ones. */
const MOST_SHOWN = 6;

/** The hidden layers. */
export function NetworkControls({ lab }: { readonly lab: Lab }) {
  const run = lab.selectedRun.value;
  const hidden = run.network.layers.slice(0, -1);
  const shape = (layers: typeof hidden): string => layers.map(({ units }) => units).join("-") || "–";
  return (
    <fieldset>
      <legend>
        {texts.network}{" "}
        <span class="of">
          {run.network.inputs}-{hidden.length > MOST_SHOWN ? `${hidden[0].units}-…(${hidden.length})` : shape(hidden)}-
          {run.network.layers[run.network.layers.length - 1].units}
        </span>
      </legend>
      {hidden.slice(0, MOST_SHOWN).map((layer, index) => {
        const l = index + 1;
        const { activation } = layer;
        const set = (change: Partial<typeof layer>): void =>
          lab.edit((run) =>
            withHidden(run, (layers) => layers.map((other, k) => (k === index ? { ...other, ...change } : other))),
          );
        return (
          <div class="layer-settings" key={l}>
            <div class="layer-row">
              <span aria-hidden="true">{texts.layer(l)}</span>
              <NumberField
                label={texts.units(l)}
                value={layer.units}
                constraint={{ ...denseConstraints.units, max: 256 }}
                differs={different(
                  lab,
                  ({ network }) => network.layers[index],
                  (other) => `${other?.units ?? 0}`,
                )}
                onChange={(units) => set({ units })}
              />
              <ChoiceField
                label={texts.activation(l)}
                value={nameOf(activation)}
                choices={activationChoices}
                differs={different(
                  lab,
                  ({ network }) => network.layers[index]?.activation,
                  (other) => (other === undefined ? "–" : inWords(activationVocabulary, other)),
                )}
                onChange={(activation) => set({ activation })}
              />
              <ActivationPicture activation={activation} />
            </div>
            <OptionFields
              vocabulary={activationVocabulary}
              spec={activation}
              name={(option) => texts.ofLayer(option, l)}
              onChange={(activation) => set({ activation })}
            />
          </div>
        );
      })}
      {hidden.length > 0 && (
        <p class="curve-key caption">
          <i /> {texts.curveKey[0]} <i /> {texts.curveKey[1]}, {texts.curveReach(REACH)}
        </p>
      )}
      <div class="buttons">
        <button type="button" onClick={() => lab.edit((run) => withHidden(run, withOneMore))}>
          {texts.addLayer}
        </button>
        <button
          type="button"
          disabled={hidden.length === 0}
          onClick={() => lab.edit((run) => withHidden(run, (layers) => layers.slice(0, -1)))}
        >
          {texts.removeLayer}
        </button>
      </div>
      <NumberField
        label={texts.weightSeed}
        value={run.network.seed ?? 0}
        constraint={labConstraints.seed}
        differs={different(lab, ({ network }) => network.seed ?? 0, String)}
        onChange={(seed) => lab.edit((run) => ({ ...run, network: { ...run.network, seed } }))}
      />
    </fieldset>
  );
}
