import { hasInvisible, visible } from "./visible.js";

/**
 * A word as a shell reads it back: in single quotes where it holds anything but plain characters, and as `$'…'` where some
 * would not be seen, such as those that a terminal obeys.
 */
export function quoteForShell(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (hasInvisible(word)) return `$'${visible(word.replace(/[\\']/g, "\\$&"))}'`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
