import { schedules } from "../generated/schedules.js";
import { scheduleWords } from "../generated/scheduleWords.js";
import type { Vocabulary } from "../labels.js";

/** The schedules. */
export const scheduleVocabulary: Vocabulary<typeof schedules> = { operations: schedules, words: scheduleWords };
