/** Name of the column that the labels of arrays become. */
export const labelColumn = "label";

/** Names of the columns that features of arrays become: `x0`, `x1`, … */
export function numberedColumns(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `x${i}`);
}
