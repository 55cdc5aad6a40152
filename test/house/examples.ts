import { isDeepStrictEqual } from "node:util";
import ts from "typescript";

/** A piece of TypeScript out of a docstring or a Markdown file. */
export interface Example {
  readonly file: string;
  /** Line of `file` that the first line of `text` stands on, from 1. */
  readonly line: number;
  readonly text: string;
}

/** The text of every `@example` in the docstrings of a TypeScript source. */
export function examplesInSource(file: string, source: string): Example[] {
  const found: Example[] = [];
  for (const comment of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const firstLine = lineAt(source, comment.index);
    const lines = comment[0]
      .replace(/\s*\*\/$/, "")
      .split("\n")
      .map((line) => line.replace(/^\s*(\/\*\*|\*) ?/, ""));
    for (const [i, line] of lines.entries()) {
      if (!/^@example\b/.test(line)) continue;
      const length = lines.slice(i + 1).findIndex((later) => /^@\w/.test(later));
      const body = lines.slice(i + 1, length < 0 ? undefined : i + 1 + length);
      found.push({ file, line: firstLine + i + 1, text: body.join("\n") });
    }
  }
  return found;
}

/**
 * Every fenced block of a Markdown text in a language, by default TypeScript. A comment right above a block whose first line is
 * `<!-- before` holds what readers have already, such as a cost; it comes first, two empty lines in the place of what is between.
 */
export function examplesInMarkdown(file: string, markdown: string, language = "ts"): Example[] {
  const blocks = new RegExp(`(?:^<!-- before\\n((?:(?!^-->)[^])*)^-->\\n)?^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm");
  return [...markdown.matchAll(blocks)].map((block) => ({
    file,
    line: lineAt(markdown, block.index) + 1,
    text: block[1] === undefined ? block[2] : `${block[1]}\n\n${block[2]}`,
  }));
}

/** The modules an example imports from. */
export function modulesOf(example: Example): string[] {
  return ts.preProcessFile(example.text, true, true).importedFiles.map((file) => file.fileName);
}

/**
 * Runs an example, comparing the expression of each line `expression; // => literal` with the literal.
 *
 * @param modules the modules the example imports, by specifier
 * @returns how many comparisons were made
 * @throws Error with file, line, expected and actual value at the first one that fails
 */
export async function runExample(example: Example, modules: ReadonlyMap<string, unknown>): Promise<number> {
  let checks = 0;
  const check = (actual: unknown, expected: unknown, line: number): void => {
    checks++;
    if (!isDeepStrictEqual(actual, expected)) {
      throw new Error(`${example.file}:${line}: expected ${show(expected)}, got ${show(actual)}`);
    }
  };
  const require = (specifier: string): unknown => {
    if (!modules.has(specifier)) throw new Error(`${example.file}:${example.line}: no module ${specifier}`);
    return modules.get(specifier);
  };
  const { outputText } = ts.transpileModule(withChecks(example), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const AsyncFunction = (async () => {}).constructor as new (
    ...text: string[]
  ) => (...args: unknown[]) => Promise<void>;
  try {
    await new AsyncFunction("require", "exports", "__check", outputText)(require, {}, check);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw message.startsWith(`${example.file}:`) ? error : new Error(`${example.file}:${example.line}: ${message}`);
  }
  return checks;
}

/** The example with each `expression; // => literal` turned into a call of `__check`. */
function withChecks(example: Example): string {
  const source = ts.createSourceFile("example.ts", example.text, ts.ScriptTarget.Latest, true);
  let result = "";
  let done = 0;
  let found = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node)) {
      const literal = ts
        .getTrailingCommentRanges(example.text, node.end)
        ?.map((range) => /^\/\/ => (.+)$/.exec(example.text.slice(range.pos, range.end))?.[1])
        .find((text) => text !== undefined);
      if (literal !== undefined) {
        const line = example.line + source.getLineAndCharacterOfPosition(node.end).line;
        result += `${example.text.slice(done, node.getStart())}__check((${node.expression.getText()}), (${literal}), ${line});`;
        done = node.end;
        found++;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const arrows = example.text.match(/\/\/ *=>/g)?.length ?? 0;
  if (arrows !== found) {
    throw new Error(
      `${example.file}:${example.line}: ${arrows} lines have \`// =>\` but ${found} are \`expression; // => literal\``,
    );
  }
  return result + example.text.slice(done);
}

function show(value: unknown): string {
  return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
