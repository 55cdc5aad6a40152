import { exerciseInWords } from "../../exercises/exerciseInWords.js";
import type { Exercise, ExerciseFunction } from "../../exercises/exercises.js";
import { wrap } from "../table.js";
import { quotedPath } from "./quotedPath.js";
import { helpersIn } from "./skeletonHelpers.js";
import type { SkeletonLanguage } from "./skeletonLanguages.js";
import { gaps, parameterParts } from "./skeletonParts.js";

/** Columns of a skeleton's comments, as far as PEP 8 lets code go. */
const width = 79;

/**
 * The file that a student begins with: the functions of an exercise by the course's names, what they take and return, and gaps
 * to fill.
 *
 * @param file its name, for the command that checks it
 */
export function skeletonOf(exercise: Exercise, language: SkeletonLanguage, file: string): string {
  const command = `gradproof exercise ${exercise.name} ${quotedPath(file)}`;
  const helpers = helpersIn(language, exercise.name);
  const functions = exercise.functions.map((written) =>
    language === "python" ? pythonFunction(written) : scriptFunction(written, language === "typescript"),
  );
  if (language === "python") {
    const head = `# Fill the gaps, then check them:  ${command}\nimport numpy as np\n`;
    return [head, ...helpers, ...functions].join("\n\n");
  }
  const types = language === "typescript" ? [typesOf(exercise)] : [];
  return [`// Fill the gaps, then check them:  ${command}\n${types.join("")}`, ...helpers, ...functions].join("\n");
}

function pythonFunction({ name, parameters, returns, does }: ExerciseFunction): string {
  const { hints, gives, begin } = gaps[name];
  const given = parameters.map((parameter) => {
    const { preset } = parameterParts[parameter];
    return preset === undefined ? parameter : `${parameter}=${preset.python}`;
  });
  const doc = [
    ...lines(exerciseInWords(does), 4, ""),
    "",
    ...parameters.flatMap((parameter) => lines(`${parameter} -- ${parameterParts[parameter].is}`, 8, "")),
    ...lines(`Returns ${returns}`, 4, ""),
  ];
  return [
    `def ${name}(${given.join(", ")}):`,
    '    """',
    ...doc.map((line) => (line === "" ? "" : `    ${line}`)),
    '    """',
    ...(begin?.python ?? []).map((line) => `    ${line}`),
    "    # ---- your code ----",
    ...hints.flatMap((hint) => lines(hint, 4, "# ")).map((line) => `    ${line}`),
    `    ${gives.map((value) => `${value} = None`).join("\n    ")}`,
    "    # -------------------",
    `    return ${gives.join(", ")}`,
    "",
  ].join("\n");
}

function scriptFunction({ name, parameters, returns, does }: ExerciseFunction, typed: boolean): string {
  const { hints, gives } = gaps[name];
  const given = parameters.map((parameter) => {
    const { preset, type } = parameterParts[parameter];
    if (preset !== undefined) return `${parameter} = ${preset.script}`;
    return typed ? `${parameter}: ${type}` : parameter;
  });
  const declared = gives.map((value) => `  let ${value}${typed ? `: ${resultType(value)} | undefined` : ""};`);
  return [
    "/**",
    ...lines(exerciseInWords(does), 4, " * "),
    " *",
    ...parameters.flatMap((parameter) => lines(`@param ${parameter} ${parameterParts[parameter].is}`, 4, " * ")),
    ...lines(`@returns ${returns}`, 4, " * "),
    " */",
    `export function ${name}(${given.join(", ")}) {`,
    ...declared,
    "  // ---- your code ----",
    ...hints.flatMap((hint) => lines(hint, 2, "// ")).map((line) => `  ${line}`),
    "  // -------------------",
    `  return ${gives.length === 1 ? gives[0] : `[${gives.join(", ")}]`};`,
    "}",
    "",
  ].join("\n");
}

/** A text as lines of comment; what it is a list of stands out. */
function lines(text: string, indent: number, lead: string): string[] {
  const hanging = /^(\d\.|@|\w+ --)/.test(text) ? "   " : "";
  const broken = wrap(text, width - indent - lead.length - hanging.length);
  return broken.map((line, i) => lead + (i === 0 ? "" : hanging) + line);
}

const named = { Matrix: "number[][]", Parameters: "Record<string, Matrix>" } as const;

/** The types that a skeleton's functions speak of. */
function typesOf({ functions }: Exercise): string {
  const used = functions.flatMap(({ name, parameters }) => [
    ...parameters.map((parameter) => parameterParts[parameter].type),
    ...gaps[name].gives.map(resultType),
  ]);
  const needed = used.some((type) => type === "Parameters" || type === "Matrix" || type === "Matrix[]");
  if (!needed) return "";
  return `type Matrix = ${named.Matrix};\ntype Parameters = ${named.Parameters};\n`;
}

function resultType(value: string): string {
  return parameterParts[value]?.type ?? "number";
}
