import { type FeatureRule, featureCount, hasRare } from "../../data/featureRule.js";
import type { Model } from "../../formats/model.js";
import type { TrainingSummary } from "../../formats/trainingSummary.js";
import { parameterCount } from "../../network/layout.js";
import type { Network } from "../../network/network.js";
import { isPenalized } from "../../network/penalty.js";
import type { UnitLayer } from "../../network/program.js";
import { sizesInWords } from "../../network/sizes.js";
import { modelIn } from "../../node/modelFiles.js";
import { withOwnNumbers, wordsOf } from "../../ops/labels.js";
import { isDense } from "../../ops/layer/dense/dense.js";
import { activationVocabulary } from "../../ops/vocabulary/activationVocabulary.js";
import { averageVocabulary } from "../../ops/vocabulary/averageVocabulary.js";
import { lossVocabulary } from "../../ops/vocabulary/lossVocabulary.js";
import { optimizerVocabulary } from "../../ops/vocabulary/optimizerVocabulary.js";
import { scheduleVocabulary } from "../../ops/vocabulary/scheduleVocabulary.js";
import { metricLabel, shownMetrics } from "../../plot/metricTiles.js";
import { parseTrainingSpec } from "../../training/parseTraining.js";
import { type CliContext, widthOf } from "../context.js";
import { printJson } from "../flags.js";
import { formatCount, formatNumber, plural } from "../format.js";
import { formatFacts, formatTable } from "../table.js";
import { readCurrent } from "../train/readResults.js";
import type { InspectFlags } from "./command.js";
import { shownSteps, stepTable } from "./stepTable.js";

/** `gradproof inspect`: what a model file holds. */
export async function inspect(this: CliContext, { json }: InspectFlags, file: string): Promise<void> {
  const model = await modelIn(file, await readCurrent(file));
  if (json) printJson(this, toJson(model));
  else this.process.stdout.write(`${describe(model, file, widthOf(this.process.stdout)).join("\n")}\n`);
}

function describe(model: Model, file: string, width: number): string[] {
  const { network, members, encoder, threshold, summary } = model;
  const { spec, theta } = network;
  const facts: [string, string][] = [
    ["model", file],
    [
      "network",
      `${sizesInWords(network.program, spec.layers.length)}, ${plural(theta.length, "parameter")}, ${spec.dtype}`,
    ],
    ...(members === undefined
      ? []
      : [["ensemble", `${members.length} members; below, the first`] satisfies [string, string]]),
    ["loss", withOwnNumbers(lossVocabulary, spec.loss)],
    ...(encoder === undefined ? [] : [["predicts", describeTarget(encoder)] satisfies [string, string]]),
    ...(threshold === undefined
      ? []
      : [["threshold", describeThreshold(threshold, encoder)] satisfies [string, string]]),
    ...(encoder?.ids.length ? [["rows by", encoder.ids.join(", ")] satisfies [string, string]] : []),
  ];
  return [
    ...formatFacts(facts, width),
    "",
    ...formatTable(isDenseAlone(network) ? layerTable(network) : stepTable(network), width),
    ...(encoder === undefined ? [] : ["", ...formatTable(featureTable(model, encoder.features), width)]),
    ...(summary === undefined ? [] : ["", ...describeTraining(summary, width)]),
  ];
}

function describeTarget({ target }: NonNullable<Model["encoder"]>): string {
  return target.task === "regression"
    ? `${target.name} (regression)`
    : `${target.name} (${target.task}: ${target.classes.join(", ")})`;
}

/** `0.01961: yes where its probability is greater`. */
function describeThreshold(threshold: number, encoder: Model["encoder"]): string {
  const [, positive = "class 1"] = encoder?.classNames ?? [];
  return `${formatNumber(threshold)}: ${positive} where its probability is greater`;
}

/** Whether each layer is a dense one, which a table of weights says all of. */
function isDenseAlone({ spec }: Network): boolean {
  return spec.layers.every(isDense);
}

/** Shape, activation, size and spread of each layer's weights. */
function layerTable({ layers, program }: Network): { header: string[]; rows: string[][] } {
  return {
    header: ["layer", "activation", "W", "parameters", "‖W‖"],
    rows: layers.map(({ W, activation }, l) => {
      return [
        String(l + 1),
        [wordsOf(activationVocabulary, activation.name).label, ...Object.values(activation.options).map(String)].join(
          " ",
        ),
        `${W.rows} × ${W.columns}`,
        formatCount(parametersOf(program.unitLayers[l])),
        formatNumber(norm(W.data)),
      ];
    }),
  };
}

/** Number of parameters of a layer, those that its activation learns among them. */
function parametersOf({ sums, activation }: UnitLayer): number {
  return parameterCount([...sums.parameters, ...activation.parameters]);
}

/** Columns that are listed; of more, such as the pixels of images, only the first and the last. */
const mostColumns = 100;
const shownColumns = 5;

/** The columns a table must have, and how they become features. */
function featureTable({ normalizer }: Model, features: readonly FeatureRule[]): { header: string[]; rows: string[][] } {
  let feature = 0;
  const all = features.map((rule) => {
    const first = feature;
    feature += featureCount(rule);
    if (rule.kind === "categorical") {
      const names = rule.categories.map((category) => category ?? "(missing)");
      if (hasRare(rule)) names.push("(rare)");
      const shown = names.slice(0, 6).join(", ") + (names.length > 6 ? `, … (${names.length})` : "");
      return [rule.name, rule.encoding === "codes" ? "codes" : rule.kind, "", "", shown];
    }
    const center = normalizer?.center[first];
    const scale = normalizer?.scale[first];
    return [
      rule.name,
      rule.kind,
      center === undefined ? "" : formatNumber(center),
      scale === undefined ? "" : formatNumber(scale),
      "",
    ];
  });
  const left = all.length - 2 * shownColumns;
  const rows =
    all.length <= mostColumns
      ? all
      : [...all.slice(0, shownColumns), [`… ${formatCount(left)} more`, "", "", "", ""], ...all.slice(-shownColumns)];
  return { header: ["column", "kind", "center", "scale", "categories"], rows };
}

function describeTraining(summary: TrainingSummary, width: number): string[] {
  const { training, epochs, bestEpoch, trainingExamples, metrics } = summary;
  const { type } = parseTrainingSpec(training).optimizer;
  const how = [
    `${wordsOf(optimizerVocabulary, type).label}, α = ${training.learningRate}`,
    ...(training.schedule ? [`schedule ${withOwnNumbers(scheduleVocabulary, training.schedule)}`] : []),
    `batches of ${formatCount(training.batchSize ?? trainingExamples)}`,
    ...(isPenalized({ l1: training.l1 ?? 0 }) ? [`λ of L1 = ${[training.l1].flat().join(", ")}`] : []),
    ...(isPenalized({ l2: training.l2 ?? 0 }) ? [`λ = ${[training.l2].flat().join(", ")}`] : []),
    ...(training.average ? [`weights averaged (${withOwnNumbers(averageVocabulary, training.average)})`] : []),
    ...(training.keep !== undefined && String(training.keep) !== "1" ? [`keep ${training.keep}`] : []),
  ];
  const best = bestEpoch === undefined ? "" : `, weights of epoch ${formatCount(bestEpoch)}`;
  const course = `${plural(epochs, "epoch")} on ${plural(trainingExamples, "row")}${best}`;
  const parts = Object.keys(metrics);
  const names = shownMetrics(Object.assign({}, ...parts.map((part) => metrics[part])));
  const rows = names.map((name) => [
    metricLabel(name),
    ...parts.map((part) => (metrics[part][name] === undefined ? "" : formatNumber(metrics[part][name]))),
  ]);
  return [
    ...formatFacts(
      [
        ["trained", course],
        ["with", how.join(", ")],
      ],
      width,
    ),
    ...(rows.length === 0 ? [] : ["", ...formatTable({ header: ["", ...parts], rows }, width)]),
  ];
}

function toJson({ network, encoder, normalizer, targetNormalizer, threshold, summary }: Model): object {
  return {
    network: network.spec,
    parameters: network.theta.length,
    layers: network.layers.map(({ W, units, inputs }, l) => ({
      inputs,
      units,
      parameters: parametersOf(network.program.unitLayers[l]),
      weightNorm: norm(W.data),
    })),
    ...(!isDenseAlone(network) && { steps: shownSteps(network) }),
    ...(encoder && { target: encoder.target, features: encoder.features }),
    ...(encoder && encoder.ids.length > 0 && { ids: encoder.ids }),
    ...(normalizer && { normalizer }),
    ...(targetNormalizer && { targetNormalizer }),
    ...(threshold !== undefined && { threshold }),
    ...(summary && { summary }),
  };
}

function norm(values: Iterable<number>): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
