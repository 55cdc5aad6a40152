import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { catalogues } from "../constraint/catalogues.js";
import { root } from "./program.js";

const paths = readdirSync(`${root}src`, { recursive: true })
  .map((path) => String(path).replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".kernel.ts"));
const texts = new Map(paths.map((path) => [path, readFileSync(`${root}src/${path}`, "utf8")]));

/** The rooms in which nothing but a sentence of a catalogue is a FormatError. */
const readers = /^(data|formats|sweep|node)\//;

function visit(path: string, text: string, look: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    look(node);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
}

/** FormatErrors of a file that are made of a text. */
function prose(path: string, text: string): string[] {
  const found: string[] = [];
  visit(path, text, (node) => {
    if (!ts.isNewExpression(node) || node.expression.getText() !== "FormatError") return;
    const said = node.arguments?.[0];
    const made =
      said &&
      (ts.isIdentifier(said) || (ts.isCallExpression(said) && /^(say|within)$/.test(said.expression.getText())));
    if (!made) found.push(`${path}: ${node.getText()}`);
  });
  return found;
}

/** Sentences that a file says: each catalogue with the ids that stand in the second argument of `say`, or what they begin with. */
function sentences(path: string, text: string): [catalogue: string, id: string][] {
  const found: [string, string][] = [];
  if (!text.includes("/codedError.js")) return found;
  const chosen = new Map<string, string[]>();
  const idsIn = (node: ts.Node): string[] => {
    if (ts.isStringLiteral(node)) return [node.text];
    if (ts.isTemplateExpression(node)) return [`${node.head.text}*`];
    if (ts.isConditionalExpression(node)) return [...idsIn(node.whenTrue), ...idsIn(node.whenFalse)];
    return ts.isIdentifier(node) ? (chosen.get(node.text) ?? []) : [];
  };
  visit(path, text, (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isConditionalExpression(node.initializer)) {
      chosen.set(node.name.getText(), idsIn(node.initializer));
    }
    if (!ts.isCallExpression(node) || node.expression.getText() !== "say") return;
    const [catalogue, id] = node.arguments;
    for (const said of idsIn(id)) found.push([catalogue.getText(), said]);
  });
  return found;
}

const said = [...texts].flatMap(([path, text]) => sentences(path, text));

describe("errors of what comes from outside", () => {
  it("are made of sentences, never of a text", () => {
    const files = [...texts].filter(([path]) => readers.test(path));
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(([path, text]) => prose(path, text))).toEqual([]);
  });

  it("would be found where one is made of a text", () => {
    const text = "throw new FormatError(`line $" + '{line} is wrong`);\nthrow new FormatError(within("CSV", said));';
    expect(prose("data/x.ts", text)).toEqual(["data/x.ts: new FormatError(`line $" + "{line} is wrong`)"]);
  });
});

describe("catalogues of errors", () => {
  it.each(Object.entries(catalogues))("%s has no sentence that nobody says", (name, words) => {
    const used = said.filter(([catalogue]) => catalogue === name).map(([, id]) => id);
    const isSaid = (id: string): boolean =>
      used.some((one) => one === id || (one.endsWith("*") && id.startsWith(one.slice(0, -1))));
    expect(Object.keys(words).filter((id) => !isSaid(id))).toEqual([]);
  });

  it("have every sentence that is said", () => {
    expect(said.length).toBeGreaterThan(150);
    const known = new Map<string, object>(Object.entries(catalogues));
    const unknown = said.filter(
      ([catalogue, id]) => !id.endsWith("*") && !Object.hasOwn(known.get(catalogue) ?? {}, id),
    );
    // Other rooms may have catalogues that are no errors'.
    expect(unknown.filter(([catalogue]) => known.has(catalogue))).toEqual([]);
  });

  it("share no id", () => {
    const ids = Object.values(catalogues).flatMap((words) => Object.keys(words));
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});
