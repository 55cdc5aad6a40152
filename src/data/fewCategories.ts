import { say } from "../constraint/codedError.js";
import { fitWords } from "./fitWords.js";
import { FormatError } from "./formatError.js";

/** An error when a column has so many texts that they are no categories: an identifier, a date, free text. */
export function requireFewCategories(name: string, categories: number, rows: number): void {
  if (categories > 1000 || (categories > 20 && categories > rows / 2)) {
    throw new FormatError(say(fitWords, "fit.texts", { column: name, texts: categories, rows }));
  }
}
