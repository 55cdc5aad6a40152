/**
 * What a command wrote to its error output but for the lines of progress, such as `epoch 34/100  cost 0.03`: a pipe gets one
 * every five seconds, so on a busy machine any command may write some.
 */
export function withoutProgress(stderr: string): string {
  return stderr.replace(/^[^:/\n]* [\d,]+\/[\d,]+( .*)?\n/gm, "");
}
