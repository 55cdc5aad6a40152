import type { MetricName } from "../metrics/isHigherBetter.js";
import { metricLabel } from "../plot/metricTiles.js";
import { type CliContext, usesColor, widthOf } from "./context.js";
import { formatCount, formatNumber, formatSeconds } from "./format.js";

/** How far a run has come. */
export interface ProgressState {
  /** What is counted: `epoch`, or the name of one of several runs. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly cost?: number;
  /** Where it has a schedule. */
  readonly learningRate?: number | undefined;
  readonly validation?: {
    readonly metric: MetricName;
    readonly value: number;
    readonly best?: { readonly value: number; readonly at: number };
  };
  readonly stepsPerSecond?: number;
  readonly secondsLeft?: number;
}

/** Milliseconds between plain lines where the output is no terminal. */
const plainInterval = 5000;
/** Milliseconds between redraws of the bar. */
const barInterval = 80;
const minBar = 8;
const maxBar = 26;

interface Part {
  readonly text: string;
  /** Where the line is too long, the part of the highest rank is left out first. */
  readonly rank: number;
  /** What stands before it. */
  readonly gap?: string;
}

/**
 * One line of at most `width` columns: parts are left out in the order of the least needed, and the bar takes what is
 * left.
 */
export function progressLine(
  state: ProgressState,
  { width, bar, color }: { readonly width: number; readonly bar: boolean; readonly color: boolean },
): string {
  const placeholder: Part = { text: "━".repeat(minBar), rank: 3 };
  let parts = partsOf(state).filter(({ text }) => text !== "");
  if (bar) parts.splice(1, 0, placeholder);
  while (parts.length > 1 && join(parts).length > width) {
    const highest = Math.max(...parts.map(({ rank }) => rank));
    parts = parts.filter(({ rank }) => rank !== highest);
  }
  const room = Math.min(maxBar, minBar + width - join(parts).length);
  const line = parts.map((part) => (part === placeholder ? { ...part, text: paintBar(state, room, color) } : part));
  return parts.includes(placeholder) ? join(line) : join(line).slice(0, width);
}

/** Everything there is to say, from left to right. */
function partsOf(state: ProgressState): Part[] {
  const { label, done, total, cost, learningRate, validation, stepsPerSecond, secondsLeft } = state;
  const whole = formatCount(total);
  const best = validation?.best;
  return [
    { rank: 0, text: `${label} ${formatCount(done).padStart(whole.length)}/${whole}` },
    { rank: 1, text: cost === undefined ? "" : `cost ${formatNumber(cost, 3)}` },
    {
      rank: 4,
      text: validation ? `validation ${metricLabel(validation.metric)} ${formatNumber(validation.value, 3)}` : "",
    },
    { rank: 5, text: best ? `(best ${formatNumber(best.value, 3)} at ${formatCount(best.at)})` : "", gap: " " },
    { rank: 7, text: learningRate === undefined ? "" : `α ${formatNumber(learningRate, 3)}` },
    { rank: 6, text: stepsPerSecond ? `${formatCount(stepsPerSecond)} steps/s` : "" },
    { rank: 2, text: Number.isFinite(secondsLeft) ? `${formatSeconds(secondsLeft ?? 0)} left` : "" },
  ];
}

function join(parts: readonly Part[]): string {
  return parts.reduce((line, { text, gap = "  " }) => (line === "" ? text : line + gap + text), "");
}

function paintBar({ done, total }: ProgressState, length: number, color: boolean): string {
  const filled = total > 0 ? Math.round((length * Math.min(done, total)) / total) : 0;
  const [on, off] = ["━".repeat(filled), "─".repeat(length - filled)];
  return color ? `\x1b[36m${on}\x1b[39;2m${off}\x1b[22m` : on + off;
}

/**
 * Shows progress on stderr: on a terminal one line that is drawn over, otherwise a plain line every five seconds, so that
 * a log stays short and a short run writes none.
 */
export class ProgressDisplay {
  readonly #context: CliContext;
  readonly #isTerminal: boolean;
  #last: number;
  #drawn = false;
  #forgetExit: (() => void) | undefined;

  constructor(context: CliContext) {
    const { stderr, env } = context.process;
    this.#context = context;
    this.#isTerminal = stderr.isTTY === true && env.TERM !== "dumb";
    this.#last = this.#isTerminal ? Number.NEGATIVE_INFINITY : context.now();
  }

  update(state: ProgressState): void {
    const now = this.#context.now();
    if (now - this.#last < (this.#isTerminal ? barInterval : plainInterval)) return;
    this.#last = now;
    const { stderr, env } = this.#context.process;
    if (!this.#isTerminal) {
      stderr.write(`${progressLine(state, { width: Number.POSITIVE_INFINITY, bar: false, color: false })}\n`);
      return;
    }
    if (!this.#drawn) {
      stderr.write("\x1b[?25l");
      this.#forgetExit = this.#context.onExit(() => this.clear());
      this.#drawn = true;
    }
    // One column stays free: a terminal may wrap when the last one is written.
    const line = progressLine(state, { width: widthOf(stderr) - 1, bar: true, color: usesColor(stderr, env) });
    stderr.write(`\r\x1b[2K${line}`);
  }

  /** Takes the line away and gives the cursor back. */
  clear(): void {
    if (!this.#drawn) return;
    this.#drawn = false;
    this.#forgetExit?.();
    this.#context.process.stderr.write("\r\x1b[2K\x1b[?25h");
  }
}
