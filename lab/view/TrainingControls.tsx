import { nameOf, namesOf, optimizerVocabulary, wordsOf } from "gradproof/ops";
import { formatNumber } from "gradproof/report";
import { trainingConstraints } from "gradproof/training";
import type { RunSpec } from "../experiment/experiment.js";
import { keepByLayer, learningRateOf } from "../state/edits.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { different } from "./different.js";
import { ChoiceField, NumberField, SliderField, SwitchField } from "./fields.js";
import { LazyAugmentationControls, loadAverageControls, loadRateFinder, loadScheduleControls } from "./lazyParts.js";
import { Opened } from "./Opened.js";
import { choicesOf, OptionFields } from "./OptionFields.js";

const { settings: texts } = strings;
const lambdas = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.7, 1, 3, 10, 30, 100, 1000];
const keeps = Array.from({ length: 19 }, (_, k) => Number((0.1 + 0.05 * k).toFixed(2))).toSpliced(16, 0, 0.86);
const MOST_SHOWN = 6;
const optimizerChoices = choicesOf(optimizerVocabulary, namesOf(optimizerVocabulary.operations));

/** Regularization and optimizer. */
export function TrainingControls({ lab }: { readonly lab: Lab }) {
  return (
    <>
      <fieldset>
        <legend>{texts.regularization}</legend>
        <Regularization lab={lab} />
      </fieldset>
      {lab.experiment.value.data.kind === "digits" && <LazyAugmentationControls lab={lab} />}
      <fieldset>
        <legend>{texts.optimizer}</legend>
        <Optimizer lab={lab} />
      </fieldset>
    </>
  );
}

function Regularization({ lab }: { readonly lab: Lab }) {
  const run = lab.selectedRun.value;
  const { l1 = 0, l2 = 0, inputKeep = 1, earlyStopping } = run.training;
  const hidden = lab.selectedClient.value?.layers.value?.masks.hidden;
  const keep = keepByLayer(run, hidden);
  const set = (change: Partial<RunSpec["training"]>): void =>
    lab.edit((run) => ({ ...run, training: { ...run.training, ...change } }));
  return (
    <>
      <SliderField
        label={texts.l2}
        value={Math.max(...[l2].flat())} // one for all; where a file has one a layer, the largest
        values={lambdas}
        show={(value) => formatNumber(value, 3)}
        differs={different(lab, ({ training }) => training.l2 ?? 0, String)}
        onChange={(l2) => set({ l2 })}
      />
      {typeof l2 !== "number" && <p class="caption">{texts.ofLayers(l2.join(", "))}</p>}
      <SliderField
        label={texts.l1}
        value={Math.max(...[l1].flat())}
        values={lambdas}
        show={(value) => formatNumber(value, 3)}
        differs={different(lab, ({ training }) => training.l1 ?? 0, String)}
        onChange={(l1) => set({ l1 })}
      />
      {typeof l1 !== "number" && <p class="caption">{texts.ofLayers(l1.join(", "))}</p>}
      <SliderField
        label={texts.inputKeep}
        value={inputKeep}
        values={keeps}
        show={String}
        onChange={(inputKeep) => set({ inputKeep })}
      />
      {keep.slice(0, MOST_SHOWN).map((value, index) => (
        <SliderField
          key={index}
          label={texts.keep(index + 1)}
          value={value}
          values={keeps}
          show={String}
          differs={different(lab, (run) => keepByLayer(run)[index] ?? 1, String)}
          onChange={(kept) =>
            lab.edit((run) => ({
              ...run,
              training: {
                ...run.training,
                keep: keepByLayer(run, hidden).map((other, k) => (k === index ? kept : other)),
              },
            }))
          }
        />
      ))}
      <SwitchField
        label={texts.stopping}
        value={earlyStopping !== undefined}
        differs={different(
          lab,
          ({ training }) => training.earlyStopping !== undefined,
          (on) => (on ? "✓" : "✗"),
        )}
        onChange={(on) =>
          lab.edit(({ training: { earlyStopping: _, ...training }, ...run }) => ({
            ...run,
            training: on ? { ...training, earlyStopping: { patience: 20 } } : training,
          }))
        }
      />
      {earlyStopping && (
        <NumberField
          label={texts.patience}
          value={earlyStopping.patience}
          constraint={trainingConstraints.patience}
          onChange={(patience) => set({ earlyStopping: { ...earlyStopping, patience } })}
        />
      )}
    </>
  );
}

function Optimizer({ lab }: { readonly lab: Lab }) {
  const { training } = lab.selectedRun.value;
  const { optimizer = "adam", batchSize, iterations, epochs } = training;
  const examples = lab.points.value?.examples.train ?? Number.POSITIVE_INFINITY;
  const set = (change: Partial<RunSpec["training"]>): void =>
    lab.edit((run) => ({ ...run, training: { ...run.training, ...change } }));
  return (
    <>
      <ChoiceField
        label={texts.method}
        value={nameOf(optimizer)}
        choices={optimizerChoices}
        differs={different(
          lab,
          (run) => nameOf(run.training.optimizer ?? "adam"),
          (name) => wordsOf(optimizerVocabulary, name).label,
        )}
        onChange={(optimizer) => set({ optimizer })}
      />
      <OptionFields vocabulary={optimizerVocabulary} spec={optimizer} onChange={(optimizer) => set({ optimizer })} />
      <NumberField
        label={texts.learningRate}
        value={learningRateOf(training)}
        constraint={trainingConstraints.learningRate}
        differs={different(lab, (run) => learningRateOf(run.training), String)}
        onChange={(learningRate) => set({ learningRate })}
      />
      <ChoiceField
        label={texts.batchSize}
        value={batchSize === undefined || batchSize >= examples ? "all" : String(batchSize)}
        choices={[
          ["all", texts.fullBatch] as const,
          ...[1, 5, 10, 16, 20, 32, 64, 128].map((size) => [String(size), String(size)] as const),
        ]}
        differs={different(
          lab,
          (run) => run.training.batchSize ?? examples,
          (size) => (size >= examples ? texts.fullBatch : String(size)),
        )}
        onChange={(size) =>
          lab.edit(({ training: { batchSize: _, ...training }, ...run }) => ({
            ...run,
            training: size === "all" ? training : { ...training, batchSize: Number(size) },
          }))
        }
      />
      {epochs === undefined ? (
        <NumberField
          label={texts.length}
          value={iterations ?? 1000}
          constraint={trainingConstraints.iterations}
          onChange={(iterations) => set({ iterations })}
        />
      ) : (
        <NumberField
          label={texts.epochs}
          value={epochs}
          constraint={trainingConstraints.epochs}
          onChange={(epochs) => set({ epochs })}
        />
      )}
      <Opened summary={strings.rates.title} lab={lab} set={false} load={loadRateFinder} />
      <Opened summary={texts.schedule} lab={lab} set={hasSchedule(training)} load={loadScheduleControls} />
      <Opened
        summary={texts.clipping}
        lab={lab}
        set={[training.clipNorm, training.clipValue, training.average].some((setting) => setting !== undefined)}
        load={loadAverageControls}
      />
    </>
  );
}

function hasSchedule(training: RunSpec["training"]): boolean {
  return Object.keys(training).some((key) => /schedule$/i.test(key));
}
