import { type PointSource, pointsOf, targetName } from "gradproof/pipeline";

/** Every point of a data source as CSV, the training points first. */
export function csvOf(source: PointSource): string {
  const { train, validation: test } = pointsOf(source);
  const names = train.featureNames ?? Array.from({ length: train.X.rows }, (_, i) => `x${i + 1}`);
  const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [[...names, targetName(names)].map(cell).join(",")];
  for (const { X, Y, classNames } of [train, test]) {
    for (let j = 0; j < X.columns; j++) {
      const features = Array.from({ length: X.rows }, (_, i) => String(X.get(i, j)));
      lines.push([...features, cell(targetOf(Y.rows, (k) => Y.get(k, j), classNames))].join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}

function targetOf(rows: number, y: (k: number) => number, classNames: readonly string[] | undefined): string {
  if (classNames === undefined) return String(y(0));
  if (rows === 1) return classNames[y(0)];
  let k = 0;
  while (k < rows - 1 && y(k) === 0) k++;
  return classNames[k];
}
