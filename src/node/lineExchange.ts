import type { Readable } from "node:stream";
import { CodedError } from "../constraint/codedError.js";

/** A partner that died, hung, or did not keep to its lines. The message says which, with the end of its stderr. */
export class ProgramError extends CodedError {
  override readonly name: string = "ProgramError";
}

/** Who answers lines with lines: a program that was started, or whoever started this process. */
export interface LinePartner {
  /** In messages. */
  readonly name: string;
  /** Aborted when it can answer no more; its reason is the ProgramError. */
  readonly failed: AbortSignal;
  /**
   * Sends one line and waits for one that is an answer.
   *
   * @param text what is asked, for messages
   * @throws ProgramError, and what `read` throws
   */
  ask<Answer>(line: string, text: string, read: ReadAnswer<Answer>): Promise<Answer>;
  /** Reports an answer that cannot be used, and ends it. */
  refuse(what: string): Promise<never>;
  /** The end of what it wrote to its standard error, as a clause for a message, or nothing. */
  lastWords(): string;
  close(): Promise<void>;
}

/** Makes an answer of a line, or nothing of one that is none, such as what a library prints. What it throws is an answer, too. */
export type ReadAnswer<Answer> = (line: string) => Answer | undefined;

export interface LineOptions {
  /** Seconds an answer may take. Default: any. */
  readonly timeout?: number | undefined;
  /** Bytes of the longest line that is read. Default 256 MiB, room for some twelve million numbers. */
  readonly longestLine?: number;
  /** Milliseconds after the first answer to each question in which a second one shows. Default 0. */
  readonly settle?: number;
  /** Called with what a person should know, such as a line that was passed over. */
  readonly onNote?: (text: string) => void;
}

/** Lines passed over that are shown, and those after which an answer is no longer waited for. */
const shownStrays = 8;
const mostStrays = 1000;
/** Milliseconds without a word after which a program that has never said one is asked about. */
const silence = 10_000;

interface Question {
  readonly text: string;
  /** Takes a line; whether it was the answer. */
  readonly take: (line: string) => boolean;
  readonly reject: (error: Error) => void;
  readonly timers: readonly (NodeJS.Timeout | undefined)[];
  strays: number;
}

interface ExchangeListener {
  /** Told why no answer can come: what the partner did. */
  readonly fail: (what: string) => void;
  /** Told the question whose time is over. Answers are no longer taken. */
  readonly overdue: (text: string) => void;
}

/** Questions and answers, a line each, over two streams. One question is open at a time. */
export class LineExchange {
  /** Bytes that have come in. */
  received = 0;
  readonly #write: (line: string) => void;
  readonly #listener: ExchangeListener;
  readonly #options: LineOptions & Required<Omit<LineOptions, "timeout">>;
  readonly #settled = new Set<string>();
  #question: Question | undefined;
  #parts: Buffer[] = [];
  #length = 0;
  #strays = 0;
  #lastStray: string | undefined;
  #ended = false;
  #stopped: Error | undefined;

  constructor(
    input: Readable,
    write: (line: string) => void,
    { timeout, longestLine = 256 * 2 ** 20, settle = 0, onNote = () => undefined }: LineOptions,
    listener: ExchangeListener,
  ) {
    this.#write = write;
    this.#options = { timeout, longestLine, settle, onNote };
    this.#listener = listener;
    input.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  /** What is asked and not answered yet. */
  get asked(): string | undefined {
    return this.#question?.text;
  }

  /** As `LinePartner.ask`. */
  async ask<Answer>(line: string, text: string, read: ReadAnswer<Answer>): Promise<Answer> {
    for (let early = this.#nextLine(); early !== undefined; early = this.#nextLine()) {
      if (isAnswer(read, early)) {
        this.#fail(`wrote more than one line as its answer; the next one is ${quoted(early)}; ${advice}`);
        break;
      }
      this.#passOver(early);
    }
    if (this.#stopped !== undefined) throw this.#stopped;
    const answer = await new Promise<Answer>((resolve, reject) => {
      const { timeout } = this.#options;
      const over = (): void => {
        this.#ended = true;
        this.#listener.overdue(text);
      };
      const timers = [
        timeout === undefined ? undefined : setTimeout(over, timeout * 1000),
        this.received > 0 ? undefined : setTimeout(() => this.#options.onNote(hint), silence),
      ];
      const take = (given: string): boolean => {
        let found: Answer | undefined;
        try {
          found = read(given);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return true;
        }
        if (found === undefined) return false;
        resolve(found);
        return true;
      };
      this.#question = { text, take, reject, timers, strays: 0 };
      this.#write(`${line}\n`);
    });
    await this.#settle(text, read);
    return answer;
  }

  /** Takes no more lines, and gives the open question this error. */
  stop(error: Error): void {
    this.#ended = true;
    this.#stopped = error;
    this.#close()?.reject(error);
  }

  /** What was heard instead of an answer, as a clause. `before`: bytes that had come in when its time was over. */
  instead(before: number): string {
    if (this.received > before) return `; an answer came only when its input was closed: ${unflushed}`;
    if (this.received === 0) return `; it wrote nothing to its standard output: ${unflushed}`;
    if (this.#length > 0)
      return `; it wrote ${quoted(Buffer.concat(this.#parts).toString())} without an end of the line`;
    return this.#lastStray === undefined ? "" : `; the last line it wrote is no answer: ${quoted(this.#lastStray)}`;
  }

  #read(chunk: Buffer): void {
    this.received += chunk.length;
    if (this.#ended) return;
    this.#parts.push(chunk);
    this.#length += chunk.length;
    if (!chunk.includes(10)) {
      const { longestLine } = this.#options;
      if (this.#length > longestLine)
        this.#fail(`wrote a line of more than ${longestLine.toLocaleString("en-US")} bytes`);
      return;
    }
    while (this.#question !== undefined) {
      const line = this.#nextLine();
      if (line === undefined) return;
      if (this.#question.take(line)) this.#close();
      else this.#passOver(line);
    }
  }

  /** The first whole line that has not been read yet. */
  #nextLine(): string | undefined {
    const written = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    const end = written.indexOf(10);
    if (end < 0) return undefined;
    const rest = written.subarray(end + 1);
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return written.toString("utf8", 0, end).replace(/\r$/, "");
  }

  #passOver(line: string): void {
    this.#lastStray = line;
    if (line.trim() !== "") {
      const { onNote } = this.#options;
      this.#strays++;
      if (this.#strays <= shownStrays) onNote(`passed over a line that is no answer: ${quoted(line)}`);
      if (this.#strays === shownStrays) onNote(`further ones are not shown; ${advice}`);
    }
    const question = this.#question;
    if (question === undefined || ++question.strays <= mostStrays) return;
    this.#fail(`wrote more than ${mostStrays} lines that are no answer to ${question.text}, such as ${quoted(line)}`);
  }

  /** After the first answer to each question: a program that also prints numbers would be one answer behind from here on. */
  async #settle<Answer>(text: string, read: ReadAnswer<Answer>): Promise<void> {
    if (this.#options.settle === 0 || this.#settled.has(text)) return;
    this.#settled.add(text);
    await wait(this.#options.settle);
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      if (!isAnswer(read, line)) this.#passOver(line);
      else {
        this.#fail(`wrote more than one line as its answer to ${text}; the second is ${quoted(line)}; ${advice}`);
        return;
      }
    }
  }

  #fail(what: string): void {
    this.#ended = true;
    this.#listener.fail(what);
  }

  #close(): Question | undefined {
    const question = this.#question;
    this.#question = undefined;
    for (const timer of question?.timers ?? []) clearTimeout(timer);
    return question;
  }
}

const advice = "what is not an answer belongs on its standard error";
const unflushed =
  "is it flushed after each line (in C: fflush(stdout), or setvbuf(stdout, NULL, _IOLBF, BUFSIZ) at the start)?";
const hint = `it has written nothing to its standard output so far; is it still busy, or ${unflushed}`;

function isAnswer<Answer>(read: ReadAnswer<Answer>, line: string): boolean {
  try {
    return read(line) !== undefined;
  } catch {
    return true;
  }
}

/** The beginning of a text, as it may stand in a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
