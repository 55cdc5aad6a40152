import type { Verdict } from "../../gradcheck/report.js";

/** What the exit code of `gradproof check` means: the verdict, or that there is none. */
export const checkExitCodes = {
  correct: 0,
  wrong: 1,
  undecided: 2,
  error: 3,
} as const satisfies Record<Verdict | "error", number>;
