import ts from "typescript";

/** Where a file tells operations apart by their names. */
export interface Mention {
  readonly line: number;
  readonly text: string;
}

/**
 * Comparisons with the name of an operation, cases of it, lists that are searched for it, tables with several of them as keys,
 * and entries of a registry taken by name.
 */
export function mentionsOf(
  source: ts.SourceFile,
  names: ReadonlySet<string>,
  registries: ReadonlySet<string>,
): Mention[] {
  const mentions: Mention[] = [];
  const add = (node: ts.Node): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    mentions.push({ line: line + 1, text: node.getText(source).split("\n")[0].slice(0, 90) });
  };
  const isName = (node: ts.Node): boolean => ts.isStringLiteral(node) && names.has(node.text);
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && (isName(node.left) || isName(node.right))) {
      const equals = [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken];
      if (equals.includes(node.operatorToken.kind)) add(node);
    }
    if (ts.isCaseClause(node) && isName(node.expression)) add(node);
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      const searched = name.text === "includes" || name.text === "has" || name.text === "indexOf";
      if (
        searched &&
        (node.arguments.some(isName) || (ts.isArrayLiteralExpression(expression) && expression.elements.some(isName)))
      )
        add(node);
    }
    if (ts.isObjectLiteralExpression(node)) {
      const keys = node.properties.flatMap(({ name }) =>
        name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
      );
      if (keys.filter((key) => names.has(key)).length > 1) add(node);
    }
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      if (registries.has(node.expression.text) && names.has(node.name.text)) add(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mentions;
}
