import { type ExerciseName, exerciseInWords, judges } from "gradproof/exercises";
import { type Own, type Plain, plainSolution } from "./plainSolution.js";

/** What a judge tells of a function, in words. */
export interface Told {
  readonly verdict: string;
  readonly why: string;
  readonly next: string | undefined;
}

/** The verdict on one function of a student's, in words. */
export async function told(
  exercise: ExerciseName,
  name: string,
  functionsOf: (own: Own) => Readonly<Record<string, Plain>>,
  seed = 1,
  language: "python" | "typescript" = "typescript",
): Promise<Told> {
  const { functions } = await judges[exercise](plainSolution(functionsOf, language), { seed });
  const { verdict, why, next } = functions[name];
  return { verdict, why: exerciseInWords(why), next: next && exerciseInWords(next) };
}
