import { basename } from "node:path";
import { OptionError } from "../constraint/constraint.js";
import { labelColumn } from "../data/arrayColumns.js";
import { columnNamed } from "../data/columnNamed.js";
import { FormatError } from "../data/formatError.js";
import type { ArrayTable } from "../data/readers/arrays/parseArrays.js";
import type { ReadingOptions } from "../data/reading.js";
import type { Table } from "../data/table.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import { isArrayFile, type ReadArraysOptions, readArrays } from "../node/readArrays.js";
import { imageName } from "../pipeline/imageNormalizer.js";
import { withTargets } from "../pipeline/prepare.js";
import type { CliContext } from "./context.js";
import { flagName } from "./flags.js";
import { plural } from "./format.js";
import { imageFromText } from "./options/imageText.js";
import type { ChosenConfiguration, RunConfiguration } from "./options/runConfiguration.js";
import { printNote } from "./printNote.js";
import { readTableShown } from "./readTableShown.js";

/**
 * Reads what a command is to learn from: a table with its target, or arrays with their labels.
 *
 * @returns the table, and the configuration with the target and what arrays say by themselves: size of images, classes
 */
export async function readExamples(
  context: CliContext,
  file: string,
  labels: string | undefined,
  chosen: RunConfiguration,
): Promise<{ readonly table: Table; readonly config: ChosenConfiguration }> {
  const { data } = chosen;
  if (!isArrayFile(file)) {
    if (labels !== undefined) {
      throw new OptionError(
        `--labels is for arrays (.npy, .mat, IDX); in a table such as ${file} the labels are a column: --target COLUMN`,
      );
    }
    const { reading, drop, id = [] } = data;
    // As texts names of rows stay as they are written, 007 for one.
    const options = { ...reading, drop, categorical: [...(reading?.categorical ?? []), ...id] };
    const table = await readTableShown(context, file, options);
    const config = { ...chosen, data: { ...data, target: requireTarget(data.target, file, table) } };
    if (id.includes(config.data.target)) throw new OptionError(`--id names the target, ${config.data.target}`);
    return { table: withTargets(table, config), config };
  }
  const { target = labelColumn, drop, id = [] } = data;
  if (target !== labelColumn) {
    throw new OptionError(
      `--target ${target} names a column of a table, which ${basename(file)} is not; its labels come from --labels FILE`,
    );
  }
  for (const [flag, names] of Object.entries({ drop, id })) {
    if (names.length === 0) continue;
    throw new OptionError(`--${flag} names columns of a table, which ${basename(file)} is not; leave it out`);
  }
  requireUnread(data.reading, basename(file));
  const { table, image, classes } = await readArraysShown(context, file, { labels });
  if (table.columns.at(-1)?.name !== labelColumn) {
    const archive = /\.(?:npz|mat)$/i.test(file) ? ", or put them into the file as y" : "";
    throw new OptionError(`${basename(file)} holds no labels: give them by --labels FILE${archive}`);
  }
  const own = image === undefined ? undefined : imageFromText(basename(file), image);
  if (image !== undefined && data.image !== undefined && imageName(data.image) !== image) {
    throw new OptionError(`--image is ${imageName(data.image)}, but the images in ${basename(file)} are ${image}`);
  }
  const size = own ?? data.image;
  const task = data.task === "auto" && classes ? taskOfClasses(table) : data.task;
  return { table, config: { ...chosen, data: { ...data, target, task, ...(size !== undefined && { image: size }) } } };
}

/** Reads a file for a model that is there: the columns it was trained on, with or without the target. */
export async function readExamplesFor(
  context: CliContext,
  encoder: TableEncoder,
  purpose: "features" | "featuresAndTarget",
  file: string,
  labels?: string,
): Promise<Table> {
  if (!isArrayFile(file)) return readTableShown(context, file, encoder.csvOptions(purpose));
  const { table } = await readArraysShown(context, file, { labels, features: encoder.features.length });
  const columns = table.columns.filter(({ name }) => name !== labelColumn);
  const known = encoder.features.map(({ name }) => name);
  if (columns.length !== known.length || columns.some(({ name }, i) => name !== known[i])) {
    const names = columns.map(({ name }) => name);
    throw new FormatError(
      `${basename(file)} has ${namesOf(names)}, but the model was trained on ${namesOf(known)}; ` +
        "expected a file of the same kind and size",
    );
  }
  if (purpose === "featuresAndTarget" && columns.length === table.columns.length) {
    throw new OptionError(`${basename(file)} holds no labels: give them by --test-labels FILE`);
  }
  return table;
}

/** Reads arrays, and says what was taken for what where there was a choice. */
async function readArraysShown(context: CliContext, file: string, options: ReadArraysOptions): Promise<ArrayTable> {
  const read = await readArrays(file, options);
  const notes = read.notes.map(({ message }) => message).join("; ");
  if (notes !== "") printNote(context, `${basename(file)}: ${notes}`);
  return read;
}

/** Only files of text are read in one way or another. */
export function requireUnread(reading: ReadingOptions | undefined, what: string): void {
  const [given] = Object.keys(reading ?? {});
  if (given === undefined) return;
  throw new OptionError(`${flagName(given)} says how a table of text is read, which ${what} is not; leave it out`);
}

/** The column to predict, which must be named, or told by its number. */
function requireTarget(target: string | undefined, file: string, { columns }: Table): string {
  const names = columns.map(({ name }) => name);
  if (target !== undefined) return columnNamed(names, target) ?? target;
  throw new OptionError(
    `--target is missing: name the column to predict. ${file} has ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`,
  );
}

/** What labels that are classes ask for, whatever their numbers are. */
function taskOfClasses({ columns }: Table): "binary" | "multiclass" {
  const labels = new Set<unknown>(columns[columns.length - 1].values);
  return labels.size === 2 && labels.has(0) && labels.has(1) ? "binary" : "multiclass";
}

/** `4 columns, x0 … x3`. */
function namesOf(names: readonly string[]): string {
  const shown = names.length > 3 ? `${names[0]} … ${names[names.length - 1]}` : names.join(", ");
  return `${plural(names.length, "column")}, ${shown}`;
}
