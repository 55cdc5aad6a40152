import ts from "typescript";

/**
 * Every place of a source that compares something with one of these names, or looks a name up in a record written on the
 * spot: `activation === "relu"`, `case "adam":`, `["tanh", "sigmoid"].includes(name)`.
 *
 * @param names of operations
 */
export function comparedNames(path: string, text: string, names: ReadonlySet<string>): string[] {
  // Most sources name none.
  const literals = text.match(/"[A-Za-z]+"/g) ?? [];
  if (!literals.some((literal) => names.has(literal.slice(1, -1)))) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const isName = (node: ts.Node): boolean => ts.isStringLiteralLike(node) && names.has(node.text);
  const say = (node: ts.Node): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${path}:${line + 1} compares with a name: ${node.getText().slice(0, 80)}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && equality.has(node.operatorToken.kind)) {
      if ((isName(node.left) || isName(node.right)) && !isScale(node)) say(node);
    } else if (ts.isCaseClause(node) && isName(node.expression)) {
      say(node.expression);
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression: list, name } = node.expression;
      if (name.text === "includes" && ts.isArrayLiteralExpression(list) && list.elements.some(isName)) say(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const equality = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

/** An axis or a range may be linear too. */
function isScale({ left, right }: ts.BinaryExpression): boolean {
  return [left, right].some((side) => /scale$/i.test(side.getText()));
}
