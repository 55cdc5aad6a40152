import type { AverageSpec } from "gradproof";
import { averageVocabulary, nameOf, namesOf, withOwnNumbers, wordsOf } from "gradproof/ops";
import { trainingConstraints } from "gradproof/training";
import type { RunSpec } from "../experiment/experiment.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { different } from "./different.js";
import { ChoiceField, NumberField, SwitchField } from "./fields.js";
import { choicesOf, OptionFields } from "./OptionFields.js";

const { settings: texts } = strings;
/** Bounds to begin with. */
const usual = { clipNorm: 1, clipValue: 0.5 } as const;

/** The most that the gradient may be, and an average of the weights. */
export function AverageControls({ lab }: { readonly lab: Lab }) {
  const { average } = lab.selectedRun.value.training;
  const set = (average: AverageSpec | undefined): void => lab.edit((run) => withSetting(run, "average", average));
  return (
    <>
      <Clipping lab={lab} of="clipNorm" />
      <Clipping lab={lab} of="clipValue" />
      <ChoiceField
        label={texts.average}
        value={average === undefined ? "none" : nameOf(average)}
        choices={[
          ["none", texts.none] as const,
          ...choicesOf(averageVocabulary, namesOf(averageVocabulary.operations)),
        ]}
        differs={different(
          lab,
          (run) => run.training.average,
          (other) => (other === undefined ? texts.none : withOwnNumbers(averageVocabulary, other)),
        )}
        onChange={(name) => set(name === "none" ? undefined : name)}
      />
      {average !== undefined && (
        <>
          <OptionFields vocabulary={averageVocabulary} spec={average} of={texts.average} onChange={set} />
          <p class="caption">
            <b>{wordsOf(averageVocabulary, nameOf(average)).formula}</b>{" "}
            {wordsOf(averageVocabulary, nameOf(average)).use}
          </p>
        </>
      )}
      <p class="caption">{texts.averageRestarts}</p>
    </>
  );
}

function Clipping({ lab, of: key }: { readonly lab: Lab; readonly of: keyof typeof usual }) {
  const bound = lab.selectedRun.value.training[key];
  const label = texts.clips[key];
  return (
    <>
      <SwitchField
        label={label}
        value={bound !== undefined}
        differs={different(
          lab,
          (run) => run.training[key],
          (other) => (other === undefined ? texts.none : String(other)),
        )}
        onChange={(on) => lab.edit((run) => withSetting(run, key, on ? usual[key] : undefined))}
      />
      {bound !== undefined && (
        <NumberField
          label={texts.most}
          of={label}
          value={bound}
          constraint={trainingConstraints[key]}
          onChange={(number) => lab.edit((run) => withSetting(run, key, number))}
        />
      )}
    </>
  );
}

/** The run with a setting, or without it. */
function withSetting<Key extends "average" | "clipNorm" | "clipValue">(
  run: RunSpec,
  key: Key,
  value: RunSpec["training"][Key],
): RunSpec {
  const { [key]: _, ...training } = run.training;
  return { ...run, training: value === undefined ? training : { ...training, [key]: value } };
}
