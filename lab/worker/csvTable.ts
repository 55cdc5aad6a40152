import { type Dataset, OptionError, TableEncoder } from "gradproof";
import { parseCsv } from "gradproof/csv";
import type { OwnPoints } from "gradproof/pipeline";
import { MOST_CLASSES, MOST_FEATURES, MOST_POINTS } from "../experiment/constraints.js";
import type { FromTable, ToTable } from "./csvProtocol.js";

/**
 * The points of a CSV file.
 *
 * @throws FormatError naming the line, OptionError for a table that the lab does not take
 */
export function readTable({ name, file, target: wanted }: ToTable): Extract<FromTable, { type: "table" }> {
  const table = parseCsv(typeof file === "string" ? file : new Uint8Array(file));
  const columns = table.columns.map((column) => column.name);
  if (table.rows < 10) throw new OptionError(`${name} has ${table.rows} rows; a run needs at least 10`);
  if (table.rows > MOST_POINTS) {
    throw new OptionError(
      `${name} has ${table.rows} rows; the lab takes ${MOST_POINTS}, the command line takes them all`,
    );
  }
  const target = wanted ?? columns[columns.length - 1];
  const encoder = TableEncoder.fit(table, { target });
  const dataset = encoder.encode(table);
  const { X, classNames = [] } = dataset;
  if (X.rows > MOST_FEATURES) {
    throw new OptionError(
      `${name} has ${X.rows} features once its categories are spread out; the lab takes ${MOST_FEATURES}`,
    );
  }
  if (classNames.length > MOST_CLASSES) {
    throw new OptionError(`column ${target} has ${classNames.length} classes; the lab takes ${MOST_CLASSES}`);
  }
  return { type: "table", data: ownData(name, dataset, encoder), columns, target, rows: table.rows };
}

function ownData(name: string, { X, Y, classNames }: Dataset, encoder: TableEncoder): OwnPoints {
  return {
    kind: "own",
    name: name.slice(0, 100),
    featureNames: encoder.featureNames,
    ...(classNames && { classNames }),
    features: Array.from({ length: X.rows }, (_, i) => X.rowData(i).slice()),
    targets: Y.rows === 1 ? Y.data : classesOf({ X, Y }),
    test: 0.25,
    seed: 0,
  };
}

/** The class of each example, from one row a class. */
function classesOf({ Y }: Dataset): Float64Array {
  return Float64Array.from({ length: Y.columns }, (_, j) => {
    let k = 0;
    while (k < Y.rows - 1 && Y.get(k, j) === 0) k++;
    return k;
  });
}
