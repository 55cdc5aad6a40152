import { expect } from "vitest";
import type { CodedError } from "../../src/constraint/codedError.js";
import { inWords, type Words } from "../../src/constraint/message.js";
import { constraintWords } from "../../src/constraint/words.js";
import { fitWords } from "../../src/data/fitWords.js";
import { arraysWords } from "../../src/data/readers/arrays/words.js";
import { csvWords } from "../../src/data/readers/csvWords.js";
import { recordWords } from "../../src/data/readers/recordWords.js";
import { readerWords } from "../../src/data/readers/words.js";
import { dataWords } from "../../src/data/words.js";
import { checkpointWords } from "../../src/formats/checkpointWords.js";
import { historyWords } from "../../src/formats/historyWords.js";
import { formatsWords } from "../../src/formats/words.js";
import { networkWords } from "../../src/network/words.js";
import { nodeWords } from "../../src/node/words.js";
import { sweepWords } from "../../src/sweep/words.js";
import { trainingWords } from "../../src/training/words.js";

/** The catalogues of errors, by the names they are said under. */
export const catalogues = {
  constraintWords,
  arraysWords,
  fitWords,
  csvWords,
  readerWords,
  recordWords,
  dataWords,
  checkpointWords,
  historyWords,
  formatsWords,
  networkWords,
  nodeWords,
  sweepWords,
  trainingWords,
} satisfies Record<string, Words>;

/** All their sentences. */
export const english: Words = Object.assign({}, ...Object.values(catalogues));

/** Expects an error to be data that say in English what its message says. */
export function expectData({ code, details, message }: CodedError): void {
  expect(inWords({ id: code, ...details }, english)).toBe(message);
}
