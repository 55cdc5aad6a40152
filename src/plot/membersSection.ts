import type { Run, StopReason } from "../training/run.js";
import { formatMetric, formatNumber } from "./formatNumber.js";
import type { Markup } from "./markup.js";
import { metricLabel } from "./metricTiles.js";
import { spansOf, sparkline } from "./sparkline.js";
import { table } from "./table.js";

const ENDINGS: Readonly<Record<StopReason, string>> = {
  finished: "ran to the end",
  earlyStopping: "stopped early",
  aborted: "ended by the user",
  nonFinite: "diverged",
};

/** What an ensemble is, how long its members trained, and whose metrics the page shows. */
export function courseOfMembers(runs: readonly Run[]): string {
  const epochs = runs.map((run) => run.epochs);
  const [least, most] = [Math.min(...epochs), Math.max(...epochs)];
  const length = least === most ? formatNumber(most) : `${formatNumber(least)} to ${formatNumber(most)}`;
  const seconds = Math.max(...runs.map((run) => run.seconds));
  const ended = Object.entries(ENDINGS).flatMap(([reason, text]) => {
    const count = runs.filter(({ stopped }) => stopped === reason).length;
    return count === 0 ? [] : [`${count === runs.length ? "all" : formatNumber(count)} ${text}`];
  });
  const kept = runs.every(({ best }) => best !== undefined) ? " Each member has the weights of its best epoch." : "";
  return (
    `An ensemble of ${formatNumber(runs.length)} networks, trained side by side for ${length} ${most === 1 ? "epoch" : "epochs"} in ` +
    `${formatNumber(seconds, 3)} s: ${ended.join(", ")}.${kept} Metrics and predictions are those of the mean of their outputs.`
  );
}

/** Each member: how it ended, the point that its weights come from, and its curves. */
export function membersTable(runs: readonly Run[]): Markup {
  const metric = runs.find(({ best }) => best !== undefined)?.best?.metric;
  const number = (label: string) => ({ label, kind: "number" }) as const;
  const last = ({ history }: Run): Run["history"][number] | undefined => history[history.length - 1];
  const text = (value: number | undefined): string => (value === undefined ? "" : formatMetric(value));
  const curves = runs.map(({ history }) =>
    [
      history.map(({ iteration, dataCost }) => [iteration, dataCost] as const),
      history.map(({ iteration, validation }) => [iteration, validation?.cost ?? Number.NaN] as const),
    ].filter((curve) => curve.some(([, y]) => Number.isFinite(y))),
  );
  const spans = spansOf(curves.flat());
  return table(
    "Members",
    [
      number("member"),
      number("epochs"),
      { label: "ended" },
      ...(metric === undefined ? [] : [number("best epoch"), number(`best validation ${metricLabel(metric)}`)]),
      number("last cost in training"),
      number("last cost in validation"),
      { label: "cost in training, dashed in validation" },
    ],
    runs.map((run, k) => [
      String(k + 1),
      formatNumber(run.epochs),
      ENDINGS[run.stopped],
      ...(metric === undefined
        ? []
        : [run.best === undefined ? "" : formatNumber(run.best.epoch), text(run.best?.value)]),
      text(last(run)?.dataCost),
      text(last(run)?.validation?.cost),
      sparkline(curves[k], spans),
    ]),
  );
}
