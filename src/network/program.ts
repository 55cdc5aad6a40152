import { say, within } from "../constraint/codedError.js";
import { OptionError } from "../constraint/constraint.js";
import type { ActivationDefinition } from "../ops/activation/activation.js";
import { type Numbers, numbersOf } from "../ops/choice.js";
import { activations } from "../ops/generated/activations.js";
import { layers } from "../ops/generated/layers.js";
import type { Builder, InnerLayer, LayerDefinition, Lowerings, NewStep, Value } from "../ops/layer/layer.js";
import type { InitializerSpec } from "../ops/names.js";
import type { Operation, ParameterDefinition, Shape } from "../ops/op.js";
import type { ParameterWindow } from "../ops/parameterWindow.js";
import { dropout } from "../ops/structure/dropout/dropout.js";
import { networkWords } from "./words.js";

/** One operation at its place in a network. */
export interface Step {
  /** `dense1`, `relu1`, `dropout0`, …: the operation and the number of its layer, or the next that is free. No name comes twice. */
  readonly name: string;
  readonly op: string;
  readonly operation: Operation;
  readonly options: Numbers;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly parameters: readonly ParameterWindow[];
  /** Windows of the numbers that are kept and not trained, in a vector of their own. */
  readonly state: readonly ParameterWindow[];
  /** Of a dropout step: its place in `keep`, among the masks and in `sites`. */
  readonly site?: number;
}

/** Where units may be dropped. */
export interface DropoutSite {
  /** Units. */
  readonly rows: number;
  /**
   * What the masks are found by, beside seed and step: 0 for the inputs, and for a layer what its own name gives, so that
   * another layer before it does not change them.
   */
  readonly stream: number;
  /** Of a dropout layer: its own probability to keep a unit. Default: that of the run. */
  readonly keep?: number;
}

/** A layer of units: the steps that make its Z and its A; a norm may stand between them. */
export interface UnitLayer {
  /** The step of Z = W A + b. */
  readonly sums: Step;
  /** The step of A = g(Z), of the norm's output where there is one. */
  readonly activation: Step;
}

/** A feature that is a code: 0 … size − 1. */
export interface CodeRow {
  /** Its row of X. */
  readonly row: number;
  readonly size: number;
}

/** A network as a list of operations over numbered values; value 0 is X. Each value but X is the output of one step. */
export interface Program {
  /** Shape of each value. */
  readonly values: readonly Shape[];
  readonly steps: readonly Step[];
  /** Where each parameter lies in θ. */
  readonly layout: readonly ParameterWindow[];
  readonly stateLayout: readonly ParameterWindow[];
  /** What the numbers of each window of `stateLayout` start from. */
  readonly stateStarts: readonly number[];
  /** How each parameter starts, in the order of `layout`; undefined: by the network's initializer. */
  readonly starts: readonly (InitializerSpec | number | undefined)[];
  /** What the loss is computed from: Z[L]. */
  readonly logits: Value;
  /** What the network says: A[L], of each of its members. */
  readonly output: Value;
  /** Members that share weights, whose rows `logits` and `output` hold; 1 of a network without. */
  readonly members: number;
  /** Rows of Y, and of the prediction: the mean of the members' outputs. */
  readonly outputs: number;
  /** The layers with weights and an activation, in their order, those within other layers among them. */
  readonly unitLayers: readonly UnitLayer[];
  /** Where units may be dropped: of the inputs, of every layer of units but the output, and of dropout layers. */
  readonly sites: readonly DropoutSite[];
  /** The features that are codes. */
  readonly codes: readonly CodeRow[];
}

/** What a program needs of a layer. */
type LowerDefinition<Spec extends InnerLayer> = Pick<LayerDefinition<Spec>, "lower" | "stream">;

/** What layers there may be, by type. */
export type LayerDefinitions = Lowerings;

/**
 * The program of a network's layers.
 *
 * The inputs and each layer of units but the output end with a dropout step, which hands on what it gets unless it has a
 * mask.
 *
 * @param inputs features, or the shape of X where it is more than a number of rows
 * @param definitions of the layers. Default: those of `src/ops/`
 * @throws OptionError for layers that do not fit each other
 *
 * @example
 * import { dense } from "gradproof";
 * import { programOf } from "gradproof/network";
 * programOf(2, [dense(3, "relu"), dense(1, "sigmoid")]).layout.map(({ name }) => name); // => ["W1", "b1", "W2", "b2"]
 */
export function programOf(
  inputs: number | Shape,
  specs: readonly InnerLayer[],
  definitions: LayerDefinitions = layers,
): Program {
  const input = typeof inputs === "number" ? { rows: inputs } : inputs;
  // Whether a layer of sums ends with its own activation, or with one further on, only the whole program tells.
  const ends = new ProgramBuilder(input, definitions, new Set()).endsOfUnits(specs);
  return new ProgramBuilder(input, definitions, ends).build(specs);
}

/** The activations by any name. */
const activationsByName: Readonly<Record<string, ActivationDefinition | undefined>> = activations;

class ProgramBuilder implements Builder {
  private readonly values: Shape[];
  private readonly steps: Step[] = [];
  private readonly names = new Set<string>();
  private readonly layout: ParameterWindow[] = [];
  private readonly stateLayout: ParameterWindow[] = [];
  private readonly stateStarts: number[] = [];
  private readonly starts: (InitializerSpec | number | undefined)[] = [];
  private readonly unitLayers: (UnitLayer & { readonly place: number })[] = [];
  /** Layers of each type so far. */
  private readonly counts = new Map<string, number>();
  /** The last number that a parameter of each role has. */
  private readonly numbered = new Map<string, number>();
  /** The number of the layer that is being added, among those of its type. */
  private number = 0;
  /** What its random numbers are found by. */
  private stream = 0;
  /** Its place among all layers, those within others too, and how many there are so far. */
  private place = 0;
  private count = 0;
  private readonly sites: DropoutSite[] = [];
  private readonly codes: CodeRow[] = [];
  private definitions: LayerDefinitions;
  /** Places of the layers that end with a dropout step. */
  private readonly ends: ReadonlySet<number>;

  constructor(input: Shape, definitions: LayerDefinitions, ends: ReadonlySet<number>) {
    this.values = [input];
    this.definitions = definitions;
    this.ends = ends;
  }

  build(specs: readonly InnerLayer[]): Program {
    const output = this.layers(specs, this.site(0, 0));
    const { values, steps, layout, stateLayout, stateStarts, starts, sites, codes } = this;
    const last = steps[steps.length - 1];
    const logits = last.op in activations ? last.inputs[0] : output;
    const unitLayers = this.unitLayers.map(({ sums, activation }) => ({ sums, activation }));
    const { rows, members = 1 } = values[output];
    const outputs = rows / members;
    return {
      values,
      steps,
      layout,
      stateLayout,
      stateStarts,
      starts,
      logits,
      output,
      members,
      outputs,
      unitLayers,
      sites,
      codes,
    };
  }

  /** Places of the layers that a layer of units ends with, but for the output. */
  endsOfUnits(specs: readonly InnerLayer[]): ReadonlySet<number> {
    const output = this.layers(specs, 0);
    const hidden = this.unitLayers.filter(({ activation }) => !activation.outputs.includes(output));
    return new Set(hidden.map(({ place }) => place));
  }

  shapeOf(value: Value): Shape {
    return this.values[value];
  }

  layers(specs: readonly InnerLayer[], input: Value, as: Lowerings = {}): Value {
    let value = input;
    const { number, stream, place, definitions } = this;
    const around = { number, stream, place, definitions };
    this.definitions = { ...definitions, ...as };
    for (const [l, spec] of specs.entries()) {
      const number = (this.counts.get(spec.type) ?? 0) + 1;
      const stream = this.streamOf(spec, number);
      const place = this.count++;
      this.counts.set(spec.type, number);
      Object.assign(this, { number, stream, place });
      value = this.outputOf(l, spec, value);
      if (this.ends.has(place)) value = this.site(value, stream);
    }
    Object.assign(this, around);
    return value;
  }

  /** The output of a layer; what it cannot take is said with its place. */
  private outputOf(l: number, spec: InnerLayer, input: Value): Value {
    try {
      return this.definitionOf(spec).lower(spec, input, this);
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      throw new OptionError(within(`layer ${l + 1} (${spec.type})`, error));
    }
  }

  drop(value: Value, keep: number): Value {
    return this.site(value, this.stream, keep);
  }

  add({ op, operation, inputs, options = {}, starts = {} }: NewStep, site?: number): readonly Value[] {
    const shapes = inputs.map((value) => this.values[value]);
    if (shapes.some(({ members }) => members !== undefined) && !operation.takesMembers) {
      throw new OptionError(say(networkWords, "network.members", { op }));
    }
    const parameters = operation.parameters?.(shapes, options) ?? [];
    const windows = this.windowsOf(parameters, this.layout);
    for (const { role, start } of parameters) {
      this.starts.push(starts[role] ?? (start === "initializer" ? undefined : start));
    }
    const state = operation.state?.(shapes, options) ?? [];
    this.stateStarts.push(...state.map(({ start }) => start));
    const outputs = operation.shapes(shapes, options).map((shape) => this.values.push(shape) - 1);
    for (const [row, size] of (operation.codes?.(options) ?? []).entries()) {
      this.codes.push({ row: this.featureAt(inputs[0], row), size });
    }
    this.steps.push({
      name: this.nameOf(op, site ?? this.number),
      op,
      operation,
      options,
      inputs,
      outputs,
      parameters: windows,
      state: this.windowsOf(state, this.stateLayout),
      ...(site !== undefined && { site }),
    });
    return outputs;
  }

  /** The operation and the number of its layer; the next number that is free, where layers of two types have the same step. */
  private nameOf(op: string, first: number): string {
    let number = first;
    while (this.names.has(`${op}${number}`)) number++;
    this.names.add(`${op}${number}`);
    return `${op}${number}`;
  }

  activate(spec: Parameters<Builder["activate"]>[0], Z: Value): Value {
    const op = typeof spec === "string" ? spec : spec.type;
    const sums = this.sumsOf(Z);
    const [A] = this.add({ op, operation: activations[op], inputs: [Z], options: numbersOf(spec, activations) });
    if (sums !== undefined) {
      const open = this.unitLayers.findIndex((layer) => layer.sums === sums);
      const activation = this.steps[this.steps.length - 1];
      this.unitLayers.splice(open < 0 ? this.unitLayers.length : open, 1, { sums, activation, place: this.place });
    }
    return A;
  }

  /**
   * The row of X that a row of a value is.
   *
   * @throws OptionError for a row that has been computed
   */
  private featureAt(value: Value, row: number): number {
    if (value === 0) return row;
    const maker = this.steps.find(({ outputs }) => outputs.includes(value)) as Step;
    const shapes = maker.inputs.map((input) => this.values[input]);
    const from = maker.operation.carries?.(maker.outputs.indexOf(value), row, shapes, maker.options);
    if (from === undefined || (maker.site ?? 0) > 0)
      throw new OptionError(say(networkWords, "network.codes", { maker: maker.name }));
    return this.featureAt(maker.inputs[from.input], from.row);
  }

  /** The step Z = W A + b of the units that a value stands for, which have met no activation since but the identity. */
  private sumsOf(value: Value): Step | undefined {
    const step = this.steps.find(({ outputs }) => outputs.includes(value));
    if (step === undefined || step.operation.affine || step.operation.sums) return step;
    const stays = step.operation.sameUnits || activationsByName[step.op]?.traits.identity;
    return stays ? this.sumsOf(step.inputs[0]) : undefined;
  }

  /** What a layer's type says; its specification has been parsed by the same definition. */
  private definitionOf<Spec extends InnerLayer>({ type }: Spec): LowerDefinition<Spec> {
    return this.definitions[type] as unknown as LayerDefinition<Spec>;
  }

  /** What the random numbers of the n-th layer of a type are found by: its own word, or 31 bits beyond all numbers, by FNV-1a. */
  private streamOf(spec: InnerLayer, n: number): number {
    const { stream } = this.definitionOf(spec);
    if (stream !== undefined) return stream(n);
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(`${spec.type}${n}`)) hash = Math.imul(hash ^ byte, 0x01000193);
    return (hash | 0x80000000) >>> 0;
  }

  private site(value: Value, stream: number, keep?: number): Value {
    const [dropped] = this.add({ op: "dropout", operation: dropout, inputs: [value] }, this.sites.length);
    this.sites.push({ rows: this.values[value].rows, stream, ...(keep !== undefined && { keep }) });
    return dropped;
  }

  /** Windows for parameters behind those that are there. */
  private windowsOf(parameters: readonly ParameterDefinition[], layout: ParameterWindow[]): readonly ParameterWindow[] {
    const last = layout.at(-1);
    let offset = last === undefined ? 0 : last.offset + last.rows * last.columns;
    // Layers of two types may have the same roles: the number goes on from theirs, so that no name comes twice.
    const layer = Math.max(this.number, ...parameters.map(({ role }) => (this.numbered.get(role) ?? 0) + 1));
    for (const { role } of parameters) this.numbered.set(role, layer);
    const windows = parameters.map(({ role, rows, columns, blocks, decays }) => {
      const sizes = { rows, columns, ...(blocks !== undefined && { blocks }) };
      const window = { name: `${role}${layer}`, role, layer, ...sizes, offset, decays };
      offset += rows * columns;
      return window;
    });
    layout.push(...windows);
    return windows;
  }
}
