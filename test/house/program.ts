import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Example } from "./examples.js";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** One TypeScript program over files of this checkout and, beside them, texts that exist nowhere on disk. */
export function programOf(paths: readonly string[], texts: ReadonlyMap<string, string>): ts.Program {
  const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, dirname(`${root}tsconfig.json`));
  Object.assign(options, { noEmit: true, noUnusedLocals: false, verbatimModuleSyntax: false, isolatedModules: false });
  // As strict as a reader's own project may be; this one does without, for its loops over arrays of numbers.
  options.noUncheckedIndexedAccess = true;
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  return ts.createProgram([...paths, ...texts.keys()], options, host);
}

/** Where an example stands in a program: a module of its own at the root of the checkout. */
export function pathOf(example: Example): string {
  return `${root}${example.file.replaceAll("/", "-")}-${example.line}.example.ts`;
}

/** What the compiler has to say about the examples of a program, each as `file:line: message`. */
export function typeErrors(program: ts.Program, examples: readonly Example[]): string[] {
  return examples.flatMap((example) => {
    const source = program.getSourceFile(pathOf(example));
    if (source === undefined) throw new Error(`${example.file}:${example.line} is not in the program`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
      const line = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line;
      return `${example.file}:${example.line + line}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`;
    });
  });
}

/** Exported functions, classes and constants that lack a docstring or, for functions and classes, an `@example`. */
export function undocumented(program: ts.Program, entry: string): string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} is no module of the program`);
  const found: string[] = [];
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined) continue;
    const file = declaration.getSourceFile();
    const line = file.getLineAndCharacterOfPosition(declaration.getStart()).line + 1;
    const where = `${file.fileName.replace(root, "")}:${line}: ${symbol.name}`;
    if (symbol.getDocumentationComment(checker).length === 0) found.push(`${where} has no docstring`);
    const type = checker.getTypeOfSymbol(symbol);
    const callable = type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0;
    if (callable && !symbol.getJsDocTags(checker).some((tag) => tag.name === "example")) {
      found.push(`${where} has no @example`);
    }
  }
  return found;
}
