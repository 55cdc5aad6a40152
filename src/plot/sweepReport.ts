import { requireList, requireRecord } from "../constraint/kinds.js";
import type { MetricName } from "../metrics/isHigherBetter.js";
import { isHigherBetter } from "../metrics/isHigherBetter.js";
import type { SweepTrial } from "../sweep/ranking.js";
import type { SearchSpace, SettingValue } from "../sweep/space.js";
import { configurationSection } from "./configurationSection.js";
import { figure, wideFigure } from "./figure.js";
import { formatMetric, formatNumber } from "./formatNumber.js";
import { htmlDocument } from "./htmlDocument.js";
import { type Markup, markup } from "./markup.js";
import { metricLabel } from "./metricTiles.js";
import { parallelChart } from "./parallelChart.js";
import { settingChart } from "./settingChart.js";
import { type Column, table } from "./table.js";

/** What a report on a sweep is made from: plain data. */
export interface SweepReportInput {
  readonly title: string;
  /** What trials were ranked by, on held-out data. */
  readonly metric: MetricName;
  /** From the best to the worst, at least one that did not fail. */
  readonly trials: readonly SweepTrial[];
  readonly search: SearchSpace;
  /** How a value of a setting is written. Default: as JSON, texts as they are. */
  readonly settingText?: (value: SettingValue) => string;
  readonly configuration: Readonly<Record<string, unknown>>;
  /** The command that repeats the sweep. */
  readonly command: string;
  /** Version of gradproof. */
  readonly version?: string;
}

/** Rows of the table; a page of thousands helps nobody, and the journal has them all. */
const mostRows = 200;

/**
 * A report on a sweep as a self-contained HTML page: the best trial, parallel coordinates of all, each setting against
 * the result, the table of trials, the configuration and the command that repeats it.
 *
 * @returns an HTML document, without script or request
 * @throws RangeError where no trial has a value
 *
 * @example
 * import { sweep } from "gradproof/sweep";
 * import { sweepReport } from "gradproof/report";
 * const search = { l2: [0, 0.1, 1] };
 * const { trials } = await sweep({ search, run: ({ settings: { l2 } }) => (l2 - 0.1) ** 2 });
 * const command = "gradproof sweep data.csv --target y --search l2=0,0.1,1";
 * const page = sweepReport({ title: "data.csv", metric: "cost", trials, search, configuration: {}, command });
 * page.startsWith("<!doctype html>"); // => true
 */
export function sweepReport(input: SweepReportInput): string {
  requireRecord("sweepReport(): input", input);
  requireRecord("sweepReport(): search", input.search);
  requireList("sweepReport(): trials", input.trials);
  const { title, metric, trials, search, configuration, command, version } = input;
  const { settingText = plainText } = input;
  const names = Object.keys(search);
  const valued = trials.flatMap((trial) =>
    trial.value === undefined ? [] : [{ ...trial, value: trial.value, spread: trial.spread ?? 0 }],
  );
  if (valued.length === 0) throw new RangeError("sweepReport(): no trial has a value");
  const best = valued[0];
  const label = `validation ${metricLabel(metric)}`;
  const runs = trials.reduce((sum, trial) => sum + trial.runs.length, 0);
  const failed = trials.length - valued.length;
  const setting = (trial: SweepTrial, name: string) => ({
    value: trial.settings[name],
    text: settingText(trial.settings[name]),
  });
  // Values of trials that were trained for different times cannot be compared in one picture.
  const comparable = valued.filter(({ budget }) => budget === best.budget);
  const drawn = comparable.length >= 3 ? comparable : valued;
  const chosen = names.map((name) => `${name} ${settingText(best.settings[name])}`).join(", ");
  return htmlDocument(
    title,
    markup`<header><h1>${title}</h1>
<p class="quiet">${trials.length} trials${runs > trials.length && `, ${formatNumber(runs)} runs`}, ranked by ${label} (${isHigherBetter(metric) ? "higher" : "lower"} is better).${failed > 0 && ` ${failed} failed.`}${version && ` gradproof ${version}.`}</p></header>
<main>
<div class="tiles"><div class="tile"><h3>Best: trial ${best.trial}</h3><p class="headline">${formatMetric(best.value)}${best.runs.length > 1 && markup` <small>± ${formatNumber(best.spread, 2)}</small>`}</p><dl>${names.map((name) => markup`<dt>${name}</dt><dd>${settingText(best.settings[name])}</dd>`)}</dl></div></div>
<h2>All trials at a glance</h2>
${wideFigure(
  (width) =>
    parallelChart({
      title: `Settings and ${label}`,
      names,
      valueLabel: metricLabel(metric),
      trials: drawn.map((trial) => ({ settings: names.map((name) => setting(trial, name)), value: trial.value })),
      width,
    }),
  `A line a trial; the best is ${chosen}. Where the blue lines meet on an axis, that setting matters; where they cross it everywhere, it does not.${drawn.length < valued.length ? ` Only the ${drawn.length} trials that were trained to the full length.` : drawn.some(({ budget }) => budget < best.budget) ? " Trials that were given up early are shown as they were then, after less training." : ""}`,
)}
<h2>Each setting against the result</h2>
<div class="figures">${names.map((name) =>
      figure(
        settingChart({
          title: `${name === "l2" ? "λ (l2)" : name} against ${label}`,
          name: name === "l2" ? "λ (l2)" : name,
          valueLabel: label,
          trials: drawn.map((trial) => ({ setting: setting(trial, name), value: trial.value, spread: trial.spread })),
          width: 344,
        }),
        "A dot a trial, the best in orange; the bar is one standard deviation over its runs.",
      ),
    )}</div>
<h2>Trials</h2>
${trialTable(trials, names, label, settingText)}
${configurationSection(configuration, command)}
</main>`,
  );
}

function trialTable(
  trials: readonly SweepTrial[],
  names: readonly string[],
  label: string,
  settingText: (value: SettingValue) => string,
): Markup {
  const rows = trials.slice(0, mostRows);
  const partly = trials.some(({ budget }) => budget < 1);
  const several = trials.some(({ runs }) => runs.length > 1);
  const failed = trials.some(({ failure }) => failure !== undefined);
  const columns: Column[] = [
    { label: "rank" },
    { label: "trial", kind: "number" },
    ...names.map((name) => ({ label: name, kind: "number" as const })),
    { label, kind: "number" },
    ...(several
      ? [
          { label: "± spread", kind: "number" as const },
          { label: "runs", kind: "number" as const },
        ]
      : []),
    ...(partly ? [{ label: "training time", kind: "number" as const }] : []),
    ...(failed ? [{ label: "note", kind: "long" as const }] : []),
  ];
  const caption = rows.length < trials.length ? `The best ${rows.length} of ${trials.length} trials` : "Best first";
  return table(
    caption,
    columns,
    rows.map(({ trial, settings, value, spread, runs, budget, failure }, i) => [
      String(i + 1),
      String(trial),
      ...names.map((name) => settingText(settings[name])),
      value === undefined ? "failed" : formatMetric(value),
      ...(several ? [spread === undefined ? "" : formatNumber(spread, 2), String(runs.length)] : []),
      ...(partly ? [budget === 1 ? "full" : `1/${formatNumber(Math.round(1 / budget))}`] : []),
      ...(failed ? [failure ?? ""] : []),
    ]),
  );
}

function plainText(value: SettingValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
