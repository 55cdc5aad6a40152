/** What is said of tables that a fitted encoder takes, in English. */
import { quoted, quotedList } from "./quoted.js";

interface Given {
  readonly where: string;
  readonly given: string;
}

interface Lengths {
  readonly first: string;
  readonly length: number;
  readonly second: string;
  readonly other: number;
}

export const dataWords = {
  "encoder.features": ({ given }: { given: string }) =>
    `encoder.features must be a list of at least one feature, got ${given}`,
  "encoder.leftOut": ({ given }: { given: string }) => `encoder.leftOut must be a list of columns, got ${given}`,
  "encoder.ids": ({ given }: { given: string }) => `encoder.ids must be a list of columns, got ${given}`,
  "encoder.twice": ({ column }: { column: string }) => `encoder: two columns are named ${quoted(column)}`,
  "encoder.categories": ({ where, given }: Given) =>
    `${where}.categories must be a list of at least one category, got ${given}`,
  "encoder.list": ({ where, given }: Given) => `${where} must be a list of categories, got ${given}`,
  "encoder.categoryTexts": ({ where, given }: Given) => `${where} must hold texts or null, got ${given}`,
  "encoder.parts": ({ where, given }: Given) => `${where}.parts must be a list of at least one part, got ${given}`,
  "encoder.true": ({ where, given }: Given) => `${where} must be true or left out, got ${given}`,
  "encoder.categoryTwice": ({ where }: { where: string }) => `${where}.categories has one of them twice`,
  "encoder.text": ({ where, given }: Given) => `${where} must be a text, got ${given}`,
  "encoder.twoClasses": ({ where, given }: Given) =>
    `${where}.classes must be a list of two different texts, got ${given}`,
  "encoder.classes": ({ where, given }: Given) =>
    `${where}.classes must be a list of two or more different texts, got ${given}`,
  "normalizer.lengths": ({ length, first, other, second }: Lengths) =>
    `normalizer: ${length} ${first} but ${other} ${second}`,
  "normalizer.clip": ({ given }: { given: string }) => `normalizer.clip must be a list of true and false, got ${given}`,
  "normalizer.list": ({ where, given }: Given) => `${where} must be a list of at least one number, got ${given}`,
  "table.cell": ({ row, column }: { row: number; column: string }) => `row ${row}, column ${quoted(column)}`,
  "table.row": ({ row }: { row: number }) => `row ${row}`,
  "record.absent": ({ column, known }: { column: string; known: readonly string[] }) =>
    `the column ${quoted(column)} of the training data is missing; the record has ${quotedList(known)}. ` +
    "Write null where a value is missing",
  "record.cell": ({ given }: { given: string }) => `expected a text, a number, a boolean, a Date or null, got ${given}`,
  "table.noRows": () => "the table has no rows; expected at least one",
  "table.twice": ({ column }: { column: string }) => `two columns of the table are named ${quoted(column)}`,
  "table.length": ({ column, values, rows }: { column: string; values: number; rows: number }) =>
    `column ${quoted(column)} has ${values} values, the table ${rows} rows`,
  "table.absent": ({ columns, known }: { columns: readonly string[]; known: readonly string[] }) => {
    const [noun, verb] = columns.length === 1 ? ["column", "is"] : ["columns", "are"];
    return `the ${noun} ${quotedList(columns)} of the training data ${verb} missing; the table has ${quotedList(known)}`;
  },
  "table.notFinite": ({ value }: { value: number }) => `NaN or Infinity in data, ${value}`,
  "table.text": ({ example, value }: { example: string; value: number }) =>
    `expected a text such as ${quoted(example)}, got the number ${value}; read the column as categorical`,
  "table.number": ({ value }: { value: string }) =>
    `expected a number, got ${quoted(value)}; the column held numbers in training`,
  "table.date": ({ value }: { value: string }) =>
    `expected a date, got ${quoted(value)}; the column held dates in training`,
  "table.missing": () =>
    "the value is missing, but none was missing in training; " +
    "fill it in, leave the row out, or train on data with missing values",
  "table.category": ({ value, known }: { value: string; known: readonly string[] }) =>
    `the category ${quoted(value)} does not occur in the training data, which has ` +
    `${quotedList(known)}; replace it, leave the row out, or train on data that hold it`,
};
