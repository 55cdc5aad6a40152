/** The name of the column that a text names: as it is, or else by its number, from 1; undefined where there is none. */
export function columnNamed(names: readonly string[], text: string): string | undefined {
  if (names.includes(text)) return text;
  return /^[1-9]\d{0,6}$/.test(text) ? names[Number(text) - 1] : undefined;
}
