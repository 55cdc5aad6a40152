/** A shape in words: `3 × 5`, `a vector of 4`, `a number`. */
export function describeShape(shape: readonly number[]): string {
  if (shape.length === 0) return "a number";
  return shape.length === 1 ? `a vector of ${shape[0]}` : shape.join(" × ");
}
