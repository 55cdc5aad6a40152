import { significant } from "../../numeric/significant.js";

/** Which entries: those of a block that were measured, and how many it has. */
export interface Measured {
  readonly measured: number;
  readonly entries: number;
}

/** In English, what the numbers of a block show of its gradient by themselves. */
export const causeWords = {
  "cause.factor": ({ cause, ...multiple }: Multiple & { cause: readonly string[] }) =>
    `${multipleOf(multiple)}: ${cause.join(", or ")}`,
  "cause.multiple": (multiple: Multiple) => multipleOf(multiple),
  "cause.penaltyMissing": ({ gradient, name, factor, ...where }: PartOfParameters) =>
    `${partOf({ gradient, name, factor, ...where })}, as a missing penalty (λ/m) ${name} with λ/m = ${short(-factor)} would give`,
  "cause.penaltyTooMany": ({ gradient, name, factor, ...where }: PartOfParameters) =>
    `${partOf({ gradient, name, factor, ...where })}, as a penalty (λ/m) ${name} with λ/m = ${short(factor)} that the cost ` +
    "does not hold, or one counted twice, would give",
  "cause.zero": ({ gradient }: { gradient: string }) =>
    `${gradient} is zero in all entries, the numerical gradient is not`,
  "cause.ignored": ({ gradient, name }: { gradient: string; name: string }) =>
    `${gradient} is not zero, but the cost does not change with ${name} here`,
  "cause.transposed": ({ gradient }: { gradient: string }) =>
    `${gradient} is the transpose of the numerical gradient: the factors of its product are swapped`,
  "cause.reshaped": ({ gradient }: { gradient: string }) =>
    `${gradient} holds the right numbers, but column after column: a reshape where a transpose was due`,
  "cause.rowsPermuted": (moved: Permuted) => permuted("rows", moved),
  "cause.columnsPermuted": (moved: Permuted) => permuted("columns", moved),
  "cause.entriesPermuted": (moved: Permuted) => permuted("entries", moved),
  "cause.ofAll": ({ gradient, reduction, columns }: Reduced & { columns: number }) =>
    `every entry of ${gradient} is the ${reduction} ${columns === 1 ? "of all entries" : "of all its entries"} of the ` +
    "numerical gradient: summed over the wrong axis",
  "cause.ofRow": ({ gradient, reduction }: Reduced) =>
    `every entry of ${gradient} is the ${reduction} of its row of the numerical gradient`,
  "cause.ofColumn": ({ gradient, reduction }: Reduced) =>
    `every entry of ${gradient} is the ${reduction} of its column of the numerical gradient`,
  "cause.sameNumber": ({ gradient, ...where }: Measured & { gradient: string }) =>
    `${gradient} is the same number ${everywhere(where)}, as a sum over the wrong axis, or one that is repeated, gives`,
  "cause.signs": (signs: Signs) => wrongSigns(signs),
  "cause.absolute": (signs: Signs) => `${wrongSigns(signs)}: an absolute value was taken`,
  "cause.otherRank": ({ name, gradient, shape, given, becomes }: OtherRank) =>
    `${gradient} has the shape ${tuple(given)}, ${name} ${tuple(shape)}: in NumPy, ${name} − α ${gradient} ` +
    `${becomes.length === 0 ? "is an error" : `has the shape ${tuple(becomes)}`}; keep the axis (keepdims=True), or reshape ${gradient}`,
  "cause.offset": ({ gradient, offset, ...where }: Measured & { gradient: string; offset: number }) =>
    `${gradient} is too ${offset > 0 ? "large" : "small"} by the same ${short(Math.abs(offset))} ${everywhere(where)}`,
  "cause.part": ({ part }: { part: readonly string[] }) => `${part.join()}; the rest is right`,
  "cause.fromLoss": ({ cause }: { cause: readonly string[] }) =>
    `${cause.join()}, the same in every block: it enters with the loss or 1/m`,
  "cause.fromLayer": ({ cause, layer }: { cause: readonly string[]; layer: number }) =>
    `${cause.join()}, the same in every block up to layer ${layer}: it enters with dA${layer} or dZ${layer}`,
  "cause.unknown": ({ pattern, origin }: { pattern: readonly string[]; origin: readonly string[] }) =>
    ["unknown", ...pattern, ...origin].join("; "),

  "pattern.few": ({ gradient, measured }: { gradient: string; measured: number }) =>
    `none of the ${measured} entries of ${gradient} that were measured is wrong, so a few others are`,
  "pattern.part": ({ part }: { part: readonly string[] }) => `${part.join()}, the rest is right`,
  "pattern.ratio": ({ gradient, factor }: { gradient: string; factor: number }) =>
    `${gradient} is ${short(factor)} × the numerical gradient`,
  "pattern.small": ({ gradient, off }: { gradient: string; off: number }) =>
    `${gradient} is off by ${significant(off, 2)} of its size, without a pattern: an approximation, or lower precision?`,
  "pattern.range": ({ gradient, least, most }: { gradient: string; least: number; most: number }) =>
    `${gradient} is ${significant(least, 3)} to ${significant(most, 3)} × the numerical gradient, entry by entry`,
  "pattern.differs": ({ gradient }: { gradient: string }) =>
    `${gradient} differs from the numerical gradient entry by entry`,

  "part.rows": (part: WrongPart & { lines: readonly string[] }) => wrongLines("row", part),
  "part.columns": (part: WrongPart & { lines: readonly string[] }) => wrongLines("column", part),
  "part.entries": ({ gradient, indices, is }: WrongPart & { indices: readonly string[] }) => {
    const [what, verb] = indices.length === 1 ? ["entry", "is"] : ["entries", "are"];
    return `${what} ${indices.join(", ")} of ${gradient} ${verb} ${is.join()}`;
  },
  "part.many": ({ gradient, wrong, entries, is }: WrongPart & { wrong: number; entries: number }) =>
    `${wrong} of ${entries} entries of ${gradient} are ${is.join()}`,
  "part.wrong": () => "wrong",
  "part.zero": () => "zero",
  "part.factor": ({ factor, cause }: { factor: number; cause: readonly string[] }) =>
    `${factorText(factor)} × the numerical gradient (${cause.join()})`,

  "factor.sign": () => "the sign is wrong",
  "factor.extra": ({ factor }: { factor: number }) => `an extra factor ${factor}`,
  "factor.extraOrMean": ({ factor }: { factor: number }) =>
    `an extra factor ${factor} (1/m is missing, if m = ${factor})`,
  "factor.extraOrDivision": ({ factor, divisor }: { factor: number; divisor: number }) =>
    `an extra factor ${factor} (or a division by ${divisor})`,
  "factor.missing": ({ factor }: { factor: number }) => `a factor ${factor} is missing`,
  "factor.missingOrMean": ({ factor }: { factor: number }) =>
    `a factor ${factor} is missing (or 1/m is there twice, if m = ${factor})`,
  "factor.division": ({ divisor }: { divisor: number }) => `an extra division by ${divisor}`,

  "origin.loss": ({ layer }: { layer: number }) =>
    `every block is wrong: look at the derivative of the loss, dZ${layer}, and at 1/m`,
  "origin.chain": ({ layer, above }: { layer: number; above: number }) =>
    `everything up to layer ${layer} is wrong, everything above right: look at dA${layer} = W${above}ᵀ dZ${above}, ` +
    `its dropout mask, and dZ${layer} = dA${layer} ∘ g'(Z${layer})`,
  "origin.weights": () => "every W is wrong and every b right: look at what all dW share, 1/m and the penalty (λ/m) W",
  "origin.biases": () =>
    "every b is wrong and every W right: look at what all db share, the sum over the examples and 1/m",
  "origin.dW": ({ layer, input }: { layer: number; input: string }) =>
    `no other block is wrong, so dZ${layer} is right: look at dW${layer} = (1/m) dZ${layer} ${input}ᵀ`,
  "origin.db": ({ layer }: { layer: number }) =>
    `no other block is wrong, so dZ${layer} is right: look at db${layer} = (1/m) Σ dZ${layer} over the examples`,
};

export interface Multiple extends Measured {
  readonly gradient: string;
  readonly factor: number;
}

export interface PartOfParameters extends Multiple {
  readonly name: string;
}

export interface Permuted {
  readonly gradient: string;
  /** Which of the right lines stands in the place of each. */
  readonly order: readonly string[];
}

export interface OtherRank {
  readonly name: string;
  readonly gradient: string;
  /** Lengths of the axes of the parameter, of its gradient, and of what NumPy makes of both; none where it makes nothing. */
  readonly shape: readonly string[];
  readonly given: readonly string[];
  readonly becomes: readonly string[];
}

export interface Reduced {
  readonly gradient: string;
  /** `sum` or `mean` */
  readonly reduction: string;
}

export interface Signs {
  readonly gradient: string;
  readonly wrong: number;
  readonly measured: number;
}

export interface WrongPart {
  readonly gradient: string;
  /** What that part is: zero, another factor, or wrong. */
  readonly is: readonly string[];
}

/** Lines named in a sentence. */
const shown = 4;

/** `2.000`, `-1.000`, `1.235e+5` */
export function factorText(factor: number): string {
  const size = Math.abs(factor);
  return size >= 0.01 && size < 1e5 ? factor.toFixed(3) : short(factor);
}

/** A shape as NumPy writes it: (5,), (5, 1). */
function tuple(shape: readonly string[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

function short(value: number): string {
  return significant(value, 4);
}

function everywhere({ measured, entries }: Measured): string {
  if (measured < entries) return `in all ${measured} entries measured`;
  return entries === 1 ? "in its only entry" : `in all ${entries} entries`;
}

/** `dW2 is 2.000 × the numerical gradient in all 15 entries` */
function multipleOf({ gradient, factor, ...where }: Multiple): string {
  return `${gradient} is ${factorText(factor)} × the numerical gradient ${everywhere(where)}`;
}

function partOf({ gradient, name, factor, ...where }: PartOfParameters): string {
  return `${gradient} differs from the numerical gradient by ${short(factor)} × ${name} ${everywhere(where)}`;
}

function permuted(lines: string, { gradient, order }: Permuted): string {
  const moved = order.flatMap((other, line) => (other === `${line}` ? [] : [`${line} is ${other}`]));
  const more = moved.length > shown ? ", …" : "";
  return `${gradient} has the right ${lines} in the wrong order (counted from 0: ${moved.slice(0, shown).join(", ")}${more})`;
}

function wrongSigns({ gradient, wrong, measured }: Signs): string {
  return `${gradient} is right in size, but of the wrong sign in ${wrong} of ${measured} entries`;
}

function wrongLines(what: string, { gradient, lines, is }: WrongPart & { readonly lines: readonly string[] }): string {
  const listed = lines.length > shown ? `${lines.slice(0, shown).join(", ")}, …` : lines.join(", ");
  const [s, verb] = lines.length === 1 ? ["", "is"] : ["s", "are"];
  return `${what}${s} ${listed} (counted from 0) of ${gradient} ${verb} ${is.join()}`;
}
