import type { Numbers } from "./choice.js";

/** An operation in words: for the lab, for help and for reports. */
export interface Words {
  /** As a person writes it: `leaky ReLU`. */
  readonly label: string;
  /** What it computes, in one line. */
  readonly formula: string;
  /** What it is for: one short sentence. */
  readonly use: string;
  /** Its options, as they are called beside a field. */
  readonly options?: Readonly<Record<string, string>>;
  /** A small picture, 60 wide and 36 high: the path data of its lines, as SVG has them. */
  readonly picture?: string;
  /** An optimizer in the sentence "trained by …", with its options. Default: its label. */
  method?(options: Numbers): string;
  /** What to try where units of this activation no longer learn. */
  readonly instead?: string;
}
