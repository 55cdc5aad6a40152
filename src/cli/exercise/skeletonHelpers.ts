import { readFileSync } from "node:fs";
import type { ExerciseName } from "../../exercises/exercises.js";
import type { SkeletonLanguage } from "./skeletonLanguages.js";

const course = new URL("../../../python/gradproof_course.py", import.meta.url);

/** What the course hands out with an exercise, for the functions to use. */
const helpers: Readonly<Record<ExerciseName, readonly string[]>> = {
  initialization: [],
  l2: [],
  dropout: ["sigmoid", "relu"],
  "gradient-check-1d": [],
  "gradient-check-n": ["sigmoid", "relu", "dictionary_to_vector", "vector_to_dictionary", "gradients_to_vector"],
  model: ["sigmoid", "relu"],
};

/** The same in TypeScript, entry by entry where the course takes arrays. */
const inScript: readonly string[] = [
  "const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));\n",
  "const relu = (z: number) => Math.max(0, z);\n",
  `const names = ["W1", "b1", "W2", "b2", "W3", "b3"];

/** All parameters as one vector. */
const dictionary_to_vector = (parameters: Parameters) => names.flatMap((name) => parameters[name].flat());
`,
  `/** The parameters of a network 4-5-3-1 from one vector. */
function vector_to_dictionary(theta: number[]): Parameters {
  const rest = [...theta];
  const matrix = (rows: number, columns: number) => Array.from({ length: rows }, () => rest.splice(0, columns));
  return { W1: matrix(5, 4), b1: matrix(5, 1), W2: matrix(3, 5), b2: matrix(3, 1), W3: matrix(1, 3), b3: matrix(1, 1) };
}
`,
  `/** All gradients as one vector, in the order of the parameters. */
const gradients_to_vector = (gradients: Parameters) => names.flatMap((name) => gradients[\`d\${name}\`].flat());
`,
];

/** The texts of the functions that an exercise hands out. */
export function helpersIn(language: SkeletonLanguage, exercise: ExerciseName): readonly string[] {
  const names = helpers[exercise];
  if (language === "python") {
    if (names.length === 0) return [];
    const source = readFileSync(course, "utf8");
    return names.map((name) => new RegExp(`^def ${name}\\(.*?\\n(?=\\n\\n)`, "ms").exec(source)?.[0] ?? "");
  }
  const texts = names.map(
    (name) => inScript.find((text) => new RegExp(`(?:const|function) ${name}\\b`).test(text)) ?? "",
  );
  return language === "typescript"
    ? texts
    : texts.map((text) => text.replace(/: (?:number(?:\[\])?|Parameters)(?=[),\s{])/g, ""));
}
