import { stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Jiti, TransformOptions, TransformResult } from "jiti";
import { say, within } from "../../constraint/codedError.js";
import { OptionError, show } from "../../constraint/constraint.js";
import { FileError, withFileErrors } from "../../node/fileError.js";
import { nodeWords } from "../../node/words.js";

/** Of modules in JavaScript and TypeScript. */
export const moduleExtensions = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/**
 * Entry points of this package, by the name a module imports them by. Modules outside a project that has gradproof
 * installed find it too, and all of them the copy that runs: a Matrix of theirs is a Matrix of ours.
 */
const entryPoints = {
  "gradproof/csv": "../../data/readers/csv.js",
  "gradproof/mat": "../../data/readers/mat.js",
  "gradproof/npy": "../../data/readers/npy.js",
  "gradproof/idx": "../../data/readers/idx.js",
  "gradproof/fma": "../../engine/wasm/fmaEngine.js",
  "gradproof/browser": "../../browser/startThreads.js",
  "gradproof/report": "../../plot/index.js",
  "gradproof/array": "../../array/index.js",
  "gradproof/data": "../../data/index.js",
  "gradproof/export": "../../export/index.js",
  "gradproof/formats": "../../formats/index.js",
  "gradproof/pipeline": "../../pipeline/index.js",
  "gradproof/gradcheck": "../../gradcheck/index.js",
  "gradproof/metrics": "../../metrics/index.js",
  "gradproof/node": "../../node/index.js",
  "gradproof/constraint": "../../constraint/index.js",
  "gradproof/ops": "../../ops/index.js",
  "gradproof/network": "../../network/index.js",
  "gradproof/training": "../../training/index.js",
  "gradproof/doctor": "../../doctor/index.js",
  "gradproof/predict": "../../predict/index.js",
  "gradproof/random": "../../random/index.js",
  "gradproof/sweep": "../../sweep/index.js",
  gradproof: "../../index.js",
};

/** Makes sure there is a file that can be a module, before anything is started for it. */
export async function requireModuleFile(file: string): Promise<void> {
  const status = await withFileErrors("read", file, () => stat(file));
  if (status.isDirectory())
    throw new FileError(within(say(nodeWords, "file.read", { path: file }), say(nodeWords, "file.isFolder")));
  if (moduleExtensions.includes(extname(file).toLowerCase())) return;
  throw new FileError(
    `${file} is no .ts, .js or .mjs module; a program in another language is checked with --exec, such as ` +
      '--exec "python3 backprop.py"',
  );
}

/**
 * What loads modules in JavaScript and TypeScript. Types are taken away by jiti, since Node 20 cannot; nothing is written to
 * disk.
 *
 * @param transform in place of jiti's own
 */
export async function moduleLoader(transform?: (options: TransformOptions) => TransformResult): Promise<Jiti> {
  const { createJiti } = await import("jiti");
  return createJiti(import.meta.url, {
    fsCache: false,
    interopDefault: false,
    ...(transform && { transform }),
    alias: Object.fromEntries(
      Object.entries(entryPoints).map(([name, path]) => [name, fileURLToPath(new URL(path, import.meta.url))]),
    ),
  });
}

/**
 * The problem that a module in JavaScript or TypeScript exports.
 *
 * @throws what the module throws; OptionError where its default export is no object
 */
export async function loadProblem(file: string): Promise<object> {
  const jiti = await moduleLoader();
  const loaded = await jiti.import<unknown>(resolve(file));
  const problem = problemOf(loaded);
  if (problem === undefined) {
    throw new OptionError("there is no default export; expected: export default { parameters, cost, gradients };");
  }
  if (typeof problem !== "object" || problem === null || Array.isArray(problem)) {
    throw new OptionError(
      `the default export must be an object { parameters, cost, gradients } or { network, data }, got ${show(problem)}`,
    );
  }
  return problem;
}

/** What a module means to export: its default; the whole of a CommonJS module, which has none. */
function problemOf(loaded: unknown): unknown {
  if (typeof loaded !== "object" || loaded === null) return loaded;
  if ("default" in loaded) return loaded.default;
  return "cost" in loaded || "network" in loaded ? loaded : undefined;
}
