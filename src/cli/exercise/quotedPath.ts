/** A path as it may stand in a command, and in one line. */
export function quotedPath(path: string): string {
  return /^[\p{L}\p{N}_./\\:-]+$/u.test(path) ? path : JSON.stringify(path);
}
