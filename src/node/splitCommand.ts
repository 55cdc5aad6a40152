import { say } from "../constraint/codedError.js";
import { OptionError, show } from "../constraint/constraint.js";
import { nodeWords } from "./words.js";

/** Words that only a shell would understand. */
const shellWords = /^(\||\|\||&|&&|;|<|>|>>|2>|2>&1|<<|\()$/;

/**
 * Words of a command line, without a shell: spaces separate them; `'…'` and `"…"` keep spaces; outside single quotes a
 * backslash takes the next character as it is. On Windows a backslash is part of a path, except before a double quote.
 *
 * @throws OptionError for an empty command, a quote without its end, or what only a shell understands
 */
export function splitCommand(command: string, windows: boolean): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  let quoted = false;
  const end = (): void => {
    if (word === undefined) return;
    if (!quoted && shellWords.test(word)) {
      throw new OptionError(say(nodeWords, "command.shell", { command: show(command), word }));
    }
    words.push(word);
    word = undefined;
    quoted = false;
  };
  for (let i = 0; i < command.length; i++) {
    const character = command[i];
    const next = command[i + 1];
    if (character === "\\" && quote !== "'" && next !== undefined && (!windows || next === '"')) {
      word = (word ?? "") + next;
      i++;
    } else if (quote !== "") {
      if (character === quote) quote = "";
      else word += character;
    } else if (character === '"' || (character === "'" && !windows)) {
      quote = character;
      quoted = true;
      word ??= "";
    } else if (/\s/.test(character)) {
      end();
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== "") throw new OptionError(say(nodeWords, "command.quote", { command: show(command), quote }));
  end();
  if (words.length === 0 || words[0] === "") throw new OptionError(say(nodeWords, "command.empty"));
  if (command.includes("\0")) throw new OptionError(say(nodeWords, "command.nul", { command: show(command) }));
  return words;
}
