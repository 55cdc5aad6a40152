import { bugKinds, isInCatalogue } from "./bugs.js";
import type { FamilyOutcome } from "./families/judgeFamily.js";
import type { CorrectOutcome, MutantOutcome } from "./judge.js";
import type { OperationsOutcome } from "./operations.js";
import { peers } from "./peers.js";
import { count, percent, share } from "./shares.js";

/** All outcomes added up, in any order. */
export class Tally {
  readonly correct: CorrectOutcome[] = [];
  readonly mutants: MutantOutcome[] = [];
  readonly operations: OperationsOutcome[] = [];
  readonly families: FamilyOutcome[] = [];
  /** Bugs that change nothing at the given parameters, but do near them. */
  readonly hidden: MutantOutcome[] = [];
  equivalent = 0;

  addMutant(outcome: MutantOutcome | "equivalent" | undefined): void {
    if (outcome === "equivalent") this.equivalent++;
    else if (outcome?.visible) this.mutants.push(outcome);
    else if (outcome !== undefined) this.hidden.push(outcome);
  }

  /** Share of the correct networks with a verdict. */
  shareOfCorrect(verdict: CorrectOutcome["verdict"]): number {
    return share(this.correct, (outcome) => outcome.verdict === verdict);
  }

  get caught(): number {
    return share(this.mutants, ({ verdict }) => verdict === "wrong");
  }

  get blocksNamed(): number {
    return share(
      this.mutants.filter(({ exact, verdict }) => exact !== undefined && verdict === "wrong"),
      ({ exact }) => exact === true,
    );
  }

  get entriesNamed(): number {
    return share(
      this.mutants.filter(({ entryNamed }) => entryNamed !== undefined),
      ({ entryNamed }) => entryNamed === true,
    );
  }

  /** Of the bugs of the catalogue that were caught. */
  get explained(): number {
    return share(
      this.mutants.filter(({ inCatalogue, verdict }) => inCatalogue && verdict === "wrong"),
      ({ explanation }) => explanation === "right",
    );
  }

  /** Explanations that are sure and wrong. */
  get misled(): readonly MutantOutcome[] {
    return this.mutants.filter(({ explanation }) => explanation === "wrong");
  }

  get insideErrorBars(): number {
    const entries = this.correct.reduce((sum, outcome) => sum + outcome.entries, 0);
    const outside = this.correct.reduce((sum, outcome) => sum + outcome.outside, 0);
    return 1 - outside / entries;
  }

  get passesABlock(): number {
    const passes = this.correct.reduce((sum, outcome) => sum + outcome.costEvaluations, 0);
    return passes / this.correct.reduce((sum, outcome) => sum + outcome.blocks, 0);
  }

  /** The results as Markdown. */
  lines(): string[] {
    const { correct, mutants } = this;
    const of = (predicate: (outcome: CorrectOutcome) => boolean): string => percent(share(correct, predicate));
    const located = mutants.flatMap(({ passesToLocate = [] }) => passesToLocate);
    const kinds = new Set(mutants.map(({ kind }) => kind)).size;
    return [
      `${count(correct.length)} correct networks: ${of(({ kink }) => kink)} with a ReLU exactly on its kink, ` +
        `${of(({ trained }) => trained)} trained, ${of(({ dropout }) => dropout)} with dropout, ` +
        `${of(({ penalty }) => penalty)} with L2. ${count(mutants.length)} bugs of ${kinds} kinds; ${count(this.equivalent)} more ` +
        `changed nothing and do not count; ${count(this.hidden.length)} changed nothing at the given parameters, only near them: of these ` +
        `${percent(share(this.hidden, ({ verdict }) => verdict === "wrong"))} were caught.`,
      "",
      "| what | target | obtained |",
      "|---|--:|--:|",
      `| false alarms on correct networks | 0 | ${count(correct.filter(({ verdict }) => verdict === "wrong").length)} of ${count(correct.length)} |`,
      `| undecided | ≤ 1 % | ${percent(this.shareOfCorrect("undecided"))} |`,
      `| … of these with a reason | 100 % | ${percent(
        share(
          correct.filter(({ verdict }) => verdict === "undecided"),
          ({ reasoned }) => reasoned,
        ),
      )} |`,
      `| bugs caught | ≥ 99.9 % | ${percent(this.caught)} |`,
      `| wrong blocks named exactly | ≥ 99.5 % | ${percent(this.blocksNamed)} |`,
      `| single wrong entry named | ≥ 99 % | ${percent(this.entriesNamed)} |`,
      `| … in at most 200 forward passes | ≥ 99 % | ${percent(share(located, (passes) => passes <= 200))}, and in ${count(Math.max(...located))} at the most |`,
      `| explanation right, kinds in the catalogue, blocks of three entries or more | ≥ 95 % | ${percent(this.explained)} |`,
      `| explanation sure and wrong, all kinds | 0 | ${count(this.misled.length)} of ${count(mutants.length)} |`,
      `| derivative within three error bars | ≥ 99.7 % | ${percent(this.insideErrorBars)} |`,
      `| forward passes a block | ≤ 30 | ${this.passesABlock.toFixed(1)} |`,
      "",
      "The same networks and bugs, judged by the rules of others:",
      "",
      "| rule | false alarms | without kinks | bugs caught |",
      "|---|--:|--:|--:|",
      ...Object.keys(peers).map((name) => {
        const refuses = ({ refusedBy }: { readonly refusedBy: readonly string[] }): boolean => refusedBy.includes(name);
        const smooth = correct.filter(({ kink }) => !kink);
        return `| ${name} | ${percent(share(correct, refuses))} | ${percent(share(smooth, refuses))} | ${percent(share(mutants, refuses))} |`;
      }),
      `| **gradproof** | **${percent(this.shareOfCorrect("wrong"))}** | **${percent(
        share(
          correct.filter(({ kink }) => !kink),
          ({ verdict }) => verdict === "wrong",
        ),
      )}** | **${percent(this.caught)}** |`,
      "",
      "| kind of bug | planted | caught | blocks exact | explanation right | unknown | sure and wrong |",
      "|---|--:|--:|--:|--:|--:|--:|",
      ...bugKinds.flatMap((kind) => {
        const own = mutants.filter((outcome) => outcome.kind === kind);
        if (own.length === 0) return [];
        const caught = own.filter(({ verdict }) => verdict === "wrong");
        const sure = caught.filter(({ exact }) => exact !== undefined);
        const explained = (wanted: MutantOutcome["explanation"]): string =>
          percent(share(caught, ({ explanation }) => explanation === wanted));
        return [
          `| ${kind}${isInCatalogue(kind) ? "" : " (not in the catalogue)"} | ${count(own.length)} | ${percent(share(own, ({ verdict }) => verdict === "wrong"))} | ` +
            `${percent(share(sure, ({ exact }) => exact === true))} | ${explained("right")} | ${explained("unknown")} | ${explained("wrong")} |`,
        ];
      }),
    ];
  }
}
