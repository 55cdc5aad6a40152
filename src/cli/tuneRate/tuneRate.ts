import { requireEngineName } from "../../engine/requireEngineName.js";
import { network } from "../../network/network.js";
import { engineNames } from "../../node/engineNames.js";
import { openEngine } from "../../node/engines.js";
import { nameOf } from "../../ops/choice.js";
import { resolve } from "../../pipeline/resolve.js";
import { learningRateReport } from "../../plot/learningRateReport.js";
import { findLearningRate, notOfSearches } from "../../training/findLearningRate.js";
import type { RateSearch } from "../../training/rateCurve.js";
import type { TrainingSpec } from "../../training/spec.js";
import { drawCurves } from "../chart.js";
import { type CliContext, widthOf } from "../context.js";
import { printJson } from "../flags.js";
import { formatNumber, plural } from "../format.js";
import { interruptible } from "../interrupt.js";
import { chosenBy, noFile, readConfigFile } from "../options/configFile.js";
import { viewOf } from "../options/configured.js";
import { optionsOf } from "../options/options.js";
import type { ChosenConfiguration } from "../options/runConfiguration.js";
import { ofOne } from "../options/runConfiguration.js";
import { OutputFile } from "../outputFile.js";
import { prepareExamples } from "../prepareExamples.js";
import { ProgressDisplay } from "../progress.js";
import { formatFacts } from "../table.js";
import { commandLine, type Source, sourceName } from "../train/source.js";
import { packageVersion } from "../version.js";
import { type TuneRateFlags, tuneRateLeavesOut } from "./command.js";

/** `gradproof tune-rate`: a learning rate, and the curve that it comes from. */
export async function tuneRate(this: CliContext, flags: TuneRateFlags, file?: string): Promise<void> {
  const { from, to, steps, labels, config: configFile, html, overwrite, json } = flags;
  const said = configFile === undefined ? noFile : await readConfigFile(configFile);
  const chosen = ofOne(chosenBy(said, optionsOf(flags)));
  const { config, prepared } = await prepareExamples(this, { file, labels }, chosen);
  const resolved = resolve(config, prepared);
  const page =
    html === undefined ? undefined : await OutputFile.plan(html, { overwrite, inputs: [file, labels, configFile] });
  const name = requireEngineName(`${configFile}: engine`, config.engine, engineNames);
  const { engine, close } = openEngine(name, config.threads);
  const display = new ProgressDisplay(this);
  const found = await interruptible(this, async (signal, stopped) => {
    try {
      const search = await findLearningRate(network(resolved.network), prepared.train, {
        ...stepsOnly(resolved.training),
        ...{ from, to, steps, engine, signal },
        onStep: ({ cost, learningRate }, step) =>
          display.update({ label: "step", done: step + 1, total: steps ?? 100, cost, learningRate }),
      });
      if (search.ended === "aborted") throw stopped("there is no suggestion yet");
      return search;
    } finally {
      display.clear();
      close();
    }
  });

  if (page !== undefined) {
    const report = learningRateReport({
      title: `Learning rate: ${config.data.target} in ${sourceName(sourceOf(file), config)}`,
      search: found,
      configuration: viewOf(config),
      command: commandOf(file, flags, config),
      version: await packageVersion(),
    });
    await page.write(this, report);
  }
  if (json) printJson(this, { ...found, ...(html !== undefined && { page: html }) });
  else this.process.stdout.write(`${linesOf(this, found, resolved.training, config.members, html).join("\n")}\n`);
}

/** What of a training decides its steps alone. */
function stepsOnly(training: TrainingSpec): TrainingSpec {
  const leftOut: readonly string[] = notOfSearches;
  return Object.fromEntries(Object.entries(training).filter(([key]) => !leftOut.includes(key)));
}

function linesOf(
  context: CliContext,
  { points, lowest, suggestion, ended }: RateSearch,
  { optimizer = "adam", batchSize }: TrainingSpec,
  members: number | undefined,
  html: string | undefined,
): string[] {
  const rate = (value: number): string => String(Number(value.toPrecision(2)));
  const curve = (name: string, y: "cost" | "smoothed") => ({
    name,
    points: points.map((point) => [Math.log10(point.learningRate), point[y]] as const),
  });
  const chart = drawCurves("cost by learning rate", [curve("smoothed", "smoothed")], context, (x) =>
    (10 ** x).toExponential(0),
  );
  const last = points.at(-1);
  const endings: Readonly<Record<RateSearch["ended"], string>> = {
    diverged: `the cost rose at ${rate(last?.learningRate ?? 0)}`,
    nonFinite: "the cost was no longer finite",
    finished: "all steps were made",
    aborted: "it was ended",
  };
  const batch = batchSize === undefined ? "full batches" : `batches of ${batchSize}`;
  const whose = members === undefined || members === 1 ? "" : `, the first of ${members} members`;
  const facts: (readonly [string, string])[] = [
    ["searched", `${plural(points.length, "step")} of ${nameOf(optimizer)} on ${batch}${whose}; ${endings[ended]}`],
  ];
  if (lowest !== undefined)
    facts.push(["lowest", `cost ${formatNumber(lowest.smoothed, 3)} at ${rate(lowest.learningRate)}`]);
  facts.push([
    "suggested",
    suggestion === undefined
      ? "nothing: the cost has not fallen; try other rates with --from and --to, or more --steps"
      : `--learning-rate ${suggestion}, a tenth of that`,
  ]);
  if (html !== undefined) facts.push(["page", html]);
  return [...(chart === "" ? [] : [chart, ""]), ...formatFacts(facts, widthOf(context.process.stdout))];
}

const sourceOf = (file: string | undefined): Source => (file === undefined ? {} : { file });

/** The command that does the same again. */
function commandOf(file: string | undefined, flags: TuneRateFlags, config: ChosenConfiguration): string {
  const own = (["from", "to", "steps"] as const).flatMap((name) =>
    flags[name] === undefined ? [] : [`--${name}`, String(flags[name])],
  );
  const source = { ...sourceOf(file), ...(flags.labels !== undefined && { labels: flags.labels }) };
  const said = flags.config === undefined ? undefined : { file: flags.config, flags: optionsOf(flags) };
  return [commandLine("tune-rate", source, config, said, tuneRateLeavesOut), ...own].join(" ");
}
