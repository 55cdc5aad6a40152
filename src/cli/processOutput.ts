import { writeSync } from "node:fs";
import { Socket } from "node:net";
import type { WriteStream } from "node:tty";
import type { Output } from "./context.js";

/** Standard output or standard error, as Node has it. */
export type StandardStream = NodeJS.WriteStream & { readonly fd: number };

/**
 * An output of the process that nobody may be able to read: a write that fails is remembered and nothing is written there
 * from then on, but it ends no command. The reader of a pipe has gone, the disk is full, the terminal is closed: the work
 * goes on and is saved.
 */
export class ProcessOutput implements Output {
  readonly #stream: StandardStream;
  #failure: Error | undefined;

  constructor(stream: StandardStream) {
    this.#stream = stream;
    // Pipes and terminals report after the write.
    stream.on("error", (error) => this.#fail(error));
  }

  get isTTY(): boolean {
    return this.#stream.isTTY === true;
  }

  get columns(): number {
    return this.#stream.columns;
  }

  getColorDepth: WriteStream["getColorDepth"] = (env) => this.#stream.getColorDepth?.(env) ?? 1;

  write = (text: string): void => {
    if (this.#failure !== undefined) return;
    const stream = this.#stream;
    if (isSocket(stream)) {
      stream.write(text);
      return;
    }
    // Node's stream to a file takes a write of which the full disk kept only a part for a success.
    const bytes = Buffer.from(text);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(stream.fd, bytes, done);
    } catch (thrown) {
      this.#fail(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  };

  /** Waits until everything is out. */
  async settled(): Promise<Error | undefined> {
    const stream = this.#stream;
    if (this.#failure === undefined && isSocket(stream)) {
      await new Promise<void>((resolve) => stream.write("", () => resolve()));
    }
    return this.#failure;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
  }
}

/** Whether it is a pipe or a terminal; else it is a file, or a device as /dev/full. */
function isSocket(stream: StandardStream): boolean {
  return stream instanceof Socket;
}
