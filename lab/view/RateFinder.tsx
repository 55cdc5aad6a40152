import type { RateSearch } from "gradproof";
import { formatNumber } from "gradproof/report";
import { useEffect, useMemo } from "preact/hooks";
import type { Lab } from "../state/lab.js";
import { RateClient } from "../state/rateClient.js";
import { strings } from "../strings.js";
import { LineChart } from "./LineChart.js";
import { ScrollTable } from "./ScrollTable.js";

const { rates: texts } = strings;
/** Costs that lie further apart are drawn on a logarithmic axis. */
const WIDE = 30;

/** Searches a learning rate for the selected run: its curve, what it suggests, and a button that takes it. */
export function RateFinder({ lab }: { readonly lab: Lab }) {
  const client = useMemo(() => new RateClient(), []);
  useEffect(() => () => client.dispose(), [client]);
  const run = lab.selectedRun.value;
  const { data } = lab.experiment.value;
  // What was found of another run says nothing of this one; the rate itself is no part of the search.
  const { learningRate: _, ...training } = run.training;
  const subject = JSON.stringify([run.network, training, run.normalize]);
  useEffect(() => client.clear(), [client, subject, data]);

  const points = client.points.value;
  const search = client.search.value;
  const suggestion = search?.suggestion;
  const smoothed = points.map((point) => point.smoothed);
  // A single step at too large a rate would press all the others flat.
  const shown = points.filter(({ cost }) => cost <= Math.max(...smoothed));
  const log = Math.min(...smoothed) > 0 && Math.max(...smoothed) > WIDE * Math.min(...smoothed);
  return (
    <>
      <p class="caption">{texts.what}</p>
      <button type="button" onClick={() => (client.busy.value ? client.stop() : client.start(run, data))}>
        {client.busy.value ? texts.stop : texts.search}
      </button>
      {client.problem.value !== undefined && (
        <p class="notice" role="alert">
          {client.problem.value}
        </p>
      )}
      {points.length > 0 && (
        <>
          <LineChart
            curves={[
              {
                name: texts.each,
                points: shown.map(({ learningRate, cost }) => [learningRate, cost] as const),
                colour: "var(--line-0)",
                dash: "none",
                faint: true,
              },
              {
                name: texts.smoothed,
                points: points.map(({ learningRate }, k) => [learningRate, smoothed[k]] as const),
                colour: "var(--line-0)",
                dash: "none",
              },
            ]}
            height={170}
            log={log}
            logX
            xLabel={texts.axis}
            yLabel={texts.cost}
            cursor={suggestion}
          />
          <ScrollTable
            title={texts.table}
            head={[texts.axis, texts.cost, texts.smoothed]}
            rows={() =>
              points.map((point) =>
                [point.learningRate, point.cost, point.smoothed].map((number) => formatNumber(number, 3)),
              )
            }
          />
        </>
      )}
      {search !== undefined && <p role="status">{found(search)}</p>}
      {suggestion !== undefined && (
        <button
          type="button"
          onClick={() => lab.edit((run) => ({ ...run, training: { ...run.training, learningRate: suggestion } }))}
        >
          {texts.take(String(suggestion))}
        </button>
      )}
    </>
  );
}

/** What the search has found, and why it ended. */
function found({ suggestion, lowest, ended }: RateSearch): string {
  if (suggestion === undefined || lowest === undefined) return `${texts.ended[ended]} ${texts.nothing}`;
  return `${texts.ended[ended]} ${texts.suggested(
    String(suggestion),
    formatNumber(lowest.learningRate, 2),
    formatNumber(lowest.smoothed, 3),
  )}`;
}
