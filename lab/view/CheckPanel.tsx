import type { Message } from "gradproof";
import { messageInWords, type PlantableBugName } from "gradproof/gradcheck";
import { useEffect, useMemo, useState } from "preact/hooks";
import { CheckClient } from "../state/checkClient.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import type { CheckResult } from "../worker/checkProtocol.js";
import { BlockGrid, type Chosen, GridLegend } from "./BlockGrid.js";
import { EntryReading } from "./EntryReading.js";

const { check: texts } = strings;

/** Plants a bug in the backward pass of the selected run, checks its gradient, and shows every entry of every block. */
export function CheckPanel({ lab }: { readonly lab: Lab }) {
  const client = useMemo(() => new CheckClient(), []);
  const [bug, setBug] = useState<PlantableBugName | undefined>(lab.topic.value === "check" ? "dWTwice" : undefined);
  const [chosen, setChosen] = useState<Chosen | undefined>();
  const run = lab.selectedRun.value;
  const { data } = lab.experiment.value;
  const result = client.result.value;
  const impossible = result?.bugs.find(({ name, layers }) => name === bug && layers.length === 0);

  const check = async (planted: PlantableBugName | undefined): Promise<void> => {
    const runClient = lab.selectedClient.value;
    const iteration = runClient?.snapshot.value?.iteration ?? 0;
    setChosen(undefined);
    const theta = iteration > 0 ? (await runClient?.weights())?.theta : undefined;
    client.check({
      run,
      data,
      theta,
      // Without weights the check is one of the start.
      iteration: theta === undefined ? 0 : iteration,
      training: run.training,
      bug: planted,
    });
  };
  // The first check, and one after each change of what is checked; the weights of a run under way are taken on demand.
  const subject = JSON.stringify([run.network, run.training, run.normalize, lab.presetId.value]);
  useEffect(() => {
    void check(bug);
  }, [subject, data, bug]);

  return (
    <section class="panel check" aria-labelledby="check-title" aria-busy={client.busy.value}>
      <header>
        <h2 id="check-title">
          {texts.title} <span class="of">{strings.run.letter(lab.selected.value)}</span>
        </h2>
        <label class="switch">
          {texts.bug}
          <select
            value={bug ?? ""}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setBug(result?.bugs.find(({ name }) => name === value)?.name);
            }}
          >
            <option value="">{texts.none}</option>
            {result?.bugs.map(({ name, title, layers, needs }) => (
              <option key={name} value={name} disabled={layers.length === 0}>
                {needs === undefined
                  ? messageInWords(title)
                  : texts.needs(messageInWords(title), messageInWords(needs))}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={client.busy.value} onClick={() => void check(bug)}>
          {texts.again}
        </button>
      </header>
      {client.problem.value !== undefined && (
        <p class="notice" role="alert">
          {client.problem.value}
        </p>
      )}
      {impossible?.needs !== undefined && (
        <p class="notice">{texts.cannotPlant(messageInWords(impossible.title), messageInWords(impossible.needs))}</p>
      )}
      {result === undefined ? (
        <p class="empty">{texts.waiting}</p>
      ) : (
        <Findings result={result} chosen={chosen} onChoose={setChosen} />
      )}
    </section>
  );
}

function Findings({
  result,
  chosen,
  onChoose,
}: {
  readonly result: CheckResult;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}) {
  const { verdict, blocks, planted, milliseconds, costEvaluations, iteration, notes } = result;
  const wrong = blocks.filter((block) => block.verdict === "wrong");
  const whole = blocks.every(({ entries }) => entries !== undefined);
  return (
    <>
      {planted && (
        <p class="written">
          {texts.written} <code>{messageInWords(planted.bug.written)}</code> {texts.instead}{" "}
          <code>{messageInWords(planted.bug.right)}</code>
        </p>
      )}
      <p class={`verdict ${verdict}`} role="status">
        {verdict === "correct" ? "✓" : "▲"} {texts.verdicts[verdict]}
        {wrong.length > 0 && `: ${wrong.map(({ name }) => `d${name}`).join(", ")}`}
        <span class="of">
          {" "}
          {texts.cost(
            costEvaluations.toLocaleString("en-US"),
            Math.round(milliseconds).toLocaleString("en-US"),
            iteration.toLocaleString("en-US"),
          )}
        </span>
      </p>
      {wrong.length > 0 && (
        <ul class="explanations">
          {wrong.map(({ name, explanation }) => (
            <li key={name}>{explained(name, explanation)}</li>
          ))}
        </ul>
      )}
      {blocks.map(
        ({ name, verdict, reason }) =>
          verdict === "undecided" && (
            <p key={name}>
              d{name}: {reason && messageInWords(reason)}
            </p>
          ),
      )}
      {notes
        .map((note) => messageInWords(note))
        .map((note) => (
          <p key={note}>{note}</p>
        ))}
      {whole ? (
        <>
          <div class="blocks">
            {blocks.map((block) => (
              <BlockGrid key={block.name} block={block} chosen={chosen} onChoose={onChoose} />
            ))}
          </div>
          <GridLegend />
          <EntryReading blocks={blocks} chosen={chosen} />
        </>
      ) : (
        <p class="caption">{texts.large}</p>
      )}
    </>
  );
}

/** What is wrong with a block, which a sentence need not name. */
function explained(name: string, explanation: Message | undefined): string {
  const text = explanation === undefined ? "" : messageInWords(explanation);
  return text.includes(`d${name}`) ? text : `d${name}: ${text}`;
}
