import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { DataControls } from "./DataControls.js";
import { NetworkControls } from "./NetworkControls.js";
import { StartControls } from "./StartControls.js";
import { TrainingControls } from "./TrainingControls.js";

/** Everything that can be set of the points and of the selected run. */
export function ControlPanel({ lab, onOwnData }: { readonly lab: Lab; readonly onOwnData: () => void }) {
  const { settings: texts } = strings;
  const { runs } = lab.experiment.value;
  return (
    <>
      <fieldset class="whose" aria-label={texts.of}>
        <span>{texts.of}</span>
        {runs.map((run, r) => (
          <button
            key={strings.run.letter(r)}
            type="button"
            aria-pressed={!lab.editsAll.value && lab.selected.value === r}
            title={run.name}
            onClick={() => {
              lab.editsAll.value = false;
              lab.selected.value = r;
            }}
          >
            {strings.run.letter(r)}
          </button>
        ))}
        {runs.length > 1 && (
          <button
            type="button"
            aria-pressed={lab.editsAll.value}
            title={texts.allTitle}
            onClick={() => {
              lab.editsAll.value = true;
            }}
          >
            {texts.all}
          </button>
        )}
      </fieldset>
      <p class="caption">{texts.live}</p>
      <DataControls lab={lab} onOwnData={onOwnData} />
      <NetworkControls lab={lab} />
      <StartControls lab={lab} />
      <TrainingControls lab={lab} />
    </>
  );
}
