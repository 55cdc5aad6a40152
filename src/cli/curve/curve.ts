import { basename } from "node:path";
import { curveReport } from "../../plot/curveReport.js";
import type { CurvePoint } from "../../sweep/curvePoint.js";
import { curveThresholds } from "../../sweep/curveReading.js";
import { type LearningCurve, learningCurve } from "../../sweep/learningCurve.js";
import { drawCurves } from "../chart.js";
import { type CliContext, widthOf } from "../context.js";
import { printJson } from "../flags.js";
import { formatNumber, plural } from "../format.js";
import { interruptible } from "../interrupt.js";
import { OutputFile } from "../outputFile.js";
import { ProgressDisplay } from "../progress.js";
import { readExamples } from "../readExamples.js";
import { formatFacts, formatTable } from "../table.js";
import { trainDefaults } from "../train/config.js";
import { type ChosenConfig, chooseConfig, commandLine, networkSpecFor, trainingSpecFor } from "../train/plan.js";
import { prepare } from "../train/prepare.js";
import { readConfig } from "../train/readConfig.js";
import { packageVersion } from "../version.js";
import type { CurveFlags } from "./command.js";

/** `gradproof curve`: errors against training-set size and against λ, and what they say. */
export async function curve(this: CliContext, flags: CurveFlags, file: string): Promise<void> {
  const {
    labels,
    sizes,
    lambdas,
    seeds = 3,
    goal = curveThresholds.goal,
    config: configFile,
    html,
    overwrite,
    json,
    ...options
  } = flags;
  const chosen = chooseConfig(options, configFile === undefined ? {} : await readConfig(configFile));
  const { table, config: read } = await readExamples(this, file, labels, chosen);
  // What a file of options may hold and this command does not take.
  const { threads: _threads, ...shared } = read;
  const config: ChosenConfig = { ...shared, engine: "wasm", patience: trainDefaults.patience };
  const { encoder, train, validation } = prepare(table, config);
  const { earlyStopping: _, ...training } = trainingSpecFor(config, encoder.task, train, "cost");
  const inputs = [file, labels, configFile];
  const page = html === undefined ? undefined : await OutputFile.plan(html, { overwrite, inputs });
  const display = new ProgressDisplay(this);
  const started = this.now();
  const measured = await interruptible(this, async (signal, stopped) => {
    try {
      return await learningCurve({
        network: networkSpecFor(config, encoder),
        data: train,
        validation,
        training,
        seeds,
        goal,
        ...(sizes && { sizes }),
        ...(lambdas && { lambdas }),
        signal,
        onProgress: ({ done, total }) => {
          const secondsLeft = ((this.now() - started) / 1000 / done) * (total - done);
          display.update({ label: "network", done, total, secondsLeft });
        },
      });
    } catch (thrown) {
      throw signal.aborted ? stopped("there is no curve yet") : thrown;
    } finally {
      display.clear();
    }
  });

  if (page !== undefined) {
    const report = curveReport({
      title: `Learning curve: ${config.target} in ${basename(file)}`,
      curve: measured,
      seeds,
      goal,
      configuration: { ...config, training },
      command: commandOf(file, flags, config),
      version: await packageVersion(),
    });
    await page.write(this, report);
  }
  if (json) printJson(this, { ...measured, ...(html !== undefined && { page: html }) });
  else this.process.stdout.write(`${curveLines(this, measured, table.rows, config.target, html).join("\n")}\n`);
}

function curveLines(
  context: CliContext,
  { bySize, byLambda, reading }: LearningCurve,
  rows: number,
  target: string,
  html: string | undefined,
): string[] {
  const width = widthOf(context.process.stdout);
  const row = (first: string, { training, validation }: CurvePoint): string[] => [
    first,
    ...[training, validation].flatMap(({ mean, spread }) => [formatNumber(mean, 3), formatNumber(spread, 2)]),
  ];
  const errors = ["training error", "±", "validation error", "±"];
  // Errors belong on a linear axis, which the chart leaves where values span orders of magnitude; down here all are 0.
  const floor = Math.max(...bySize.flatMap(({ training, validation }) => [training.mean, validation.mean])) / 25;
  const points = (part: "training" | "validation"): [number, number][] =>
    bySize.map((point) => [point.examples, Math.max(floor, point[part].mean)]);
  const chart = drawCurves(
    "error by training examples",
    [
      { name: "training", points: points("training") },
      { name: "validation", points: points("validation") },
    ],
    context,
  );
  return [
    ...formatFacts(
      [["reading", `${plural(rows, "row")}; ${target}; errors relative to guessing: 1 is no better, 0 is perfect`]],
      width,
    ),
    "",
    ...formatTable(
      { header: ["examples", ...errors], rows: bySize.map((point) => row(formatNumber(point.examples), point)) },
      width,
    ),
    "",
    ...(chart === "" ? [] : [chart, ""]),
    ...(byLambda.length > 0
      ? [
          ...formatTable(
            { header: ["λ       ", ...errors], rows: byLambda.map((point) => row(String(point.l2), point)) },
            width,
          ),
          "",
        ]
      : []),
    ...formatFacts(
      [
        ...reading.sentences.map((sentence, i) => [i === 0 ? "verdict" : "", sentence] as const),
        ...(html === undefined ? [] : [["page", html] as const]),
      ],
      width,
    ),
  ];
}

/** The command that does the same again. */
function commandOf(file: string, flags: CurveFlags, config: ChosenConfig): string {
  const own = (["sizes", "lambdas", "seeds", "goal"] as const).flatMap((name) => {
    const value = flags[name];
    return value === undefined
      ? []
      : [`--${name}`, Array.isArray(value) && value.length === 0 ? "none" : String(value)];
  });
  const training = commandLine({ file, ...(flags.labels !== undefined && { labels: flags.labels }) }, config).replace(
    /^gradproof train/,
    "gradproof curve",
  );
  return [training, ...own].join(" ");
}
