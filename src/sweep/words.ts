/** What is said of sweeps, in English. */

export const sweepWords = {
  "journal.line": ({ line }: { line: number }) => `line ${line} of the journal`,
  "journal.json": ({ reason }: { reason: string }) => reason,
  "journal.kind": ({
    kind,
    version,
    foundKind,
    foundVersion,
  }: {
    kind: string;
    version: number;
    foundKind: string;
    foundVersion: string;
  }) => `expected the kind "${kind}", version ${version}, got ${foundKind}, version ${foundVersion}`,
  "journal.valueOrFailure": () => "a run has either a value or a failure",
  "journal.failure": ({ given }: { given: string }) => `failure must be a text, got ${given}`,
};
