import type { LayerSpec } from "gradproof";
import { layerVocabulary, wordsOf } from "gradproof/ops";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { innerOf, placed } from "../experiment/layers.js";
import { changeAt, holdsItsEnd, type LayerChange, layerTypes, move, within } from "../state/layerEdits.js";
import { strings } from "../strings.js";
import { BranchControls } from "./BranchControls.js";
import { ChoiceField } from "./fields.js";
import { LayerFields } from "./LayerFields.js";

const { settings: texts } = strings;

/** What the list of layers may do to the network. */
export interface Editor {
  edit(change: LayerChange): void;
  /** Makes a layer of a type, and puts it in. */
  put(type: LayerSpec["type"], insert: (layer: LayerSpec) => LayerChange): void;
}

/** Labels of the types, by label. */
const typeChoices = layerTypes
  .map((type) => [type, wordsOf(layerVocabulary, type).label] as const)
  .sort(([, a], [, b]) => a.localeCompare(b, "en"));

/** What a layer may become, and what it is. */
function choicesFor({ type }: LayerSpec): typeof typeChoices {
  const isOne = layerTypes.includes(type);
  return isOne ? typeChoices : [[type, wordsOf(layerVocabulary, type).label], ...typeChoices];
}

/** Layers one below the other, each in a box of its own, and a new one at the end. */
export function LayerList({
  layers,
  editor,
  inside,
  place = "",
  units = 0,
  last = "any",
}: {
  readonly layers: readonly LayerSpec[];
  readonly editor: Editor;
  /** What holds the layers, in words; undefined for those of the network. */
  readonly inside?: string;
  /** Where it is: numbers of the layers around, each followed by a point. */
  readonly place?: string;
  /** Layers of units before these. */
  readonly units?: number;
  /** Whether the last of them stays where it is. */
  readonly last?: "any" | "fixed";
}) {
  const list = useRef<HTMLOListElement>(null);
  const focusOn = useFocus(list);
  const [type, setType] = useState<LayerSpec["type"]>(typeChoices[0][0]);
  return (
    <>
      <ol class="layer-list" ref={list}>
        {layers.map((layer, index) => {
          const before = units + unitCount(layers.slice(0, index));
          const name = nameOfLayer(layer, before + 1, `${place}${index + 1}`);
          const moveBy = (by: -1 | 1): void => {
            editor.edit(move(index, by));
            focusOn(index + by, by);
          };
          return (
            <li key={index} class="layer-box">
              <div class="layer-head">
                <ChoiceField
                  label={texts.typeOf}
                  of={name}
                  value={layer.type}
                  choices={choicesFor(layer)}
                  onChange={(type) => editor.put(type, (made) => changeAt(index, () => made))}
                />
                <Tool name={texts.up(name)} sign="↑" disabled={index === 0} onClick={() => moveBy(-1)} />
                <Tool
                  name={texts.down(name)}
                  sign="↓"
                  disabled={index === layers.length - 1}
                  onClick={() => moveBy(1)}
                />
                <Tool
                  name={texts.remove(name)}
                  sign="✕"
                  onClick={() => {
                    editor.edit((all) => all.filter((_, k) => k !== index));
                    focusOn(Math.min(index, layers.length - 2), 0);
                  }}
                />
              </div>
              <LayerFields layer={layer} name={name} onChange={(change) => editor.edit(changeAt(index, change))} />
              {innerOf(layer).map((inner, k, all) => {
                const branch = "branches" in layer ? texts.branch(k + 1, name) : name;
                const at = `${place}${index + 1}.${all.length > 1 || "branches" in layer ? `${k + 1}.` : ""}`;
                return (
                  <fieldset key={k} class="inner-layers" aria-label={branch}>
                    {"branches" in layer && (
                      <BranchControls
                        layer={layer}
                        k={k}
                        name={branch}
                        onChange={(changed) => editor.edit(changeAt(index, () => changed))}
                      />
                    )}
                    <LayerList
                      layers={inner}
                      inside={branch}
                      place={at}
                      last={holdsItsEnd(layer) ? "fixed" : "any"}
                      units={before + unitCount(all.slice(0, k).flat())}
                      editor={{
                        edit: (change) => editor.edit(within(index, k, change)),
                        put: (type, insert) => editor.put(type, (made) => within(index, k, insert(made))),
                      }}
                    />
                  </fieldset>
                );
              })}
            </li>
          );
        })}
      </ol>
      <NewLayer
        label={inside === undefined ? texts.newLayer : texts.newLayerIn(inside)}
        button={inside === undefined ? texts.addNew : texts.addIn(inside)}
        type={type}
        onType={setType}
        onAdd={() => editor.put(type, (made) => (all) => all.toSpliced(last === "fixed" ? -1 : all.length, 0, made))}
      />
    </>
  );
}

/** What a layer is called: by the number the doctor gives it, or by its label and its place. */
function nameOfLayer(layer: LayerSpec, number: number, place: string): string {
  const { label } = wordsOf(layerVocabulary, layer.type);
  return "units" in layer ? texts.unitLayer(number) : texts.otherLayer(label, place);
}

const unitCount = (layers: readonly LayerSpec[]): number =>
  placed(layers).filter(({ number }) => number !== undefined).length;

function Tool({
  name,
  sign,
  disabled = false,
  onClick,
}: {
  readonly name: string;
  readonly sign: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" class="quiet" aria-label={name} title={name} disabled={disabled} onClick={onClick}>
      {sign}
    </button>
  );
}

function NewLayer({
  label,
  button,
  type,
  onType,
  onAdd,
}: {
  readonly label: string;
  readonly button: string;
  readonly type: LayerSpec["type"];
  readonly onType: (type: LayerSpec["type"]) => void;
  readonly onAdd: () => void;
}) {
  const id = useId();
  return (
    <div class="new-layer">
      <label for={id} class="unseen">
        {label}
      </label>
      <select
        id={id}
        value={type}
        onChange={(event) => {
          const chosen = typeChoices.find(([name]) => name === event.currentTarget.value);
          if (chosen) onType(chosen[0]);
        }}
      >
        {typeChoices.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
      <button type="button" aria-label={button} onClick={onAdd}>
        {texts.addNew}
      </button>
    </div>
  );
}

/** The focus follows a layer that is moved, and goes to the next one where one is removed. */
function useFocus(list: { readonly current: HTMLElement | null }): (index: number, tool: -1 | 0 | 1) => void {
  const wanted = useRef<{ readonly index: number; readonly tool: -1 | 0 | 1 } | undefined>(undefined);
  useEffect(() => {
    const { current } = wanted;
    if (current === undefined) return;
    wanted.current = undefined;
    const box = list.current?.children[Math.max(0, current.index)];
    const [up, down, remove] = [...(box?.querySelectorAll<HTMLButtonElement>(":scope > .layer-head button") ?? [])];
    const tool = current.tool === 0 ? remove : current.tool < 0 ? up : down;
    // At either end there is no further to go.
    const other = current.tool < 0 ? down : up;
    (tool?.disabled ? other : tool)?.focus();
  });
  return (index, tool) => {
    wanted.current = { index, tool };
  };
}
