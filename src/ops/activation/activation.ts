import { Matrix } from "../../array/matrix.js";
import type { Numbers, OptionTable } from "../choice.js";
import type { Operation, ParameterDefinition } from "../op.js";

/** What others may want to know of an activation without knowing which one it is. */
export interface ActivationTraits {
  /** g(z) = z. */
  readonly identity?: boolean;
  /** The values g takes lie between these. */
  readonly range: readonly [low: number, high: number];
  /** Finite values, with its default options, that g levels off at far below and far above: a unit there hardly learns. */
  readonly saturates?: { readonly low?: number; readonly high?: number };
  /** g' is exactly 0 on a half-line: a unit that is always there is dead. */
  readonly dies?: boolean;
  /** For the last layer only: a row depends on the other rows of its example, or values would explode through layers. */
  readonly lastOnly?: boolean;
  /** The initializer that keeps signals in size through many layers of it. */
  readonly initializer: "he" | "xavier" | "lecun";
}

/** An activation g: an operation of one input that keeps its shape. */
export interface ActivationDefinition extends Operation {
  readonly options: OptionTable;
  readonly traits: ActivationTraits;
  /** The smooth functions it is made of, where it acts on each entry alone. */
  readonly pieces?: readonly Piece[];
}

/** A smooth function, and the interval on which an activation follows it; it is defined, and smooth, a little beyond. */
export interface Piece {
  /** Where the interval ends, the end included; it begins where the one before ends. Default infinity. */
  readonly to?: number;
  /** g(z); `n` holds the options and what this unit has learned. */
  value(z: number, n: Numbers): number;
  /** g'(z), given z and a = g(z). */
  derivative(z: number, a: number, n: Numbers): number;
  /**
   * g(z) to a rounding, where a = g(at) is known and z is near: for functions that are dear. It falls back to `value`
   * where z is not near enough.
   */
  near?(z: number, at: number, a: number, n: Numbers): number;
  /** ∂g/∂p of each learned parameter p, by its role. */
  readonly byParameter?: Readonly<Record<string, (z: number, a: number, n: Numbers) => number>>;
}

/** An activation that acts on each entry alone. */
export interface EntrywiseDefinition<Table extends OptionTable = OptionTable> extends ActivationDefinition {
  readonly options: Table;
  readonly pieces: readonly Piece[];
}

interface EntrywiseOptions<Table extends OptionTable> {
  readonly options?: Table;
  /** Parameters that each unit learns: the value they start from. L2 does not act on them. */
  readonly learned?: Readonly<Record<string, number>>;
  /** What g' is computed from. */
  readonly keeps: "input" | "output";
  readonly traits: ActivationTraits;
  readonly pieces: readonly Piece[];
}

/** An activation from its pieces. */
export function entrywise<const Table extends OptionTable = Record<never, never>>(
  given: EntrywiseOptions<Table>,
): EntrywiseDefinition<Table> {
  const { options = {} as Table, learned = {}, keeps, traits, pieces } = given;
  const roles = Object.keys(learned);
  return {
    options,
    traits,
    keeps,
    takesMembers: true,
    pieces,
    shapes: (inputs) => inputs,
    ...(roles.length > 0 && {
      parameters: ([{ rows }]): ParameterDefinition[] =>
        roles.map((role) => ({ role, rows, columns: 1, start: learned[role], decays: false })),
    }),
    forward([Z], at) {
      const A = Matrix.zeros(Z.rows, Z.columns, Z.dtype); // (units × examples)
      for (let i = 0; i < Z.rows; i++) {
        const g = scalarOf({ pieces }, numbersOfUnit(i, at.options, roles, at.parameters));
        for (let k = i * Z.columns; k < (i + 1) * Z.columns; k++) A.data[k] = g.value(Z.data[k]);
      }
      return { outputs: [A] };
    },
    backward([dA], { inputs: [Z], outputs: [A], options, parameters }) {
      const dZ = Matrix.zeros(Z.rows, Z.columns, Z.dtype); // (units × examples)
      const gradients = parameters.map((p) => Matrix.zeros(p.rows, 1, Z.dtype)); // (units × 1)
      for (let i = 0; i < Z.rows; i++) {
        const n = numbersOfUnit(i, options, roles, parameters);
        const g = scalarOf({ pieces }, n);
        const [first, end] = [i * Z.columns, (i + 1) * Z.columns];
        for (let k = first; k < end; k++) dZ.data[k] = dA.data[k] * g.derivative(Z.data[k], A.data[k]);
        for (const [p, role] of roles.entries()) {
          for (let k = first; k < end; k++) {
            const by = pieceAt(pieces, Z.data[k]).byParameter?.[role];
            if (by !== undefined) gradients[p].data[i] += dA.data[k] * by(Z.data[k], A.data[k], n);
          }
        }
      }
      return { inputs: [dZ], parameters: gradients };
    },
  };
}

/**
 * What the pieces of an activation work with at unit i, from 0: its options, and what the unit has learned.
 *
 * @param learned in the order of `roles`, units × 1 each
 */
export function numbersOfUnit(
  i: number,
  options: Numbers,
  roles: readonly string[],
  learned: readonly Matrix[],
): Numbers {
  if (roles.length === 0) return options;
  return { ...options, ...Object.fromEntries(roles.map((role, p) => [role, learned[p].data[i]])) };
}

/** The pieces of an operation that acts on each entry alone; undefined of any other. */
export function piecesOf(operation: Operation | EntrywiseDefinition): readonly Piece[] | undefined {
  return "pieces" in operation ? operation.pieces : undefined;
}

/** The piece an activation follows at z; the last one where z is NaN, which has to stay NaN. */
export function pieceAt(pieces: readonly Piece[], z: number): Piece {
  return pieces[pieceIndexAt(pieces, z)];
}

/** Its place among the pieces. */
export function pieceIndexAt(pieces: readonly Piece[], z: number): number {
  let p = 0;
  while (p < pieces.length - 1 && !(z <= (pieces[p].to ?? Number.POSITIVE_INFINITY))) p++;
  return p;
}

/** Where the slope of an activation may jump. */
export function kinksOf({ pieces = [] }: ActivationDefinition): readonly number[] {
  return pieces.slice(0, -1).flatMap(({ to }) => (to === undefined ? [] : [to]));
}

/** An activation of numbers instead of matrices. */
export interface Scalar {
  /** g(z) */
  value(z: number): number;
  /** g'(z), given z and a = g(z) */
  derivative(z: number, a: number): number;
}

/**
 * An activation that acts on each entry alone, as functions of a number.
 *
 * @param n options, and what the unit has learned
 */
export function scalarOf({ pieces }: { readonly pieces: readonly Piece[] }, n: Numbers): Scalar {
  const [only] = pieces;
  if (pieces.length === 1) {
    return { value: (z) => only.value(z, n), derivative: (z, a) => only.derivative(z, a, n) };
  }
  return {
    value: (z) => pieceAt(pieces, z).value(z, n),
    derivative: (z, a) => pieceAt(pieces, z).derivative(z, a, n),
  };
}
