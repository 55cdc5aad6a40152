import type { ActivationSpec } from "gradproof";
import {
  type ActivationDefinition,
  activationNamed,
  activationVocabulary,
  type Numbers,
  nameOf,
  numbersOf,
} from "gradproof/ops";

/** Points of a curve, rising in z. */
export type Stroke = readonly (readonly [z: number, y: number])[];

/** An activation and its derivative, a stroke for each smooth piece: a jump of the derivative is left open. */
export interface ActivationCurve {
  readonly value: readonly Stroke[];
  readonly derivative: readonly Stroke[];
}

const POINTS = 48;

/** The curve of an activation for z from −reach to reach; undefined where a unit's output depends on other units. */
export function activationCurve(spec: ActivationSpec, reach: number): ActivationCurve | undefined {
  const definition = activationNamed(nameOf(spec));
  const { pieces } = definition;
  if (pieces === undefined) return undefined;
  const n = { ...atStart(definition), ...numbersOf(spec, activationVocabulary.operations) };
  const strokes = pieces.flatMap((piece, p) => {
    const from = Math.max(-reach, pieces[p - 1]?.to ?? -reach);
    const to = Math.min(reach, piece.to ?? reach);
    if (!(from < to)) return [];
    const zs = Array.from({ length: POINTS + 1 }, (_, k) => from + ((to - from) * k) / POINTS);
    return [zs.map((z) => ({ z, a: piece.value(z, n), slope: piece.derivative(z, piece.value(z, n), n) }))];
  });
  return {
    value: strokes.map((stroke) => stroke.map(({ z, a }) => [z, a] as const)),
    derivative: strokes.map((stroke) => stroke.map(({ z, slope }) => [z, slope] as const)),
  };
}

/** What a unit has learned before it learns. */
function atStart(definition: ActivationDefinition): Numbers {
  const parameters = definition.parameters?.([{ rows: 1 }], {}) ?? [];
  return Object.fromEntries(parameters.map(({ role, start }) => [role, typeof start === "number" ? start : 0]));
}
