/** What the exit code of `gradproof exercise` means; a grader may trust that 0 is said of nothing else. */
export const exerciseExitCodes = { correct: 0, notAllCorrect: 1, error: 3 } as const;
