import type { Readable } from "node:stream";
import { LineExchange, type LineOptions, type LinePartner, ProgramError, type ReadAnswer } from "./lineExchange.js";

/** Where lines to the parent go. */
export interface ParentOutput {
  readonly write: (text: string) => unknown;
  /** Waits until all is written; gives what a write failed with, where one has. */
  readonly settled?: () => Promise<Error | undefined>;
}

/** The process that started this one, asked on this one's standard output and answering on its standard input. */
export class LineParent implements LinePartner {
  readonly name = "the program that asked for the check";
  readonly #input: Readable;
  readonly #output: ParentOutput;
  readonly #exchange: LineExchange;
  readonly #failed = new AbortController();

  constructor(input: Readable, output: ParentOutput, options: LineOptions) {
    this.#input = input;
    this.#output = output;
    this.#exchange = new LineExchange(input, (line) => void this.#write(line), options, {
      fail: (what) => this.#fail(what),
      overdue: (text) => {
        const { received } = this.#exchange;
        this.#fail(`gave no answer to ${text} within ${options.timeout} s${this.#exchange.instead(received)}`);
      },
    });
    // Whoever dies closes its end.
    for (const event of ["end", "error", "close"]) input.once(event, this.#gone);
  }

  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  async ask<Answer>(line: string, text: string, read: ReadAnswer<Answer>): Promise<Answer> {
    this.failed.throwIfAborted();
    return this.#exchange.ask(line, text, read);
  }

  /** Tells what needs no answer. */
  async tell(message: object): Promise<void> {
    await this.#write(`${JSON.stringify(message)}\n`);
  }

  async refuse(what: string): Promise<never> {
    this.#fail(what);
    throw this.failed.reason;
  }

  /** What it writes to its standard error is its own. */
  lastWords(): string {
    return "";
  }

  /** Reads no more. */
  async close(): Promise<void> {
    this.#fail("was not asked any more");
    this.#input.destroy();
  }

  async #write(text: string): Promise<void> {
    this.#output.write(text);
    if ((await this.#output.settled?.()) !== undefined) this.#fail("does not read any more");
  }

  readonly #gone = (): void => this.#fail("has closed its end of the pipe");

  #fail(what: string): void {
    if (this.failed.aborted) return;
    const { asked } = this.#exchange;
    const instead = asked === undefined || what.includes(asked) ? "" : ` instead of answering ${asked}`;
    const error = new ProgramError(`${this.name} ${what}${instead}`);
    this.#failed.abort(error);
    this.#exchange.stop(error);
  }
}
