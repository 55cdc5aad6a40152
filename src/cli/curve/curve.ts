import { OptionError } from "../../constraint/constraint.js";
import { openEngine } from "../../node/engines.js";
import { resolve } from "../../pipeline/resolve.js";
import { curveReport } from "../../plot/curveReport.js";
import type { CurvePoint } from "../../sweep/curvePoint.js";
import { curveThresholds } from "../../sweep/curveReading.js";
import { type LearningCurve, learningCurve } from "../../sweep/learningCurve.js";
import { drawCurves } from "../chart.js";
import { type CliContext, widthOf } from "../context.js";
import { printJson } from "../flags.js";
import { formatNumber, plural } from "../format.js";
import { interruptible } from "../interrupt.js";
import { chosenBy, noFile, readConfigFile } from "../options/configFile.js";
import { viewOf } from "../options/configured.js";
import { optionsOf } from "../options/options.js";
import { type ChosenConfiguration, ofOne, start } from "../options/runConfiguration.js";
import { OutputFile } from "../outputFile.js";
import { prepareExamples } from "../prepareExamples.js";
import { ProgressDisplay } from "../progress.js";
import { formatFacts, formatTable } from "../table.js";
import { commandLine, type Source, sourceName } from "../train/source.js";
import { packageVersion } from "../version.js";
import { type CurveFlags, curveLeavesOut } from "./command.js";

/** `gradproof curve`: errors against training-set size and against λ, and what they say. */
export async function curve(this: CliContext, flags: CurveFlags, file?: string): Promise<void> {
  const { labels, sizes, lambdas, seeds = 3, goal = curveThresholds.goal, config: configFile, html } = flags;
  const { overwrite, json } = flags;
  const said = configFile === undefined ? noFile : await readConfigFile(configFile);
  const chosen = ofOne(chosenBy(said, optionsOf(flags)));
  const { config: read, prepared } = await prepareExamples(this, { file, labels }, chosen);
  // What a file of options may hold and this command does not take.
  const { threads: _threads, ...shared } = read;
  const { earlyStopping } = start.training;
  const config: ChosenConfiguration = {
    ...shared,
    training: { ...shared.training, ...(earlyStopping && { earlyStopping }) },
    engine: "wasm",
  };
  const { members = 1 } = config;
  const { train, validation } = prepared;
  if (validation === undefined) {
    throw new OptionError("curve: one part of the table judges all members; give --validation a share, such as 0.2");
  }
  const resolved = resolve(config, prepared);
  const { earlyStopping: _, ...training } = resolved.training;
  const inputs = [file, labels, configFile];
  const page = html === undefined ? undefined : await OutputFile.plan(html, { overwrite, inputs });
  const display = new ProgressDisplay(this);
  const { engine, close } = openEngine();
  const started = this.now();
  const measured = await interruptible(this, async (signal, stopped) => {
    try {
      return await learningCurve({
        network: resolved.network,
        data: train,
        validation,
        training,
        seeds,
        goal,
        members,
        ...(sizes && { sizes }),
        ...(lambdas && { lambdas }),
        signal,
        engine,
        onProgress: ({ done, total }) => {
          const secondsLeft = ((this.now() - started) / 1000 / done) * (total - done);
          display.update({ label: members > 1 ? "ensemble" : "network", done, total, secondsLeft });
        },
      });
    } catch (thrown) {
      throw signal.aborted ? stopped("there is no curve yet") : thrown;
    } finally {
      close();
      display.clear();
    }
  });

  if (page !== undefined) {
    const report = curveReport({
      title: `Learning curve: ${config.data.target} in ${sourceName(sourceOf(file), config)}`,
      curve: measured,
      seeds,
      members,
      goal,
      configuration: { ...viewOf(config), training },
      command: commandOf(file, flags, config),
      version: await packageVersion(),
    });
    await page.write(this, report);
  }
  if (json) printJson(this, { ...measured, ...(html !== undefined && { page: html }) });
  else
    this.process.stdout.write(
      `${curveLines(this, measured, train.X.columns + validation.X.columns, config, html).join("\n")}\n`,
    );
}

function curveLines(
  context: CliContext,
  { bySize, byLambda, reading }: LearningCurve,
  rows: number,
  { data: { target }, members = 1 }: ChosenConfiguration,
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
      [
        [
          "reading",
          `${plural(rows, "row")}; ${target}; ${members > 1 ? `ensembles of ${members}; ` : ""}errors relative to guessing: 1 is no better, 0 is perfect`,
        ],
      ],
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

const sourceOf = (file: string | undefined): Source => (file === undefined ? {} : { file });

/** The command that does the same again. */
function commandOf(file: string | undefined, flags: CurveFlags, config: ChosenConfiguration): string {
  const own = (["sizes", "lambdas", "seeds", "goal"] as const).flatMap((name) => {
    const value = flags[name];
    return value === undefined
      ? []
      : [`--${name}`, Array.isArray(value) && value.length === 0 ? "none" : String(value)];
  });
  const source = { ...sourceOf(file), ...(flags.labels !== undefined && { labels: flags.labels }) };
  const said = flags.config === undefined ? undefined : { file: flags.config, flags: optionsOf(flags) };
  return [commandLine("curve", source, config, said, curveLeavesOut), ...own].join(" ");
}
