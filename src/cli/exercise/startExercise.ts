import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import type { Exercise } from "../../exercises/exercises.js";
import { codeOf, fileErrorOf } from "../../node/fileError.js";
import { skeletonOf } from "./skeleton.js";
import { type SkeletonLanguage, skeletonLanguages } from "./skeletonLanguages.js";

/**
 * Writes the file that a student begins with, and gives its name. A file that is there is never replaced: it may be the work of
 * a week.
 *
 * @param file by default `my_` and the exercise
 * @throws OptionError where the file exists, or its extension is that of another language; FileError where it cannot be written
 */
export async function startExercise(
  exercise: Exercise,
  file: string | undefined,
  language: SkeletonLanguage | undefined,
): Promise<string> {
  const chosen = languageOf(file, language);
  const path = file ?? `my_${exercise.name.replaceAll("-", "_")}${skeletonLanguages[chosen]}`;
  try {
    await writeFile(path, skeletonOf(exercise, chosen, path), { flag: "wx" });
  } catch (thrown) {
    if (codeOf(thrown) === "EEXIST") {
      throw new OptionError(`${path} already exists, and is left as it is; give another name`);
    }
    throw fileErrorOf("write", path, thrown);
  }
  return path;
}

function languageOf(file: string | undefined, language: SkeletonLanguage | undefined): SkeletonLanguage {
  if (file === undefined) return language ?? "python";
  const extension = extname(file).toLowerCase();
  const all = Object.entries(skeletonLanguages) as [SkeletonLanguage, string][];
  const [found] = all.find(([, ending]) => ending === extension) ?? [];
  if (found === undefined) throw new OptionError(`${file}: expected a name that ends in .py, .ts or .js`);
  if (language !== undefined && language !== found) {
    throw new OptionError(`${file} is a name for ${found}, but --language says ${language}`);
  }
  return found;
}
