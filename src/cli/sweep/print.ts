import type { Table } from "../../data/table.js";
import type { TableEncoder } from "../../data/tableEncoder.js";
import { metricLabel } from "../../plot/metricTiles.js";
import type { SweepTrial } from "../../sweep/ranking.js";
import { isRange, type SearchSpace } from "../../sweep/space.js";
import type { SweepPlan, SweepResult } from "../../sweep/sweep.js";
import type { TrackedMetric } from "../../training/spec.js";
import { type CliContext, widthOf } from "../context.js";
import { formatCount, formatNumber, plural } from "../format.js";
import { optionWords } from "../options/configured.js";
import { optionsOf } from "../options/options.js";
import type { RunConfiguration } from "../options/runConfiguration.js";
import { quoteForShell } from "../shell.js";
import { formatFacts, formatTable } from "../table.js";
import type { SweepFlags } from "./command.js";
import { settingText } from "./searchFields.js";

/** What is about to be searched. */
export function describeSweep(
  context: CliContext,
  facts: {
    readonly table: Table;
    readonly encoder: TableEncoder;
    readonly planned: SweepPlan;
    readonly metric: TrackedMetric;
    /** Networks that each run trains. */
    readonly members: number;
    readonly folder: string;
    readonly finished: number;
  },
): string[] {
  const { table, encoder, planned, metric, members, folder, finished } = facts;
  const { rungs, seeds, folds, method, better } = planned;
  const runs = rungs.reduce((sum, { trials }) => sum + trials, 0) * seeds * folds;
  const shape = [
    plural(rungs[0].trials, "trial"),
    ...(rungs.length > 1
      ? [
          `best ${rungs
            .slice(1)
            .map(({ trials }) => trials)
            .join(", ")} trained on`,
        ]
      : []),
    ...(folds > 1 ? [plural(folds, "fold")] : []),
    ...(seeds > 1 ? [plural(seeds, "seed")] : []),
  ];
  const each = members > 1 ? ` of ${members} members` : "";
  return formatFacts(
    [
      [
        "reading",
        `${plural(table.rows, "row")}, ${plural(table.columns.length, "column")}; ${encoder.target.name}: ${encoder.task}`,
      ],
      [
        "search",
        `${method}, ${shape.join(", ")}: ${plural(runs, "run")}${each}, ranked by validation ${metricLabel(metric)} (${better} is better)`,
      ],
      ...(finished > 0 ? [["going on", `${plural(finished, "run")} of ${folder} already finished`] as const] : []),
    ],
    widthOf(context.process.stdout),
  );
}

/** Trials a terminal shows. */
const shown = 12;

/** The trials, best first, and where everything is. */
export function printTrials(
  context: CliContext,
  {
    result,
    metric,
    space,
    epochs,
    model,
    report,
  }: {
    readonly result: SweepResult;
    readonly metric: TrackedMetric;
    readonly space: SearchSpace;
    /** That the best was trained for at last. */
    readonly epochs: number;
    readonly model: string;
    readonly report: string;
  },
): string[] {
  const width = widthOf(context.process.stdout);
  const names = Object.keys(space);
  const { trials } = result;
  const several = trials.some(({ runs }) => runs.length > 1);
  const partly = trials.some(({ budget }) => budget < 1);
  const header = [
    "trial",
    ...names,
    `validation ${metricLabel(metric)}`,
    ...(several ? ["± spread"] : []),
    ...(partly ? ["time"] : []),
  ];
  const rows = trials
    .slice(0, shown)
    .map(({ trial, settings, value, spread = 0, budget }) => [
      String(trial),
      ...names.map((name) => settingText(settings[name])),
      value === undefined ? "failed" : formatNumber(value),
      ...(several ? [value === undefined ? "" : formatNumber(spread, 2)] : []),
      ...(partly ? [timeShare(budget)] : []),
    ]);
  const rest = trials.length - rows.length;
  const failures = trials.filter(({ failure }) => failure !== undefined);
  const chosen = names.map((name) => `${name} ${settingText(trials[0].settings[name])}`).join(", ");
  return [
    "",
    ...formatTable({ header, rows }, width),
    ...(rest > 0 ? [`and ${plural(rest, "more trial")}, in the report`] : []),
    "",
    ...formatFacts(
      [
        ["best", `${chosen}; trained on all rows for ${plural(epochs, "epoch")}`],
        ...edgeNotes(trials, space).map((note) => ["note", note] as const),
        ...(failures.length > 0
          ? [
              [
                "note",
                `${plural(failures.length, "trial")} failed, trial ${failures[0].trial} because ${failures[0].failure}`,
              ] as const,
            ]
          : []),
        ["saved", model],
        ["report", report],
      ],
      width,
    ),
  ];
}

/** `1/9`: the share of the full training time. */
export function timeShare(budget: number): string {
  return budget === 1 ? "full" : `1/${formatCount(1 / budget)}`;
}

/** A best value at the end of what was tried: further out there may be a better one. */
function edgeNotes([best]: readonly SweepTrial[], space: SearchSpace): string[] {
  return Object.entries(space).flatMap(([name, dimension]) => {
    const value = best.settings[name];
    if (typeof value !== "number") return [];
    const numbers = isRange(dimension)
      ? [dimension.from, dimension.to]
      : dimension.filter((entry) => typeof entry === "number");
    if (numbers.length < 2) return [];
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const natural = (name === "l2" && value === 0) || (/^(k|inputK)eep$/.test(name) && value === 1);
    if (natural || (value !== low && value !== high)) return [];
    return [
      `the best ${name} is the ${value === low ? "smallest" : "largest"} tried: try further ${value === low ? "below" : "above"}`,
    ];
  });
}

/** The command that does the same again. */
export function repeatCommand(
  file: string,
  space: SearchSpace,
  flags: SweepFlags,
  { config, ranking }: { readonly config: RunConfiguration; readonly ranking: TrackedMetric | undefined },
): string {
  const searches = Object.entries(space).map(([name, dimension]) =>
    isRange(dimension)
      ? `${name}=${dimension.from}..${dimension.to}${dimension.scale === "log" ? ":log" : ""}`
      : `${name}=${dimension.map(settingText).join(",")}`,
  );
  const own = (["labels", "method", "trials", "folds", "seeds"] as const).flatMap((name) =>
    flags[name] === undefined ? [] : [`--${name}`, String(flags[name])],
  );
  const said = flags.config === undefined ? undefined : { file: flags.config, flags: optionsOf(flags) };
  const words = optionWords(config, said, ["engine", "threads"]);
  const by = ranking === undefined ? [] : ["--metric", ranking];
  return ["gradproof", "sweep", file, ...words, ...own, ...by, "--search", ...searches].map(quoteForShell).join(" ");
}
