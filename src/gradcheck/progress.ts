import type { CompleteCheckOptions } from "./checkOptions.js";
import type { Evaluator } from "./evaluator.js";
import type { ParameterBlock } from "./problem.js";

/** Cost evaluations between two reports of progress, and seconds, whichever comes first. */
const evaluationsBetween = 64;
const secondsBetween = 0.25;

/** What a verdict takes about, of a block, before any is known. */
const aVerdict = 10;
/** … the place of an error, and an entry where all are measured. */
const aPlace = 32;
const anEntry = 5;

/** Tells how far a check has come, and about how far it has to go. */
export class Progress {
  private readonly options: CompleteCheckOptions;
  private readonly evaluator: Evaluator;
  private readonly blocks: number;
  private readonly start = performance.now();
  private told = { costEvaluations: 0, at: performance.now() };
  private doing = "";
  private done = 0;
  private verdictsLeft: number;
  private verdicts = { count: 0, from: 0 };
  private entriesLeft = 0;
  private placesLeft = 0;

  constructor(options: CompleteCheckOptions, evaluator: Evaluator, blocks: readonly ParameterBlock[]) {
    this.options = options;
    this.evaluator = evaluator;
    this.blocks = blocks.length;
    this.verdictsLeft = blocks.length;
    if (options.mode !== "directions") this.entriesLeft = blocks.reduce((sum, { length }) => sum + length, 0);
    this.verdicts.from = evaluator.costEvaluations;
    evaluator.onCost = () => {
      const { costEvaluations, at } = this.told;
      const due = evaluator.costEvaluations - costEvaluations >= evaluationsBetween;
      if (due || performance.now() - at > 1000 * secondsBetween) this.tell();
    };
  }

  /** A block's verdict, or its place, is begun. */
  begin(block: ParameterBlock): void {
    this.doing = block.name;
    this.tell();
  }

  /** A block has its verdict. */
  judged(isToBePlaced: boolean): void {
    this.verdictsLeft--;
    this.verdicts.count++;
    if (this.options.mode !== "directions") return;
    if (isToBePlaced) this.placesLeft++;
    else this.done++;
  }

  /** All that is to be measured of a block is. */
  placed({ length }: ParameterBlock): void {
    this.done++;
    if (this.options.mode === "directions") this.placesLeft--;
    else this.entriesLeft -= length;
  }

  /** Nothing is told any more. */
  end(): void {
    this.evaluator.onCost = () => undefined;
  }

  private tell(): void {
    const { costEvaluations } = this.evaluator;
    const now = performance.now();
    this.told = { costEvaluations, at: now };
    const { count, from } = this.verdicts;
    const verdict = count === 0 ? aVerdict : Math.max(1, (costEvaluations - from) / count);
    const expected =
      Math.min(verdict, 2 * aVerdict) * this.verdictsLeft + aPlace * this.placesLeft + anEntry * this.entriesLeft + 1;
    const costEvaluationsLeft = Math.round(Math.min(expected, this.options.budget - costEvaluations));
    this.options.onProgress?.({
      block: this.doing,
      blocksDone: this.done,
      blocks: this.blocks,
      costEvaluations,
      costEvaluationsLeft,
      secondsLeft: ((now - this.start) / 1000 / Math.max(1, costEvaluations)) * costEvaluationsLeft,
    });
  }
}
