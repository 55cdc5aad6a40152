import { batch, computed, type Signal, signal } from "@preact/signals";
import type { FromTable, ToTable } from "../worker/csvProtocol.js";
import { readOwnTable } from "./readOwnTable.js";

export type Table = Extract<FromTable, { type: "table" }>;
/** A table to read: its text, or the bytes of a file that is on its way. */
interface Source {
  readonly name: string;
  readonly file: string | Promise<ArrayBuffer>;
}

/** The table of one's own that is being read, or was: only the last question counts, in whatever order answers come. */
export class OwnTable {
  /** What was read; undefined before that, and while another table is read. */
  readonly table: Signal<Table | undefined> = signal(undefined);
  readonly problem: Signal<string | undefined> = signal(undefined);
  readonly busy = signal(false);
  /** The column to predict: the one that was asked for, also before its answer. */
  readonly target = computed(() => this.asked.value ?? this.table.value?.target);
  private readonly asked: Signal<string | undefined> = signal(undefined);
  private source: Source | undefined;
  private questions = 0;
  private readonly ask: (question: ToTable) => Promise<FromTable>;

  /** @param ask reads a table */
  constructor(ask: (question: ToTable) => Promise<FromTable> = readOwnTable) {
    this.ask = ask;
  }

  /** Reads a table, to predict its last column. */
  async read(source: Source): Promise<void> {
    this.source = source;
    this.table.value = undefined;
    await this.question(source, undefined);
  }

  /** Reads the same table again, to predict another column. */
  async predict(target: string): Promise<void> {
    if (this.source) await this.question(this.source, target);
  }

  private async question(source: Source, target: string | undefined): Promise<void> {
    const question = ++this.questions;
    batch(() => {
      this.asked.value = target;
      this.busy.value = true;
      this.problem.value = undefined;
    });
    const answer = await this.answerTo(source, target);
    if (question !== this.questions) return;
    batch(() => {
      this.asked.value = undefined;
      this.busy.value = false;
      if (answer.type === "refused") this.problem.value = answer.message;
      else this.table.value = answer;
    });
  }

  private async answerTo({ name, file }: Source, target: string | undefined): Promise<FromTable> {
    try {
      return await this.ask({ name, file: await file, target });
    } catch (error) {
      // A file that the browser may not or can no longer read.
      return { type: "refused", message: `${name}: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}
