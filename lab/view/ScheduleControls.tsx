import type { ScheduleSpec } from "gradproof";
import { nameOf, namesOf, scheduleVocabulary, withOwnNumbers, wordsOf } from "gradproof/ops";
import { learningRateOf } from "../state/edits.js";
import type { Lab } from "../state/lab.js";
import { type ScheduleKey, scheduleCurve, withSchedule } from "../state/schedules.js";
import { strings } from "../strings.js";
import { different } from "./different.js";
import { ChoiceField } from "./fields.js";
import { LineChart } from "./LineChart.js";
import { choicesOf, OptionFields } from "./OptionFields.js";

const { settings: texts } = strings;
const all = namesOf(scheduleVocabulary.operations);
/** Those that go by the step alone: only the learning rate goes by what the run does. */
const byStep = all.filter((name) => !("remembers" in scheduleVocabulary.operations[name]));

/** How the learning rate, and what else may, changes over the run: each with its curve. */
export function ScheduleControls({ lab }: { readonly lab: Lab }) {
  return (
    <>
      <ScheduleOf lab={lab} of="schedule" />
      <ScheduleOf lab={lab} of="l2Schedule" />
      <ScheduleOf lab={lab} of="weightDecaySchedule" />
      <ScheduleOf lab={lab} of="keepSchedule" />
      <p class="caption">{texts.restarts}</p>
    </>
  );
}

function ScheduleOf({ lab, of: key }: { readonly lab: Lab; readonly of: ScheduleKey }) {
  const { training } = lab.selectedRun.value;
  const schedule = training[key];
  const name = schedule === undefined ? "none" : nameOf(schedule);
  const label = texts.schedules[key];
  const set = (schedule: ScheduleSpec | undefined): void => lab.edit((run) => withSchedule(run, key, schedule));
  return (
    <>
      <ChoiceField
        label={label}
        of={texts.ofSchedule}
        value={name}
        choices={[["none", texts.none] as const, ...choicesOf(scheduleVocabulary, key === "schedule" ? all : byStep)]}
        differs={different(
          lab,
          (run) => run.training[key],
          (other) => (other === undefined ? texts.none : withOwnNumbers(scheduleVocabulary, other)),
        )}
        onChange={(name) => set(name === "none" ? undefined : name)}
      />
      {schedule !== undefined && (
        <>
          <OptionFields vocabulary={scheduleVocabulary} spec={schedule} of={label} onChange={set} />
          <p class="caption">
            <b>{wordsOf(scheduleVocabulary, nameOf(schedule)).formula}</b>{" "}
            {wordsOf(scheduleVocabulary, nameOf(schedule)).use}
          </p>
          <ScheduleChart lab={lab} of={key} schedule={schedule} />
        </>
      )}
    </>
  );
}

/** The factor over the run, or the learning rate, with the step that the run is at; of one that goes by the run what it has been. */
function ScheduleChart({
  lab,
  of: key,
  schedule,
}: {
  readonly lab: Lab;
  readonly of: ScheduleKey;
  readonly schedule: ScheduleSpec;
}) {
  const client = lab.selectedClient.value;
  const snapshot = client?.snapshot.value;
  if (client === undefined || snapshot === undefined) return null;
  const { training } = lab.selectedRun.value;
  const rate = key === "schedule";
  const curve =
    scheduleCurve(schedule, snapshot.iterations, rate ? learningRateOf(training) : 1) ??
    client.curve.value.map(({ iteration, learningRate }) => [iteration, learningRate] as const);
  return (
    <figure class="schedule" aria-label={texts.scheduleChart(texts.schedules[key])}>
      <LineChart
        curves={[{ name: "", points: curve, colour: "var(--line-0)", dash: "none" }]}
        height={120}
        log={false}
        xLabel={strings.chart.step}
        yLabel={rate ? texts.rate : texts.factor}
        cursor={snapshot.iteration}
      />
    </figure>
  );
}
