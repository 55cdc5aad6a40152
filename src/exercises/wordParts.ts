import { significant } from "../numeric/significant.js";

/** What sentences of the exercises are made of. */

export interface Written {
  readonly written: string;
}

export interface Layers {
  readonly layers: readonly string[];
}

export interface Orders {
  readonly large: string;
  readonly small: string;
}

export function symbols(symbol: string, layers: readonly string[]): string {
  return layers.map((l) => `${symbol}${l}`).join(", ");
}

export function are(names: readonly string[]): string {
  return names.length === 1 ? "is" : "are";
}

export function orders({ large, small }: Orders): string {
  return `${significant(Number(large), 2)} at ε = 0.01, ${significant(Number(small), 2)} at 0.001`;
}
