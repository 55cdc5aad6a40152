import type { Column } from "../../table.js";
import { parseDecimal } from "../decimal.js";
import { CellGatherer, type Kind } from "./cellGatherer.js";

/** Takes cells for texts, each kept once however often it occurs. */
export class TextCells extends CellGatherer {
  override readonly kind = "categorical";
  private readonly texts: (string | null)[] = [];
  private readonly distinct = new Map<string, string>();
  private numberCount = 0;
  private textCount = 0;

  override add(bytes: Uint8Array, start: number, end: number, form: number): void {
    if (start === end) {
      this.texts.push(null);
      return;
    }
    const text = this.textOf(bytes, start, end, form);
    if (this.rules.missing.has(text)) {
      this.countMark(text);
      this.texts.push(null);
      return;
    }
    if (!this.isSettled) {
      if (Number.isNaN(parseDecimal(bytes, start, end, this.rules.decimal.charCodeAt(0)))) this.textCount++;
      else this.numberCount++;
    }
    this.texts.push(this.shared(text));
  }

  override settle(): Column | Kind {
    if (this.numberCount > this.textCount) return "numeric";
    return { kind: "categorical", name: this.name, values: this.texts };
  }

  /** The same string object for the same text, so that a category costs memory once. */
  private shared(text: string): string {
    const known = this.distinct.get(text);
    if (known !== undefined) return known;
    this.distinct.set(text, text);
    return text;
  }
}
