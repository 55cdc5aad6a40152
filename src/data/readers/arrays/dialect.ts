/** How the program that made a file names entries and makes labels: messages speak its language. */
export interface Dialect {
  /** Where an entry is, by its indices from 0. */
  readonly entry: (...indices: readonly number[]) => string;
  /** How one label a row comes from one-hot rows. */
  readonly labels: string;
}

export const numpy: Dialect = {
  entry: (...indices) => `[${indices.join(", ")}]`,
  labels: "labels.argmax(axis=1) of one-hot rows",
};

export const matlab: Dialect = {
  entry: (...indices) => `(${indices.map((index) => index + 1).join(", ")})`,
  labels: "[~, y] = max(Y, [], 2) of one-hot rows",
};
