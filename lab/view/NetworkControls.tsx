import type { LayerSpec, NetworkSpec } from "gradproof";
import {
  activationVocabulary,
  defaultLosses,
  denseConstraints,
  hiddenActivations,
  inWords,
  nameOf,
} from "gradproof/ops";
import { useState } from "preact/hooks";
import { labConstraints } from "../experiment/constraints.js";
import { changeUnits, hasUnits, hiddenOf, placed, type UnitSpec } from "../experiment/layers.js";
import { withHidden, withLayers, withOneMore } from "../state/edits.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { ActivationPicture, REACH } from "./ActivationPicture.js";
import { different } from "./different.js";
import { ChoiceField, NumberField } from "./fields.js";
import { LazyLayerEditor, LazyOtherRow, loadLossControls } from "./lazyParts.js";
import { Opened } from "./Opened.js";
import { choicesOf, OptionFields } from "./OptionFields.js";

const { settings: texts } = strings;
/** Units of a layer that can be typed. */
export const unitsRange = { ...denseConstraints.units, max: 256 } as const;
export const activationChoices = choicesOf(activationVocabulary, hiddenActivations);
/** Layers shown one by one; a deeper network is shown by its first ones. */
const MOST_SHOWN = 6;

/** The hidden layers: those of units in a row each, whatever else there is by its name, or all of them in the editor. */
export function NetworkControls({ lab }: { readonly lab: Lab }) {
  const [editing, setEditing] = useState(false);
  const run = lab.selectedRun.value;
  const { layers } = run.network;
  const hidden = placed(hiddenOf(layers));
  // Where the last layer holds others, only the editor tells where a new one goes.
  const ends = hiddenOf(layers) === layers;
  return (
    <fieldset>
      <legend>
        {texts.network} <span class="of">{shapeOf(run.network.inputs, run.network.layers)}</span>
      </legend>
      {editing ? (
        <LazyLayerEditor lab={lab} />
      ) : (
        hidden.slice(0, MOST_SHOWN).map(({ layer, number = 0, depth }, k) =>
          hasUnits(layer) ? (
            <UnitRow key={k} lab={lab} layer={layer} l={number} />
          ) : (
            <div key={k} class="other-layer" style={{ marginLeft: `${12 * depth}px` }}>
              <LazyOtherRow lab={lab} layer={layer} k={k} />
            </div>
          ),
        )
      )}
      {hidden.length > 0 && (
        <p class="curve-key caption">
          <i /> {texts.curveKey[0]} <i /> {texts.curveKey[1]}, {texts.curveReach(REACH)}
        </p>
      )}
      {!editing && (
        <div class="buttons">
          <button type="button" disabled={ends} onClick={() => lab.edit((run) => withHidden(run, withOneMore))}>
            {texts.addLayer}
          </button>
          <button
            type="button"
            disabled={ends || hidden.length === 0}
            onClick={() => lab.edit((run) => withHidden(run, (layers) => layers.slice(0, -1)))}
          >
            {texts.removeLayer}
          </button>
        </div>
      )}
      <button
        type="button"
        class="toggle"
        aria-pressed={editing}
        title={texts.editLayersTitle}
        onClick={() => setEditing(!editing)}
      >
        {texts.editLayers}
      </button>
      <NumberField
        label={texts.weightSeed}
        value={run.network.seed ?? 0}
        constraint={labConstraints.seed}
        differs={different(lab, ({ network }) => network.seed ?? 0, String)}
        onChange={(seed) => lab.edit((run) => ({ ...run, network: { ...run.network, seed } }))}
      />
      <Opened summary={texts.loss} lab={lab} set={isOwnLoss(run.network.loss)} load={loadLossControls} />
    </fieldset>
  );
}

/** A layer of units: how many, their activation, its picture and its numbers. */
function UnitRow({ lab, layer, l }: { readonly lab: Lab; readonly layer: UnitSpec; readonly l: number }) {
  const { activation } = layer;
  const set = (change: Partial<Pick<UnitSpec, "units" | "activation">>): void =>
    lab.edit((run) =>
      withLayers(
        run,
        changeUnits(run.network.layers, l, (other) => ({ ...other, ...change })),
      ),
    );
  const ofRun = (layers: readonly LayerSpec[]): LayerSpec | undefined =>
    placed(layers).find(({ number }) => number === l)?.layer;
  return (
    <div class="layer-settings">
      <div class="layer-row">
        <span aria-hidden="true">{texts.layer(l)}</span>
        <NumberField
          label={texts.units(l)}
          value={layer.units}
          constraint={unitsRange}
          differs={different(
            lab,
            ({ network }) => ofRun(network.layers),
            (other) => `${other !== undefined && hasUnits(other) ? other.units : 0}`,
          )}
          onChange={(units) => set({ units })}
        />
        <ChoiceField
          label={texts.activation(l)}
          value={nameOf(activation)}
          choices={activationChoices}
          differs={different(
            lab,
            ({ network }) => ofRun(network.layers),
            (other) =>
              other === undefined || !hasUnits(other) ? "–" : inWords(activationVocabulary, other.activation),
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
}

/** Whether a loss is another than the one a network has where none is named. */
function isOwnLoss(loss: NetworkSpec["loss"]): boolean {
  return loss !== undefined && (typeof loss === "object" || !defaultLosses.includes(loss));
}

/** Inputs and units of the layers, as in `2-10-5-1`. */
function shapeOf(inputs: number, layers: readonly LayerSpec[]): string {
  const units = placed(layers).flatMap(({ layer }) => (hasUnits(layer) ? [layer.units] : []));
  const hidden = units.slice(0, -1);
  const middle = hidden.length > MOST_SHOWN ? `${hidden[0]}-…(${hidden.length})` : hidden.join("-") || "–";
  return `${inputs}-${middle}-${units.at(-1) ?? "–"}`;
}
