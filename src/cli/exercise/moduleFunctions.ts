import { readFile } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import type { TransformOptions, TransformResult } from "jiti";
import type { CallOptions, Replacement } from "../../exercises/solution.js";
import type { ExerciseValue } from "../../exercises/value.js";
import { RandomState } from "../../random/randomState.js";
import { moduleLoader } from "../check/loadProblem.js";
import { forwardPropagationN } from "./forwardPropagationN.js";
import { fromModule, toModule } from "./moduleValue.js";

type AnyFunction = (...args: readonly unknown[]) => unknown;

/** Sets what a name of a module stands for, and says what it stood for. */
type Setter = (value: unknown) => unknown;

/** Where the modules of a solution leave the setters of their names. */
const settersKey = "gradproof.exercise.setters";

/** Functions that a judge may replace, so that a checker is judged without them. */
const replaceable = ["forward_propagation", "backward_propagation", "forward_propagation_n"];

/** The declaration of one of them that cannot be set. */
const constant = new RegExp(`^(export\\s+)?const(?=\\s+(?:${replaceable.join("|")})\\b)`, "gm");

/** The functions that a module in TypeScript or JavaScript exports, each by its name or all as one default object. */
export class ModuleFunctions {
  readonly names: readonly string[];
  readonly #functions: ReadonlyMap<string, AnyFunction>;
  readonly #owner: object | undefined;
  readonly #setters: ReadonlyMap<string, readonly Setter[]>;

  private constructor(loaded: unknown, setters: ReadonlyMap<string, readonly Setter[]>) {
    const exported = new Map<string, AnyFunction>();
    const owner = defaultOf(loaded);
    for (const from of [owner, loaded]) {
      if (typeof from !== "object" || from === null) continue;
      for (const [name, value] of Object.entries(from)) if (typeof value === "function") exported.set(name, value);
    }
    exported.delete("default");
    this.names = [...exported.keys()];
    this.#functions = exported;
    this.#owner = owner;
    this.#setters = setters;
  }

  /** @throws what the module throws */
  static async load(file: string): Promise<ModuleFunctions> {
    const setters = new Map<string, Setter[]>();
    const folder = dirname(resolve(file));
    const plain = await moduleLoader();
    const transform = (options: TransformOptions): TransformResult => {
      if (dirname(options.filename ?? "") !== folder) return { code: plain.transform(options) };
      const code = plain.transform({ ...options, source: options.source.replace(constant, "$1let") });
      return { code: code + settersOf(code) };
    };
    const shared = globalThis as Record<string, unknown>;
    shared[settersKey] = (name: string, set: Setter) => setters.set(name, [...(setters.get(name) ?? []), set]);
    const filename = resolve(file);
    // Modules that Node itself could load are left to it otherwise, past the transform.
    const options = { filename, ext: extname(filename), async: true, forceTranspile: true };
    const loaded = await (await moduleLoader(transform)).evalModule(await readFile(filename, "utf8"), options);
    return new ModuleFunctions(loaded, setters);
  }

  /** @throws what the function throws; UnreadableValue for what it returns */
  async call(
    name: string,
    args: readonly ExerciseValue[],
    { seed, replaced = {} }: CallOptions,
  ): Promise<ExerciseValue> {
    const random = Math.random;
    if (seed !== undefined) {
      const state = new RandomState(seed);
      Math.random = () => state.random();
    }
    const undo: (() => void)[] = [];
    try {
      for (const [other, by] of Object.entries(replaced)) {
        for (const set of this.#settersOf(other)) {
          const before = set(standIn(by));
          undo.push(() => set(before));
        }
      }
      const called = this.#functions.get(name);
      return fromModule(await called?.apply(this.#owner, args.map(toModule)));
    } finally {
      for (const back of undo) back();
      Math.random = random;
    }
  }

  /** Of the name in every module of the solution, and in the object that the module exports. */
  #settersOf(name: string): readonly Setter[] {
    const owner = this.#owner as Record<string, unknown> | undefined;
    const inOwner: Setter = (value) => {
      const before = owner?.[name];
      if (owner !== undefined) owner[name] = value;
      return before;
    };
    return [
      ...(this.#setters.get(name) ?? []),
      ...(owner !== undefined && Object.hasOwn(owner, name) ? [inOwner] : []),
    ];
  }
}

/** The object of functions that a module exports as its default. */
function defaultOf(loaded: unknown): object | undefined {
  if (typeof loaded !== "object" || loaded === null || !("default" in loaded)) return undefined;
  return typeof loaded.default === "object" && loaded.default !== null ? loaded.default : undefined;
}

/**
 * Code at the end of a module that hands out setters of the functions it declares. A module's names cannot be reached from
 * outside, and a checker calls `forward_propagation` by its name.
 */
function settersOf(code: string): string {
  const declared = replaceable.filter((name) => new RegExp(`\\b(?:function|let|var)\\s+${name}\\b`).test(code));
  return declared
    .map((name) => {
      const set = [
        `const before = typeof ${name} === "undefined" ? undefined : ${name};`,
        `if (before !== undefined) ${name} = value;`,
        `if (exports.${name}) exports.${name} = value;`,
        "return before;",
      ];
      return `\n;globalThis[${JSON.stringify(settersKey)}](${JSON.stringify(name)}, (value) => { ${set.join(" ")} });`;
    })
    .join("");
}

function standIn(by: Replacement): AnyFunction {
  if (by === "forward_propagation_n") return forwardPropagationN as AnyFunction;
  if ("polynomial" in by) {
    return (_, theta) => by.polynomial.reduce((sum, factor, k) => sum + factor * Number(theta) ** k, 0);
  }
  return () => toModule(by.returns);
}
