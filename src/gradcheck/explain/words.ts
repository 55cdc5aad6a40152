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
  "cause.axesSwapped": ({ gradient, axes }: Along) =>
    `${gradient} holds the right numbers with ${axesText(axes)} swapped`,
  "cause.flipped": ({ gradient, axes }: Along) =>
    `${gradient} holds the right numbers in reverse order along ${axesText(axes)}: a kernel is turned round that should not be, ` +
    "or the other way about",
  "cause.shifted": ({ gradient, axes, by }: Along & { by: number }) =>
    `${gradient} holds the right numbers, but shifted by ${by} along ${axesText(axes)}, as an offset that is off (of padding, a stride, a slice) gives`,
  "cause.clippedEntries": ({
    gradient,
    limit,
    clipped,
  }: Measured & { gradient: string; limit: number; clipped: number }) =>
    `${gradient} is the numerical gradient clipped to ±${short(limit)} (${clipped} of its entries are at the limit): the gradient ` +
    "of the cost is not clipped; clip after the check",
  "cause.clippedNorm": ({ gradient, norm }: { gradient: string; norm: number }) =>
    `${gradient} has the right direction and a norm of exactly ${short(norm)}, as clipping by norm gives; clip after the check`,
  "cause.clippedTogether": ({ norm }: { gradient: string; norm: number }) =>
    `all blocks are too small by the same factor and have a norm of exactly ${short(norm)} together, as clipping by norm gives; ` +
    "clip after the check",
  "cause.maskMissing": ({ gradient, wrong, measured }: { gradient: string; wrong: number; measured: number }) =>
    `${gradient} is not zero in ${wrong} of ${measured} entries measured where the numerical gradient is, and right in the others: ` +
    "a mask (dropout, ReLU, padding, causal) is missing in the backward pass",
  "cause.ofAnother": ({ gradient, name, other }: { gradient: string; name: string; other: string }) =>
    `${gradient} is not the gradient of ${name}: its numbers are returned as that of ${other}`,
  "cause.softmaxSum": ({ gradient, axis }: { gradient: string; axis: number }) =>
    `${gradient} lacks the sum in dS = P ∘ (dP − Σ P ∘ dP) of a softmax over axis ${axis}`,
  "cause.targetsMissing": ({
    gradient,
    name,
    factor,
    axis,
  }: {
    gradient: string;
    name: string;
    factor: number;
    axis: number;
  }) => `${gradient} is ${short(factor)} × softmax(${name}) over axis ${axis}: the targets Y are not subtracted`,
  "norm.mean": (norm: Norm) =>
    `${norm.gradient} is right but for its mean ${over(norm)}, which the numerical gradient does not have: the term of the mean, ` +
    "−mean(dx̂), is missing or wrong",
  "norm.variance": (norm: Norm) =>
    `${norm.gradient} is right but for a part along x̂ ${over(norm)}, which the numerical gradient does not have: the term of the ` +
    "variance, −x̂ mean(dx̂ ∘ x̂), is missing or wrong",
  "norm.both": (norm: Norm) =>
    `${norm.gradient} is right but for its mean and a part along x̂ ${over(norm)}, which the numerical gradient does not have: the ` +
    "terms of mean and variance are missing, as if both were constants",
  "norm.square": (norm: Norm) =>
    `${norm.gradient} is right but for a part along x ${over(norm)}, which the numerical gradient does not have: the term of the mean ` +
    "square (RMS norm) is missing or wrong",
  "norm.scaleOutside": ({ gradient, scale }: { gradient: string; scale: string }) =>
    `${gradient} / ${scale} adds up to 0 over the features, where ${gradient} itself should: ${scale} belongs inside the means of the ` +
    `backward pass (dx̂ = ${scale} ∘ dout first)`,
  "penalty.costHasBiases": ({ gradient, name, factor }: Penalty) =>
    `${gradient} lacks ${short(-factor)} × ${name}, and every other db the same: either the cost has a penalty (λ/m = ` +
    `${short(-factor)}) on the biases, or every db lacks it. A penalty is usually on W alone: look at the cost first`,
  "penalty.gradientHasBiases": ({ gradient, name, factor }: Penalty) =>
    `${gradient} has ${short(factor)} × ${name} too much, and every other db the same: a penalty on the biases that the cost does not ` +
    "have (usually it is on W alone)",
  "penalty.costHasMore": ({ gradient, name, factor }: Penalty) =>
    `${gradient} lacks ${short(-factor)} × ${name}, and every other dW the same: either every dW lacks the penalty (λ/m = ` +
    `${short(-factor)}), or the cost has it with another factor than dW: look for the ½ of (λ/2m) ‖W‖², and for 1/m, in the cost`,
  "penalty.gradientHasMore": ({ gradient, name, factor }: Penalty) =>
    `${gradient} has ${short(factor)} × ${name} too much, and every other dW the same: either the cost lacks the penalty (λ/m = ` +
    `${short(factor)}), or cost and gradient have it with different factors: look at ½, 1/m and how often it is added`,
  "penalty.onlyInCost": ({ gradient, name, cost }: Penalties) =>
    `${gradient} lacks the cost's penalty ${short(cost)} × ${name}, and so does every other dW`,
  "penalty.onlyInGradient": ({ gradient, name, own }: Penalties) =>
    `${gradient} has a penalty ${short(own)} × ${name}, and so has every other dW; the cost has none`,
  "penalty.apart": ({ gradient, name, own, cost, times }: Penalties) =>
    `${gradient} has a penalty ${short(own)} × ${name}, the cost's gives ${short(cost)} × ${name}, ${short(times)} times as much, and so in ` +
    `every W: ${Math.abs(times - 2) < 1e-6 ? "½ is missing in the cost's (λ/2m) ‖W‖²" : "½ or 1/m stands in one of them only"}`,
  "cause.part": ({ part, rest }: PartAndRest) => `${part.join()}; ${rest.join()}`,
  "cause.fromLoss": ({ cause }: { cause: readonly string[] }) =>
    `${cause.join()}, the same in every block: it enters with the loss or 1/m`,
  "cause.fromLayer": ({ cause, layer }: { cause: readonly string[]; layer: number }) =>
    `${cause.join()}, the same in every block up to layer ${layer}: it enters with dA${layer} or dZ${layer}`,
  "cause.unknown": ({ pattern, origin }: { pattern: readonly string[]; origin: readonly string[] }) =>
    ["unknown", ...pattern, ...origin].join("; "),

  "pattern.few": ({ gradient, measured }: { gradient: string; measured: number }) =>
    `none of the ${measured} entries of ${gradient} that were measured is off by more than its error bar tells`,
  "pattern.part": ({ part, rest }: PartAndRest) => `${part.join()}, ${rest.join()}`,
  "pattern.ratio": ({ gradient, factor }: { gradient: string; factor: number }) =>
    `${gradient} is ${short(factor)} × the numerical gradient`,
  "pattern.small": ({ gradient, off }: { gradient: string; off: number }) =>
    `${gradient} is off by ${significant(off, 2)} of its size, without a pattern: an approximation, or lower precision?`,
  "pattern.range": ({ gradient, least, most }: { gradient: string; least: number; most: number }) =>
    `${gradient} is ${significant(least, 3)} to ${significant(most, 3)} × the numerical gradient, entry by entry`,
  "pattern.some": ({ gradient, wrong, measured }: Some) =>
    `${wrong} of ${measured} entries of ${gradient} that were measured are wrong`,
  "pattern.someRange": ({ gradient, wrong, measured, least, most }: Some & { least: number; most: number }) =>
    `${wrong} of ${measured} entries of ${gradient} that were measured are wrong, ${significant(least, 3)} to ` +
    `${significant(most, 3)} × the numerical gradient`,
  "pattern.differs": ({ gradient }: { gradient: string }) =>
    `${gradient} differs from the numerical gradient entry by entry`,

  "part.rows": (part: WrongPart & { lines: readonly string[] }) => wrongLines("row", part),
  "part.columns": (part: WrongPart & { lines: readonly string[] }) => wrongLines("column", part),
  "part.along": ({ axis, ...part }: WrongPart & { lines: readonly string[]; axis: number }) =>
    wrongLines("index", part, ` along axis ${axis}`),
  "part.before": ({ gradient, axis, from, is }: WrongPart & { axis: number; from: number }) =>
    `${gradient} is ${is.join()} at all indices before ${from} along axis ${axis} (if these are time steps: look at what step ` +
    `${from} hands back to step ${from - 1})`,
  "part.run": ({ gradient, from, to, is }: WrongPart & { from: number; to: number }) =>
    `entries ${from} to ${to} of ${gradient} are ${is.join()}`,
  "part.entries": ({ gradient, indices, is }: WrongPart & { indices: readonly string[] }) => {
    const [what, verb] = indices.length === 1 ? ["entry", "is"] : ["entries", "are"];
    return `${what} ${indices.join(", ")} of ${gradient} ${verb} ${is.join()}`;
  },
  "part.some": ({ gradient, wrong, measured, is }: WrongPart & Some) =>
    `${wrong} of ${measured} entries of ${gradient} that were measured are ${is.join()}`,
  "part.many": ({ gradient, wrong, entries, is }: WrongPart & { wrong: number; entries: number }) =>
    `${wrong} of ${entries} entries of ${gradient} are ${is.join()}`,
  "rest.right": () => "the rest is right",
  "rest.measured": () => "the others of these are right",

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

  "factor.root": ({ d }: { d: number }) => `√${d}, with d = ${d} the length of an axis: 1/√d is missing`,
  "factor.overRoot": ({ d }: { d: number }) => `1/√${d}, with d = ${d} the length of an axis: 1/√d is there twice`,

  "origin.loss": ({ layer }: { layer: number }) =>
    `every block is wrong: look at the derivative of the loss, dZ${layer}, and at 1/m`,
  "origin.chain": ({ layer, above }: { layer: number; above: number }) =>
    `everything up to layer ${layer} is wrong, everything above right: look at dA${layer} = W${above}ᵀ dZ${above}, ` +
    `at its mask if there is dropout, and at dZ${layer} = dA${layer} ∘ g'(Z${layer})`,
  "origin.weights": () => "every W is wrong and every b right: look at what all dW share, 1/m and the penalty (λ/m) W",
  "origin.biases": () =>
    "every b is wrong and every W right: look at what all db share, the sum over the examples and 1/m",
  "origin.dW": (own: OwnFormula & { input: string }) =>
    `no other block is wrong, so dZ${own.layer} is right: look at ${dW(own)}`,
  "origin.db": (own: OwnFormula) => `no other block is wrong, so dZ${own.layer} is right: look at ${db(own)}`,
  "origin.dWOrAbove": (own: OwnFormula & { input: string }) => `look at ${dW(own)}, and ${above(own)}`,
  "origin.dbOrAbove": (own: OwnFormula) => `look at ${db(own)}, and ${above(own)}`,
};

export interface Along {
  readonly gradient: string;
  /** Numbers of axes, from 0. */
  readonly axes: readonly string[];
}

export interface Norm extends Along {
  /** Channels of a group, of a group norm. */
  readonly channels: number | undefined;
}

export interface Penalty {
  readonly gradient: string;
  readonly name: string;
  readonly factor: number;
}

/** λ/m as the gradient has it and as the cost has it. */
export interface Penalties {
  readonly gradient: string;
  readonly name: string;
  readonly own: number;
  readonly cost: number;
  readonly times: number;
}

export interface Some {
  readonly gradient: string;
  readonly wrong: number;
  readonly measured: number;
}

export interface OwnFormula {
  readonly layer: number;
}

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

/** Some of a block that is wrong, and what is known of the rest. */
export interface PartAndRest {
  readonly part: readonly string[];
  readonly rest: readonly string[];
}

/** Moves named in a sentence, and lines. */
const shown = 4;
const shownLines = 8;

/** Whole numbers in order, neighbours joined: 0 to 7, 12. */
function runsOf(lines: readonly string[]): string[] {
  const runs: (readonly [from: string, to: string])[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last !== undefined && Number(line) === Number(last[1]) + 1) runs[runs.length - 1] = [last[0], line];
    else runs.push([line, line]);
  }
  return runs.flatMap(([from, to]) => {
    if (from === to) return [from];
    return Number(to) === Number(from) + 1 ? [from, to] : [`${from} to ${to}`];
  });
}

/** `2.000`, `-1.000`, `1.235e+5` */
export function factorText(factor: number): string {
  const size = Math.abs(factor);
  if (size < 0.01 || size >= 1e5) return short(factor);
  const text = factor.toFixed(3);
  // A factor of 1.00003 is not 1.000.
  return Math.abs(Number(text)) === 1 && size !== 1 && Math.abs(size - 1) > 1e-9 ? significant(factor, 8) : text;
}

function dW({ layer, input }: OwnFormula & { readonly input: string }): string {
  return `dW${layer} = (1/m) dZ${layer} ${input}ᵀ`;
}

function db({ layer }: OwnFormula): string {
  return `db${layer} = (1/m) Σ dZ${layer} over the examples`;
}

/** What may be wrong too where no other block is known well enough to say. */
function above({ layer }: OwnFormula): string {
  return `at dZ${layer}: an error of this size in it need not show in another block`;
}

/** `axis 0`, `axes 0, 2 and 3` */
function axesText(axes: readonly string[]): string {
  const [last] = axes.slice(-1);
  return axes.length === 1 ? `axis ${last}` : `axes ${axes.slice(0, -1).join(", ")} and ${last}`;
}

function over({ axes, channels }: Norm): string {
  return `over ${axesText(axes)}${channels === undefined ? "" : ` (${channels} channels at a time)`}`;
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

function wrongLines(
  what: string,
  { gradient, lines, is }: WrongPart & { readonly lines: readonly string[] },
  along = "",
): string {
  const runs = runsOf(lines);
  const listed = runs.length > shownLines ? `${runs.slice(0, shownLines).join(", ")}, …` : runs.join(", ");
  const [s, verb] = lines.length === 1 ? ["", "is"] : ["s", "are"];
  return `${plural(what, s)} ${listed}${along} (counted from 0) of ${gradient} ${verb} ${is.join()}`;
}

function plural(what: string, s: string): string {
  return what === "index" && s !== "" ? "indices" : `${what}${s}`;
}
