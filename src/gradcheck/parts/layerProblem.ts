import { ShapeError } from "../../array/shapeError.js";
import { OptionError, show } from "../../constraint/constraint.js";
import { RandomStream } from "../../random/streams.js";
import type { AsyncGradientProblem } from "../checkGradients.js";
import { parameterForms } from "../describeParameter.js";
import { describeShape } from "../describeShape.js";
import { after } from "../drive.js";
import { type Content, contentOf, isPlainObject, parameterOf } from "../parameterValue.js";
import type { Eventual } from "../problem.js";

/** A layer of whatever form, as the check calls it. */
export interface AnyLayer {
  readonly parameters: object;
  readonly forward: (X: unknown, parameters: object) => unknown;
  readonly backward: (dA: unknown, X: unknown, parameters: object) => unknown;
}

/** Name of the block of a single input. */
const single = "X";

/**
 * A layer as a cost of its inputs and parameters: `J = Σ R ∘ A`, of which R is the derivative by A. Inputs and parameters
 * are blocks side by side; arrays of integers, labels and indices, are handed on as they are.
 *
 * @param dA R in the form of A; drawn where it is not given
 * @throws OptionError and ShapeError as `checkLayer`
 */
export function layerProblem(
  where: string,
  layer: AnyLayer,
  { X, dA, seed = 1 }: { readonly X: unknown; readonly dA?: unknown; readonly seed?: number | undefined },
): AsyncGradientProblem<object> {
  const isOne = !isPlainObject(X);
  const inputs = isOne ? { [single]: X } : X;
  const { parameters } = layer;
  if (!isPlainObject(parameters)) {
    throw new OptionError(`${where}: parameters must be an object such as { W, b }, got ${show(parameters)}`);
  }
  const twice = Object.keys(inputs).find((name) => Object.hasOwn(parameters, name));
  if (twice !== undefined) throw new OptionError(`${where}: ${twice} is an input and a parameter; call one otherwise`);
  const whole = Object.entries(inputs).filter(([, value]) => isIntegers(value));
  const moved = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isIntegers(value)));
  const names = Object.keys(parameters);
  const split = (all: object): readonly [X: unknown, parameters: object] => {
    const own = Object.entries(all).filter(([name]) => names.includes(name));
    const given = Object.fromEntries([...Object.entries(all).filter(([name]) => !names.includes(name)), ...whole]);
    return [isOne ? given[single] : given, Object.fromEntries(own)];
  };
  const outputs = new Outputs(where, dA, seed);
  const forward = (all: object): Eventual<Outputs> =>
    after(layer.forward(...split(all)), (A) => {
      outputs.take(A);
      return outputs;
    });
  return {
    parameters: { ...moved, ...parameters },
    cost: (all) => after(forward(all), (A) => A.weighted()),
    gradients: (all) => after(forward(all), (A) => layer.backward(A.derivative(), ...split(all)) as object),
  };
}

/** Arrays of integers: what counts or names is not moved. */
function isIntegers(value: unknown): boolean {
  return ArrayBuffer.isView(value) && !(value instanceof DataView || isFloats(value));
}

function isFloats(value: unknown): boolean {
  return value instanceof Float64Array || value instanceof Float32Array;
}

/** What a layer puts out, one array or several by name, and the weights R of their sum. */
class Outputs {
  private readonly where: string;
  private readonly given: unknown;
  private readonly seed: number;
  private parts: readonly (readonly [name: string, content: Content])[] = [];
  private R: readonly Float64Array[] = [];
  private shapes = "";
  private isOne = true;

  constructor(where: string, given: unknown, seed: number) {
    this.where = where;
    this.given = given;
    this.seed = seed;
  }

  take(A: unknown): void {
    this.isOne = !isPlainObject(A);
    this.parts = this.partsOf("forward()", A);
    const shapes = this.parts.map(([name, { shape }]) => `${name}${describeShape(shape)}`).join(", ");
    if (this.shapes === "") {
      this.shapes = shapes;
      this.R = this.weights();
    } else if (this.shapes !== shapes) {
      throw new ShapeError(
        `${this.where}: forward() returned ${shapes} after ${this.shapes} for inputs of the same shapes`,
      );
    }
  }

  /** Σ R ∘ A */
  weighted(): number {
    let J = 0;
    for (const [i, [, { values }]] of this.parts.entries()) {
      const R = this.R[i];
      for (let k = 0; k < values.length; k++) J += R[k] * values[k];
    }
    return J;
  }

  /** R in the form of A. */
  derivative(): unknown {
    const entries = this.parts.map(([name, content], i) => [name, parameterOf(content, this.R[i], true)] as const);
    return this.isOne ? entries[0][1] : Object.fromEntries(entries);
  }

  /** R as it was given, or of N(0, 1). */
  private weights(): Float64Array[] {
    if (this.given === undefined) {
      const stream = new RandomStream(this.seed, "check", 0, 1 << 21);
      return this.parts.map(([, { values }]) => Float64Array.from({ length: values.length }, () => stream.normal()));
    }
    const given = new Map(this.partsOf("dA", this.given));
    if ([...given.values()].every(({ values }) => Array.from(values).every((value) => value === 0))) {
      throw new OptionError(`${this.where}: dA is zero everywhere: every backward pass would agree with it`);
    }
    return this.parts.map(([name, { shape }]) => {
      const own = given.get(name);
      if (own === undefined || `${own.shape}` !== `${shape}`) {
        throw new ShapeError(
          `${this.where}: forward() returned ${describeShape(shape)}, but dA is ${own === undefined ? "not there" : describeShape(own.shape)}`,
        );
      }
      return Float64Array.from(own.values);
    });
  }

  private partsOf(what: string, value: unknown): (readonly [name: string, content: Content])[] {
    return Object.entries(isPlainObject(value) ? value : { "": value }).map(([name, part]) => {
      const content = contentOf(`${this.where}: ${what}${name === "" ? "" : ` ${name}`}`, part);
      if (content === undefined) {
        throw new OptionError(
          `${this.where}: ${what} must be ${parameterForms}, or several by name, got ${show(part)}`,
        );
      }
      return [name, content] as const;
    });
  }
}
