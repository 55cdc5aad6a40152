/** What is said of tables that an encoder is to learn from, in English. */
import { quoted, quotedList } from "./quoted.js";

interface NoColumn {
  readonly column: string;
  readonly known: readonly string[];
  readonly near?: string | undefined;
}

export const fitWords = {
  "fit.noTarget": ({ known }: { known: readonly string[] }) =>
    `TableEncoder.fit(): say which column to predict: TableEncoder.fit(table, { target: "y" }); the table has ${quotedList(known)}`,
  "fit.target": ({ column, ...there }: NoColumn) =>
    `no column ${quoted(column)} to predict; the table has ${columnsThere(there)}`,
  "fit.drop": ({ column, ...there }: NoColumn) =>
    `no column ${quoted(column)} to drop; the table has ${columnsThere(there)}`,
  "fit.ids": ({ column, ...there }: NoColumn) =>
    `no column ${quoted(column)} to name the rows by; the table has ${columnsThere(there)}`,
  "fit.noFeature": () => "no column is left to predict from, beside the target",
  "fit.targetAbsent": ({ column }: { column: string }) =>
    `the target column ${quoted(column)} is missing; expected it beside the features`,
  "fit.texts": ({ column, texts, rows }: { column: string; texts: number; rows: number }) =>
    `column ${quoted(column)} has ${texts} different texts in ${rows} rows; ` +
    "it looks like an identifier, a date or free text: drop it, or replace it by numbers or fewer categories",
  "fit.noValue": ({ column }: { column: string }) =>
    `column ${quoted(column)} has no value in the training rows; drop it`,
  "fit.twoNumbers": ({ column, values }: { column: string; values: readonly string[] }) =>
    `column ${quoted(column)} has two values, ${values.join(" and ")}; write 0 and 1 if they are classes, ` +
    "or ask for the task regression if they are quantities",
  "fit.notNumber": ({ value }: { value: string }) =>
    `${quoted(value)} is not a number; the task regression needs numbers, the tasks binary and multiclass take texts`,
  "fit.classes": ({ column, classes }: { column: string; classes: readonly string[] }) =>
    `column ${quoted(column)} has ${classes.length} classes, ${quotedList(classes)}; ` +
    "the task binary needs two: ask for multiclass",
  "fit.binaryLabel": ({ value }: { value: number }) => `${value} is no label for the task binary; expected 0 or 1`,
  "fit.label": ({ value }: { value: number }) =>
    `${value} is no label for the task multiclass; expected a whole number or a text`,
  "fit.tooLarge": ({ value }: { value: number }) =>
    `${value} is too large to be scaled; correct it, or leave the row out`,
  "fit.negative": ({ value }: { value: number }) =>
    `${value} is negative and has no logarithm; take --normalize-target standard, or correct it`,
  "fit.noExample": ({ column, classes }: { column: string; classes: readonly string[] }) =>
    `column ${quoted(column)}: no training row has the class ${quotedList(classes)}; ` +
    "ask for a stratified split, or leave the class out",
  "fit.targetMissing": () => "the target is missing; fill it in, or leave the row out",
  "fit.noTargetValue": ({ column }: { column: string }) =>
    `column ${quoted(column)} has no value in any row: nothing to learn`,
  "fit.oneValue": ({ column, value }: { column: string; value: string }) =>
    `column ${quoted(column)} has one value only in the data, ${quoted(value)}: nothing to learn`,
  "fit.oneTrainingValue": ({ column, value }: { column: string; value: string }) =>
    `column ${quoted(column)} has one value only in the training rows, ${quoted(value)}: nothing to learn`,
  "fit.class": ({ value, known }: { value: string; known: readonly string[] }) =>
    `${quoted(value)} is none of the classes of the training data, ${quotedList(known)}`,
};

function columnsThere({ known, near }: Pick<NoColumn, "known" | "near">): string {
  return quotedList(known) + (near === undefined ? "" : `. Did you mean ${quoted(near)}?`);
}
