import { formatNumber } from "../../src/plot/formatNumber.js";
import { lineStyle } from "../../src/plot/theme.js";
import type { Lab } from "../state/lab.js";
import type { RunClient } from "../state/runClient.js";
import { strings } from "../strings.js";
import type { Snapshot } from "../worker/protocol.js";
import { BoundaryCanvas } from "./BoundaryCanvas.js";
import { costText, metricText } from "./numbers.js";

/** One run: its boundary, how good it is, and how it does. */
export function Tile({ lab, client, r }: { readonly lab: Lab; readonly client: RunClient; readonly r: number }) {
  const { run: texts } = strings;
  const { name } = lab.experiment.value.runs[r];
  const snapshot = client.snapshot.value;
  const letter = texts.letter(r);
  const selected = lab.selected.value === r;
  const data = lab.data.value;
  const projected = data.train.X.rows > 2;
  const [x, y] = data.train.featureNames ?? ["x", "y"];
  return (
    <article class={selected ? "tile selected" : "tile"} aria-label={`${letter} ${name}`}>
      <header>
        <button
          type="button"
          class="run-name"
          aria-pressed={selected}
          aria-label={texts.select(letter, name)}
          onClick={() => {
            lab.selected.value = r;
          }}
        >
          <LineSample r={r} />
          <b>{letter}</b> <span>{name}</span>
        </button>
        <button
          type="button"
          class="quiet"
          title={texts.fork}
          aria-label={`${texts.fork}: ${letter}`}
          onClick={() => {
            lab.selected.value = r;
            lab.fork();
          }}
        >
          <CopyIcon />
        </button>
        {lab.experiment.value.runs.length > 1 && (
          <button
            type="button"
            class="quiet"
            title={texts.remove}
            aria-label={`${texts.remove}: ${letter}`}
            onClick={() => lab.remove(r)}
          >
            ×
          </button>
        )}
      </header>
      {client.problem.value !== undefined ? (
        <div class="problem" role="alert">
          <b>{texts.problem}</b>
          <p>{client.problem.value}</p>
          <button type="button" onClick={() => lab.restart(r)}>
            {texts.restart}
          </button>
        </div>
      ) : (
        <div class="tile-body">
          <BoundaryCanvas
            boundary={client.boundary.value}
            data={data}
            window={lab.window.value}
            label={texts.boundary(letter, metricText(snapshot?.train), metricText(snapshot?.test))}
          />
          <Numbers snapshot={snapshot} />
        </div>
      )}
      {projected && <p class="caption">{texts.projection(x, y)}</p>}
      <Health client={client} />
    </article>
  );
}

function CopyIcon() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      aria-hidden="true"
    >
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 3.5v-.5a1 1 0 0 0-1-1H3.5a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h.5" />
    </svg>
  );
}

/** A piece of the run's line, as the chart draws it. */
export function LineSample({ r }: { readonly r: number }) {
  const { colour, dash } = lineStyle(r);
  return (
    <svg class="line-sample" width="24" height="8" aria-hidden="true">
      <line x1="1" y1="4" x2="23" y2="4" stroke={colour} stroke-width="2.5" stroke-dasharray={dash} />
    </svg>
  );
}

function Numbers({ snapshot }: { readonly snapshot: Snapshot | undefined }) {
  const { run: texts } = strings;
  const last = snapshot?.curve.at(-1);
  return (
    <div class="numbers">
      <table>
        <tbody>
          <Row name={texts.train} value={metricText(snapshot?.train)} kind="accuracy" />
          <Row name={texts.test} value={metricText(snapshot?.test)} kind="accuracy" />
          <Row name={texts.cost} value={costText(snapshot?.train.cost)} kind="cost" />
          <Row name={texts.testCost} value={costText(snapshot?.test.cost)} kind="cost" />
        </tbody>
      </table>
      {last !== undefined && last.penalty > 0 && (
        <p>{texts.dataAndPenalty(costText(last.dataCost), costText(last.penalty))}</p>
      )}
      {snapshot && (
        <p class="step">
          {texts.step(snapshot.iteration.toLocaleString("en-US"), snapshot.iterations.toLocaleString("en-US"))}
          {snapshot.stopped !== undefined && <b> {texts.stopped[snapshot.stopped]}</b>}
        </p>
      )}
      {snapshot?.best !== undefined && snapshot.stopped !== undefined && (
        <p>{texts.best(snapshot.best.toLocaleString("en-US"))}</p>
      )}
      {snapshot && snapshot.seconds > 0 && snapshot.stopped === undefined && (
        <p class="rate">{texts.perSecond(formatNumber(Math.round(snapshot.iteration / snapshot.seconds), 2))}</p>
      )}
    </div>
  );
}

function Row({ name, value, kind }: { readonly name: string; readonly value: string; readonly kind: string }) {
  return (
    <tr class={kind}>
      <th scope="row">{name}</th>
      <td>{value}</td>
    </tr>
  );
}

function Health({ client }: { readonly client: RunClient }) {
  const { run: texts } = strings;
  const findings = client.findings.value;
  const broken = client.snapshot.value?.broken;
  if (broken !== undefined) return <p class="health ill">▲ {broken}</p>;
  if (findings === undefined || client.snapshot.value?.iteration === 0) return <p class="health">{texts.notYet}</p>;
  if (findings.length === 0) return <p class="health well">✓ {texts.healthy}</p>;
  const more = new Set(findings.map(({ symptom }) => symptom)).size - 1;
  return (
    <p class="health ill">
      ▲ {findings[0].symptom}
      {more > 0 && <> {texts.more(more)}</>}
    </p>
  );
}
