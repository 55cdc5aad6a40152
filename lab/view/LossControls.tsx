import type { LossSpec } from "gradproof";
import { lossesFor, lossVocabulary, nameOf, withOwnNumbers, wordsOf } from "gradproof/ops";
import { shapeOf } from "gradproof/pipeline";
import type { Lab } from "../state/lab.js";
import { lossOf, withLoss } from "../state/lossEdits.js";
import { strings } from "../strings.js";
import { different } from "./different.js";
import { ChoiceField } from "./fields.js";
import { choicesOf, OptionFields } from "./OptionFields.js";

const { settings: texts } = strings;

/** What the run minimizes, with its numbers. */
export function LossControls({ lab }: { readonly lab: Lab }) {
  const loss = lossOf(lab.selectedRun.value);
  if (loss === undefined) return null;
  const { classes } = shapeOf(lab.experiment.value.data);
  const fitting = lossesFor(classes === undefined ? "regression" : classes === 2 ? "binary" : "multiclass");
  const name = nameOf(loss);
  const { formula, use } = wordsOf(lossVocabulary, name);
  const set = (loss: LossSpec): void => lab.edit((run) => withLoss(run, loss));
  return (
    <>
      <ChoiceField
        label={texts.loss}
        value={name}
        choices={choicesOf(lossVocabulary, [...new Set([...fitting, name])])}
        differs={different(lab, lossOf, (other) =>
          other === undefined ? strings.settings.none : withOwnNumbers(lossVocabulary, other),
        )}
        onChange={set}
      />
      <OptionFields vocabulary={lossVocabulary} spec={loss} onChange={set} />
      <p class="caption">
        <b>{formula}</b> {use} {texts.lossRestarts}
      </p>
    </>
  );
}
