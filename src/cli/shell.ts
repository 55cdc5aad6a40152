/** A word as a POSIX shell reads it back: in single quotes where it holds anything but plain characters. */
export function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
