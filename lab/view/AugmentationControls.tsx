import type { AugmentationName, AugmentationStep } from "gradproof";
import { useMemo } from "preact/hooks";
import { withAugmentation } from "../state/edits.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { different } from "./different.js";
import { SwitchField } from "./fields.js";
import { ImageCanvas } from "./ImageCanvas.js";

const { augmentation: texts } = strings;
const names = Object.keys(texts.steps) as (keyof typeof texts.steps)[];

/** What is done to the training images in each epoch, and what it makes of some of them. */
export function AugmentationControls({ lab }: { readonly lab: Lab }) {
  const images = lab.selectedClient.value?.points.value?.images;
  const rows = useMemo(() => (images ? [images.originals, ...images.changed] : []), [images]);
  if (images === undefined) return null;
  const steps = lab.selectedRun.value.training.augmentation?.steps ?? [];
  return (
    <fieldset>
      <legend>{texts.title}</legend>
      {names.map((name) => (
        <SwitchField
          key={name}
          label={texts.steps[name]}
          value={has(steps, name)}
          differs={different(
            lab,
            ({ training }) => has(training.augmentation?.steps ?? [], name),
            (on) => (on ? "✓" : "✗"),
          )}
          onChange={(on) =>
            lab.edit((run) => {
              const others = (run.training.augmentation?.steps ?? []).filter((step) => nameOf(step) !== name);
              return withAugmentation(run, on ? [...others, name] : others);
            })
          }
        />
      ))}
      <ImageCanvas side={images.side} rows={rows} label={texts.preview} />
      <p class="caption">{images.changed.length > 0 ? texts.preview : texts.none}</p>
    </fieldset>
  );
}

function nameOf(step: AugmentationStep): AugmentationName {
  return typeof step === "string" ? step : step.type;
}

function has(steps: readonly AugmentationStep[], name: AugmentationName): boolean {
  return steps.some((step) => nameOf(step) === name);
}
