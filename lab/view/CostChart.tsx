import { formatNumber, lineStyle } from "gradproof/report";
import { useId, useState } from "preact/hooks";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import type { CurvePoint } from "../worker/protocol.js";
import { CurveTable } from "./CurveTable.js";
import { type Curve, LineChart } from "./LineChart.js";
import { costText } from "./numbers.js";
import { LineSample } from "./Tile.js";

type Kind = keyof typeof strings.chart.kinds;

/** What each kind draws of a run, the first of them in full. */
const parts: Readonly<Record<Kind, readonly { readonly key: keyof CurvePoint; readonly suffix: string }[]>> = {
  cost: [{ key: "cost", suffix: "" }],
  parts: [
    { key: "dataCost", suffix: ` ${strings.chart.data}` },
    { key: "penalty", suffix: ` ${strings.chart.penalty}` },
  ],
  test: [
    { key: "dataCost", suffix: "" },
    { key: "testCost", suffix: ` ${strings.chart.test}` },
  ],
  rate: [{ key: "learningRate", suffix: "" }],
};

/** The cost of all runs over their steps, with a cursor that reads every one of them. */
export function CostChart({ lab }: { readonly lab: Lab }) {
  const { chart: texts } = strings;
  const [kind, setKind] = useState<Kind>("cost");
  const [chosen, setChosen] = useState<boolean | undefined>();
  const [cursor, setCursor] = useState<number | undefined>();
  const slider = useId();
  const { runs } = lab.experiment.value;
  // Four runs bring new points more often than an eye can follow them.
  void lab.chartTick.value;
  const histories = lab.clients.value.map((client) => client.curve.peek());
  const longest = histories.reduce((a, b) => (b.length > a.length ? b : a), histories[0] ?? []);
  const curves: Curve[] = runs.flatMap((_, r) =>
    parts[kind].map(({ key, suffix }, k) => ({
      name: strings.run.letter(r) + suffix,
      points: (histories[r] ?? []).map((point) => [point.iteration, point[key]] as const),
      ...lineStyle(r),
      faint: k > 0,
    })),
  );
  const log = chosen ?? spansOrders(curves);
  const last = longest.at(-1)?.iteration ?? 0;
  const at = cursor ?? last;
  const text = kind === "rate" ? (rate = Number.NaN): string => formatNumber(rate, 3) : costText;
  return (
    <section class="panel" aria-labelledby={`${slider}-title`}>
      <header>
        <h2 id={`${slider}-title`}>{texts.title}</h2>
        <select aria-label={texts.what} value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)}>
          {Object.entries(texts.kinds).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <label class="switch">
          <input type="checkbox" checked={log} onChange={(event) => setChosen(event.currentTarget.checked)} />
          {texts.log}
        </label>
      </header>
      {longest.length === 0 ? (
        <p class="empty">{texts.empty}</p>
      ) : (
        <>
          <LineChart
            curves={curves}
            height={230}
            log={log}
            xLabel={texts.step}
            yLabel={kind === "rate" ? texts.kinds.rate : texts.title.toLowerCase()}
            cursor={cursor}
            onCursor={setCursor}
          />
          <div class="reading">
            <label for={slider}>{texts.cursor}</label>
            <input
              id={slider}
              type="range"
              min={0}
              max={Math.max(0, longest.length - 1)}
              value={longest.findIndex(({ iteration }) => iteration >= at)}
              aria-valuetext={texts.at(at.toLocaleString("en-US"))}
              onInput={(event) => setCursor(longest[Number(event.currentTarget.value)]?.iteration)}
            />
            <output for={slider}>{cursor === undefined ? texts.latest : texts.at(at.toLocaleString("en-US"))}</output>
            <ul>
              {runs.map((run, r) => (
                <li key={run.name}>
                  <LineSample r={r} /> {strings.run.letter(r)}{" "}
                  <b>{parts[kind].map(({ key }) => text(valueAt(histories[r] ?? [], at)?.[key])).join(" / ")}</b>
                </li>
              ))}
            </ul>
          </div>
          <CurveTable histories={histories} />
        </>
      )}
    </section>
  );
}

/** Whether the curves lie so far apart that a linear axis would press all but one of them flat. */
function spansOrders(curves: readonly Curve[]): boolean {
  const ends = curves.map(({ points }) => points.at(-1)?.[1] ?? 0).filter((y) => y > 0 && Number.isFinite(y));
  let most = 0;
  for (const { points } of curves) for (const [, y] of points) if (Number.isFinite(y)) most = Math.max(most, y);
  return ends.length > 0 && most > 20 * Math.max(...ends);
}

/** The last point at or before a step. */
export function valueAt(history: readonly CurvePoint[], iteration: number): CurvePoint | undefined {
  return history.findLast((point) => point.iteration <= iteration);
}
