import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Words } from "../../src/constraint/message.js";
import { words as doctor } from "../../src/doctor/words.js";
import { exerciseWords as exercises } from "../../src/exercises/words.js";
import { plantableNames } from "../../src/gradcheck/network/planting/plantableBugs.js";
import { networkWords as gradcheck } from "../../src/gradcheck/network/words.js";
import { idsIn, importsAtRunTime, propertiesNamed, proseIn } from "./messages.js";

const src = fileURLToPath(new URL("../../src/", import.meta.url));

interface Room {
  /** Its folder in src/. */
  readonly folder: string;
  /** Its sentences in English. */
  readonly words: Words;
  /** Files that hold sentences, or turn messages into them: for people, and for errors of their own. */
  readonly wordsFiles: RegExp;
  /** Other files of src/ that say some of them. */
  readonly alsoIn?: RegExp;
  /** Ids that are put together: from names in its files, or from others. */
  readonly composed?: (sources: readonly ts.SourceFile[]) => readonly string[];
}

/** Rooms that say what they have to say as data. */
const rooms: readonly Room[] = [
  {
    folder: "doctor",
    words: doctor,
    wordsFiles: /^(words|findingInWords)\.ts$/,
    composed: (sources) =>
      sources.flatMap((source) => propertiesNamed(source, "symptom")).map((name) => `doctor.symptom.${name}`),
  },
  {
    folder: "gradcheck",
    words: gradcheck,
    wordsFiles: /(^|\/)(words|messageInWords|gradientReport|networkReport|describe\w+|parsePlanting|index)\.ts$/,
    alsoIn: /^ops\/(activation|layer)\/.*\.bugs\.ts$/,
    composed: () => [
      ...plantableNames.map((name) => `planted.${name}`),
      ...["correct", "wrong", "undecided"].map((verdict) => `report.${verdict}`),
    ],
  },
  {
    folder: "exercises",
    words: exercises,
    wordsFiles: /^(words|mistakeWords|nextWords|wordParts|exerciseInWords|index)\.ts$/,
    composed: () => ["threw", "endless", "unreadable", "load", "ended"].map((kind) => `wrong.${kind}`),
  },
];

/** Files of a folder of src/ by their paths in it. */
function pathsIn(folder: string): string[] {
  return readdirSync(src + folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"));
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

describe.each(rooms)("messages of src/$folder/", ({ folder, words, wordsFiles, alsoIn, composed }) => {
  const read = (path: string): ts.SourceFile => parse(path, readFileSync(src + path, "utf8"));
  const sources = pathsIn(folder)
    .filter((path) => !wordsFiles.test(path))
    .map((path) => read(`${folder}/${path}`));
  const others = alsoIn
    ? pathsIn("")
        .filter((path) => alsoIn.test(path))
        .map(read)
    : [];

  it("are data: no sentence stands outside the catalogue", () => {
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.flatMap(proseIn)).toEqual([]);
  });

  it("use each sentence of the catalogue, and none that it does not have", () => {
    const ids = Object.keys(words);
    const prefixes = new Set(ids.map((id) => id.slice(0, id.indexOf("."))));
    const used = [
      ...[...sources, ...others].flatMap((source) => idsIn(source, prefixes)),
      ...(composed?.(sources) ?? []),
    ];
    expect(ids.length).toBeGreaterThan(20);
    expect([...new Set(used)].toSorted()).toEqual(ids.toSorted());
  });

  it("are made without the words of any language", () => {
    const loaded = sources.flatMap((source) => importsAtRunTime(source).map((path) => `${source.fileName}: ${path}`));
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.filter((path) => /(words|labels)\.js$/i.test(path))).toEqual([]);
  });
});

describe("what these tests look for", () => {
  it.each([
    ['const why = "one two three";', 1],
    [`const why = \`\${dead} of \${units} units\`;`, 1],
    ['const why = "one " + name + " three";', 1],
    [`const why = \`\${isDeep ? "one two three" : ""}\`;`, 1],
    ['const why = say("room.why.oneTwo", { one });', 0],
    ['import { one } from "./one two three.js";', 0],
    ['requireRecord("f(): a", a, "one two three"); throw new OptionError("one two three");', 0],
    ['requires("one two three");', 1],
    [`const formula = \`dW\${l} = (1/m) dZ\${l} \${input}ᵀ\`;`, 0],
    ['const why = "one 2 two, three";', 1],
    [`// one two three\nconst one = \`\${two}.\${three}.four\`;`, 0],
  ])("prose in %s: %d", (text, count) => {
    expect(proseIn(parse("a.ts", text))).toHaveLength(count);
  });

  it("ids of a room, as they are written", () => {
    const text = 'say("room.one"); say(wide ? "room.why.two" : `room.why.three`); f("rooms.one", "room. one", "room");';
    expect(idsIn(parse("a.ts", text), new Set(["room"]))).toEqual(["room.one", "room.why.two", "room.why.three"]);
    expect(idsIn(parse("a.ts", 'const words = { "room.one": () => "" };'), new Set(["room"]))).toEqual([]);
  });

  it("modules of which more than types is taken", () => {
    const text = `
      import type { words } from "./words.js";
      import { type A } from "./a.js";
      import { type B, b } from "./b.js";
      export type { C } from "./c.js";
      export { d } from "./d.js";
      import "./e.js";
      void import("./f.js");`;
    expect(importsAtRunTime(parse("a.ts", text))).toEqual(["./b.js", "./d.js", "./e.js", "./f.js"]);
  });
});
