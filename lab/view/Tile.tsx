import { symptomInWords } from "gradproof";
import { formatNumber, lineStyle } from "gradproof/report";
import { useEffect, useRef } from "preact/hooks";
import type { Lab } from "../state/lab.js";
import type { RunClient } from "../state/runClient.js";
import { strings } from "../strings.js";
import type { Snapshot } from "../worker/protocol.js";
import { BoundaryCanvas } from "./BoundaryCanvas.js";
import { LazyGallery } from "./lazyParts.js";
import { costText, metricText } from "./numbers.js";

/** One run: its boundary, how good it is, and how it does. */
export function Tile({ lab, client, r }: { readonly lab: Lab; readonly client: RunClient; readonly r: number }) {
  const { run: texts } = strings;
  const { name } = lab.experiment.value.runs[r];
  const snapshot = client.snapshot.value;
  const letter = texts.letter(r);
  const selected = lab.selected.value === r;
  const tile = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!tile.current) return;
    const observer = new IntersectionObserver((entries) => {
      client.visible = entries[entries.length - 1].isIntersecting;
    });
    observer.observe(tile.current);
    return () => observer.disconnect();
  }, [client]);
  const points = lab.points.value;
  return (
    <article ref={tile} class={selected ? "tile selected" : "tile"} aria-label={`${letter} ${name}`}>
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
          <button type="button" onClick={() => lab.restart(r, true)}>
            {texts.restart}
          </button>
        </div>
      ) : (
        <div class="tile-body">
          {points?.images ? (
            <LazyGallery letter={letter} images={points.images} predictions={client.gallery.value} />
          ) : (
            <BoundaryCanvas
              boundary={client.boundary.value}
              points={points}
              label={texts.boundary(letter, metricText(snapshot?.train), metricText(snapshot?.test))}
            />
          )}
          <Numbers client={client} />
        </div>
      )}
      {points && points.features.length > 2 && (
        <p class="caption">{texts.projection(points.features[0].name, points.features[1].name)}</p>
      )}
      <footer>
        <Health client={client} />
        <Steps snapshot={snapshot} />
      </footer>
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

function Numbers({ client }: { readonly client: RunClient }) {
  const { run: texts } = strings;
  const snapshot = client.snapshot.value;
  const last = client.curve.value.at(-1);
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
      {snapshot?.best !== undefined && snapshot.stopped !== undefined && (
        <p>{texts.best(snapshot.best.toLocaleString("en-US"))}</p>
      )}
      {snapshot && snapshot.seconds > 0 && (
        <p class="rate">
          {texts.perSecond(formatNumber(Number((snapshot.iteration / snapshot.seconds).toPrecision(2))))}
        </p>
      )}
      {snapshot?.engine === "readable" && <p>{texts.readable}</p>}
    </div>
  );
}

/** How far the run is, or why it has ended. */
function Steps({ snapshot }: { readonly snapshot: Snapshot | undefined }) {
  const { run: texts } = strings;
  if (snapshot === undefined) return null;
  const { iteration, iterations, stopped } = snapshot;
  const done = iteration.toLocaleString("en-US");
  return (
    <p class="step">
      {stopped === undefined || stopped === "finished"
        ? texts.step(done, iterations.toLocaleString("en-US"))
        : texts.stoppedAt(texts.stopped[stopped], done)}
    </p>
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
      ▲ {symptomInWords(findings[0].symptom)}
      {more > 0 && <> {texts.more(more)}</>}
    </p>
  );
}
