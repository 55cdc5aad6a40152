import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calls, folder, made, methods } from "./calls.js";

/** What someone without a type checker may give. */
const garbage: readonly unknown[] = [undefined, null, 3, Number.NaN, "x", true, {}, [], [undefined], () => undefined];

/** Functions that are not called here. */
const passedOver = new Set([
  ..."CodedError ShapeError OptionError FormatError FileError BlasError NonFiniteCostError SolutionError".split(" "), // classes of errors
  ..."startThreads nativeEngine".split(" "), // start threads, load libraries
  // Parts of charts, called many times a frame: they trust what draws with them.
  ..."linearAxis logAxis tightAxis formatNumber formatPower spreadLabels fitText textWidth lineStyle sample thin".split(
    " ",
  ),
]);

const our = new Set(["OptionError", "ShapeError", "FormatError", "FileError", "NonFiniteCostError"]);
const engines = /^(Invalid|Maximum|Array|Set|Map|Offset|Start offset|Length out of range)/i;

/** An error that the JavaScript engine has to say, and not we. */
function isRaw(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  return !our.has(error.name) && !(error.name === "RangeError" && !engines.test(error.message));
}

type Call = (args: readonly unknown[]) => unknown;

/**
 * Every way to give garbage in the place of one argument, or of one entry of an argument that is plain data. What is drawn
 * is deep, and only asked to be there.
 */
function* wrongArguments(args: () => readonly unknown[], drawn: boolean): Generator<readonly unknown[]> {
  yield [];
  for (const [k, argument] of args().entries()) {
    for (const wrong of drawn ? [undefined, null, 3] : garbage) yield args().with(k, wrong);
    if (drawn) continue;
    if (made.has(argument) || Object.getPrototypeOf(argument ?? 0) !== Object.prototype) continue;
    for (const key of Object.keys(argument as object)) {
      for (const wrong of garbage) yield args().with(k, { ...(argument as object), [key]: wrong });
    }
  }
}

/** What a call with wrong arguments throws that is not ours. */
async function rawErrors(call: Call, args: () => readonly unknown[], drawn = false): Promise<string[]> {
  const found: string[] = [];
  for (const wrong of wrongArguments(args, drawn)) {
    try {
      await call(wrong);
    } catch (error) {
      if (isRaw(error)) found.push(String(error));
    }
  }
  return [...new Set(found)];
}

/** The function that a name of the table stands for; what it opened is closed. */
function callOf(module: Readonly<Record<string, unknown>>, name: string): Call {
  const [owner, method] = name.replace("new ", "").split(".");
  const called = module[owner] as { new (...args: unknown[]): { release?: () => void } } & Record<string, unknown>;
  if (name.startsWith("new ")) return (args) => new called(...args).release?.();
  const target = method === undefined ? module : called;
  return async (args) => {
    const result = await (target[method ?? owner] as (...args: unknown[]) => unknown).apply(target, [...args]);
    (result as { close?: () => void } | undefined)?.close?.();
  };
}

// What is given as a path is a file of this folder.
const before = process.cwd();
const place = mkdtempSync(join(tmpdir(), "gradproof-arguments-"));
beforeAll(() => process.chdir(place));
afterAll(() => {
  process.chdir(before);
  for (const path of [place, folder]) rmSync(path, { recursive: true });
});

/** Entry points without calls here, and why. */
const withoutCalls: Readonly<Record<string, string>> = {
  "gradproof/browser": "starts threads of a page",
  "gradproof/constraint": "takes the library's own ranges",
  "gradproof/fma": "holds an engine, and no function",
  "gradproof/network": "takes what networks are made of, within what predictions weigh",
  "gradproof/ops": "takes the library's own vocabularies, within what predictions weigh",
  "gradproof/package.json": "is no module",
};

describe("the entry points", () => {
  it("have their functions called here, or a reason why not", () => {
    const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    const entries = Object.keys(JSON.parse(text).exports).map((path) => path.replace(".", "gradproof"));
    expect(entries.toSorted()).toEqual([...Object.keys(calls), ...Object.keys(withoutCalls)].toSorted());
  });
});

describe.each(Object.entries(calls))("public functions of %s", (entry, functions) => {
  it("are all called here", async () => {
    const module: Readonly<Record<string, unknown>> = await import(/* @vite-ignore */ entry);
    const called = new Set(Object.keys(functions).map((name) => name.replace("new ", "").split(".")[0]));
    const names = Object.keys(module).filter((name) => typeof module[name] === "function");
    expect(names.filter((name) => !called.has(name) && !passedOver.has(name))).toEqual([]);
  });

  it.each(Object.entries(functions))("%s answers wrong arguments in words of ours", async (name, args) => {
    const call = callOf(await import(/* @vite-ignore */ entry), name);
    await call(args());
    expect(await rawErrors(call, args, entry === "gradproof/report")).toEqual([]);
  });
});

describe("public methods", () => {
  it.each(Object.entries(methods))("%s answers wrong arguments in words of ours", async (name, args) => {
    const method = name.split("#")[1];
    const receiver = args()[0] as Record<string, (...args: readonly unknown[]) => unknown>;
    const call = (given: readonly unknown[]): unknown => {
      const fresh = name.startsWith("TrainingSession") ? (args()[0] as typeof receiver) : receiver;
      return fresh[method](...given);
    };
    await call(args().slice(1));
    expect(await rawErrors(call, () => args().slice(1))).toEqual([]);
  });
});
