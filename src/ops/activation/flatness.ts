import type { Numbers } from "../choice.js";
import type { ActivationDefinition, ActivationTraits, Piece } from "./activation.js";

/** What is asked: a definition, or a network's activation. */
interface Curve {
  readonly traits: ActivationTraits;
  readonly pieces?: ActivationDefinition["pieces"] | undefined;
}

/**
 * The values of g on its flat half-lines, where the slope is exactly 0: a unit that says nothing else gets no gradient.
 *
 * @param n options, and what the unit has learned
 */
export function flatValues({ pieces = [] }: Curve, n: Numbers): readonly number[] {
  return outerPieces(pieces)
    .map(({ piece, beyond }) => ({ a: piece.value(beyond, n), slope: slopeAt(piece, beyond, n) }))
    .filter(({ slope }) => slope === 0)
    .map(({ a }) => a);
}

/** A point from which on g is level, outwards; with its value and slope there. */
export interface LevelPoint {
  readonly z: number;
  readonly a: number;
  readonly slope: number;
}

/** Where an activation has levelled off: below, above or both. */
export interface Saturation {
  readonly low?: LevelPoint;
  readonly high?: LevelPoint;
}

/** The first |z| that is looked at: σ'(5) = 0.0066, tanh'(5) = 0.0002. */
const usual = 5;
/** Slope that is almost none. Softsign has it from |z| = 9 on. */
const almostNone = 0.012;
const farthest = 100;

/**
 * Where an activation that saturates has levelled off: on a flat piece where it has one, else at |z| = 5, or farther out
 * where its slope is still above 0.012 there.
 *
 * A side is left out where g turns back before it levels off, as SiLU does: the same outputs come from elsewhere too, so
 * an output does not tell.
 *
 * @param n options, and what the unit has learned
 */
export function saturationOf({ traits: { saturates }, pieces = [] }: Curve, n: Numbers): Saturation {
  if (saturates === undefined || pieces.length === 0) return {};
  const low = saturates.low === undefined ? undefined : levelPoint(pieces, -1, n);
  const high = saturates.high === undefined ? undefined : levelPoint(pieces, 1, n);
  return { ...(low && { low }), ...(high && { high }) };
}

function levelPoint(pieces: readonly Piece[], side: -1 | 1, n: Numbers): LevelPoint | undefined {
  const piece = side < 0 ? pieces[0] : pieces[pieces.length - 1];
  const outer = outerPieces(pieces).find((other) => other.piece === piece);
  if (outer !== undefined && slopeAt(piece, outer.beyond, n) === 0) {
    return { z: outer.end, a: piece.value(outer.beyond, n), slope: 0 };
  }
  for (let z = side * usual; Math.abs(z) <= farthest; z += side) {
    const slope = slopeAt(piece, z, n);
    if (slope < 0) return undefined;
    if (slope <= almostNone) return { z, a: piece.value(z, n), slope };
  }
  return undefined;
}

/** The pieces on half-lines: where each ends, and a point beyond. */
function outerPieces(pieces: readonly Piece[]): readonly { piece: Piece; end: number; beyond: number }[] {
  const first = pieces[0]?.to;
  const last = pieces[pieces.length - 2]?.to;
  return [
    ...(first === undefined ? [] : [{ piece: pieces[0], end: first, beyond: first - 1 }]),
    ...(last === undefined ? [] : [{ piece: pieces[pieces.length - 1], end: last, beyond: last + 1 }]),
  ];
}

function slopeAt(piece: Piece, z: number, n: Numbers): number {
  return piece.derivative(z, piece.value(z, n), n);
}
