import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { layers } from "../../src/ops/generated/layers.js";
import { names as operations } from "../../src/ops/names.js";
import { comparedNames } from "./names.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const names = new Set<string>([...Object.values(operations).flat(), ...Object.keys(layers)]);

/** Rooms that still do; a room that no longer does is taken off the list. */
const stillDo = ["src/engine/", "src/export/", "src/gradcheck/"];

function sources(folder: string): string[] {
  return readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("src/ops/") && !path.includes("/generated/"));
}

describe("nobody outside ops/ compares an operation's name", () => {
  it.each(["src", "lab"])("in %s", (folder) => {
    const paths = sources(folder);
    expect(paths.length).toBeGreaterThan(20);
    const found = paths.flatMap((path) => comparedNames(path, readFileSync(root + path, "utf8"), names));
    expect(found.filter((sentence) => !stillDo.some((room) => sentence.startsWith(room)))).toEqual([]);
    const clean = stillDo.filter((room) => room.startsWith(folder) && !found.some((one) => one.startsWith(room)));
    expect(clean).toEqual([]);
  });

  it.each([
    `export const f = (name: string) => name === "relu";`,
    `export const f = (loss: string) => "meanSquaredError" !== loss;`,
    `export function f(type: string) { switch (type) { case "adam": return 1; default: return 0; } }`,
    `export const f = (name: string) => ["tanh", "sigmoid"].includes(name);`,
  ])("is found: %s", (text) => {
    expect(comparedNames("a.ts", text, names)).toHaveLength(1);
  });

  it.each([
    `export const defaults = { activation: "relu" };`,
    `export const f = (yScale: string) => yScale === "linear";`,
    `export const f = (task: string) => task === "regression";`,
  ])("is not found: %s", (text) => {
    expect(comparedNames("a.ts", text, names)).toEqual([]);
  });
});
