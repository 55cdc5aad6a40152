import { OptionError } from "../../constraint/constraint.js";
import { dense } from "../../network/dense.js";
import type { LayerSpec } from "../../network/spec.js";
import { nameOf } from "../../ops/choice.js";
import { shortChoice } from "../../ops/choiceText.js";
import { initializers } from "../../ops/generated/initializers.js";
import { type DenseSpec, isDense } from "../../ops/layer/dense/dense.js";
import type { ActivationSpec, InitializerSpec } from "../../ops/names.js";
import type { LayerTemplateSpec } from "../../pipeline/configuration.js";
import { output } from "../../pipeline/defaults.js";
import { type RunConfiguration, start } from "./runConfiguration.js";

/** Each setting for one hidden layer, or one for all. */
type PerLayer<T> = readonly T[];

/** The layer of the features, where there is one before the hidden layers. */
function featuresIn({ network: { layers } }: RunConfiguration): readonly LayerTemplateSpec[] {
  return layers[0].type === "features" ? layers.slice(0, 1) : [];
}

/** The hidden layers; undefined where one is of another type than the flags know. */
function hiddenIn(configuration: RunConfiguration): readonly DenseSpec[] | undefined {
  const { layers } = configuration.network;
  const hidden = layers
    .slice(featuresIn(configuration).length, -1)
    .map((layer) => (layer.type === output.type ? undefined : layer));
  return hidden.every((layer) => layer !== undefined && isDense(layer)) ? (hidden as DenseSpec[]) : undefined;
}

function withHidden(configuration: RunConfiguration, hidden: readonly LayerSpec[]): RunConfiguration {
  const { network } = configuration;
  const layers = [...featuresIn(configuration), ...hidden, ...network.layers.slice(-1)];
  return { ...configuration, network: { ...network, layers } };
}

/** The hidden layers, which must all be dense for flags to change them. */
function requireHidden(flag: string, configuration: RunConfiguration): readonly DenseSpec[] {
  const hidden = hiddenIn(configuration);
  if (hidden !== undefined) return hidden;
  throw new OptionError(`${flag} is for dense layers; this network has others, so change its layers in the file`);
}

/** The l-th of what is given for one layer or for all. */
function requirePerLayer<T>(flag: string, given: PerLayer<T>, layers: number): (l: number) => T {
  if (given.length === 1 || given.length === layers) return (l) => given[given.length === 1 ? 0 : l];
  throw new OptionError(
    `${flag} gives ${given.length} for ${layers} hidden ${layers === 1 ? "layer" : "layers"}; give one for all, or one a layer`,
  );
}

/** One where all are the same. */
function shared<T>(all: PerLayer<T>): PerLayer<T> {
  const [first] = all;
  return all.every((each) => JSON.stringify(each) === JSON.stringify(first)) ? all.slice(0, 1) : all;
}

export function unitsIn(configuration: RunConfiguration): readonly number[] | undefined {
  return hiddenIn(configuration)?.map(({ units }) => units);
}

/** So many layers as there are now keep what else they are; of another number all are as those now. */
export function withUnits(
  configuration: RunConfiguration,
  units: readonly number[],
  given: ReadonlySet<string>,
): RunConfiguration {
  const now = hiddenIn(configuration) ?? [];
  if (now.length === units.length) {
    return withHidden(
      configuration,
      now.map((layer, l) => ({ ...layer, units: units[l] })),
    );
  }
  // What is given beside need not be the same in all of them.
  const kept = now.map(({ units: _, activation, initializer, ...rest }) => ({
    ...rest,
    ...(!given.has("activation") && { activation }),
    ...(!given.has("init") && initializer !== undefined && { initializer }),
  }));
  if (shared(kept).length > 1) {
    throw new OptionError(
      `--hidden: the ${now.length} hidden layers differ, so what ${units.length} are to be is open; give --activation and --init too`,
    );
  }
  const [{ activation }] = hiddenIn(start) ?? [];
  const model = { ...dense(1, now[0]?.activation ?? activation), ...kept[0] };
  return withHidden(
    configuration,
    units.map((count) => ({ ...model, units: count })),
  );
}

/** Of the hidden layers, where there are any. */
export function activationsIn(configuration: RunConfiguration): PerLayer<ActivationSpec> | undefined {
  const activations = hiddenIn(configuration)?.map(({ activation }) => activation);
  return activations === undefined || activations.length === 0 ? undefined : shared(activations);
}

export function withActivations(
  configuration: RunConfiguration,
  activations: PerLayer<ActivationSpec>,
): RunConfiguration {
  const hidden = requireHidden("--activation", configuration);
  const activationOf = requirePerLayer("--activation", activations, hidden.length);
  return withHidden(
    configuration,
    hidden.map((layer, l) => ({ ...layer, activation: activationOf(l) })),
  );
}

/** One for all layers; or one a hidden layer, and one more for the output. */
export function initializersIn(configuration: RunConfiguration): PerLayer<InitializerSpec> | undefined {
  const { initializer } = configuration.network;
  const hidden = hiddenIn(configuration);
  const last = configuration.network.layers.at(-1);
  const own = last === undefined || last.type === output.type || !isDense(last) ? undefined : last.initializer;
  if (hidden === undefined || [...hidden, { initializer: own }].every((layer) => layer.initializer === undefined)) {
    return [initializer];
  }
  return [...hidden.map((layer) => layer.initializer ?? initializer), own ?? initializer];
}

/** Also without the one for the output, which stays as it is. */
export function withInitializers(configuration: RunConfiguration, given: PerLayer<InitializerSpec>): RunConfiguration {
  const { network } = configuration;
  const bare = network.layers.map(withoutInitializer);
  if (given.length === 1) return { ...configuration, network: { ...network, layers: bare, initializer: given[0] } };
  const hidden = requireHidden("--init", configuration);
  if (given.length > hidden.length + 1) {
    throw new OptionError(
      `--init gives ${given.length} for ${hidden.length} hidden ${hidden.length === 1 ? "layer" : "layers"} and the output; ` +
        `give one for all, one a hidden layer, or ${hidden.length + 1} with the output's last`,
    );
  }
  const forAll = given.length === hidden.length + 1 ? given[hidden.length] : network.initializer;
  const initializerOf = requirePerLayer("--init", given.slice(0, hidden.length), hidden.length);
  return withHidden(
    { ...configuration, network: { ...network, layers: bare, initializer: forAll } },
    hidden.map((layer, l) => ({ ...layer, initializer: initializerOf(l) })),
  );
}

function withoutInitializer(layer: LayerTemplateSpec): LayerTemplateSpec {
  if (layer.type === output.type || !isDense(layer)) return layer;
  const { initializer: _, ...rest } = layer;
  return rest;
}

/** Of the one initializer that all layers share; 1 where it takes none. */
export function gainIn(configuration: RunConfiguration): number | undefined {
  const [initializer, ...others] = initializersIn(configuration) ?? [];
  if (initializer === undefined || others.length > 0) return undefined;
  return typeof initializer === "object" && "gain" in initializer ? (initializer.gain ?? 1) : 1;
}

/** Initializers without the gain that {@link gainIn} says. */
export function plainInitializersIn(configuration: RunConfiguration): PerLayer<InitializerSpec> | undefined {
  const initializers = initializersIn(configuration);
  return initializers?.length === 1 ? initializers.map(withoutGain) : initializers;
}

/** A gain that was there stays, as the option of its own that it is. */
export function withPlainInitializers(
  configuration: RunConfiguration,
  given: PerLayer<InitializerSpec>,
  others: ReadonlySet<string>,
): RunConfiguration {
  const gain = gainIn(configuration);
  const stays = given.length === 1 && gain !== undefined && gain !== 1 && !others.has("gain");
  const [initializer] = given;
  const has = typeof initializer === "object" && "gain" in initializer;
  return withInitializers(configuration, stays && !has && takesGain(initializer) ? [times(initializer, gain)] : given);
}

/** Multiplies every initializer. */
export function withGain(configuration: RunConfiguration, gain: number, others: ReadonlySet<string>): RunConfiguration {
  const all = initializersIn(configuration) ?? [];
  if (others.has("init") && all.some((one) => typeof one === "object" && "gain" in one)) {
    throw new OptionError("--gain and --init both give the gain; leave it out of one of them");
  }
  const refused = all.find((initializer) => gain !== 1 && !takesGain(initializer));
  if (refused !== undefined) {
    throw new OptionError(`--gain multiplies initializers such as he or xavier; ${nameOf(refused)} takes none`);
  }
  return withInitializers(
    configuration,
    all.map((initializer) => (gain === 1 ? withoutGain(initializer) : times(initializer, gain))),
  );
}

function takesGain(initializer: InitializerSpec): boolean {
  return "gain" in initializers[nameOf(initializer)].options;
}

function times(initializer: InitializerSpec, gain: number): InitializerSpec {
  // Its options have a gain, as the caller has seen.
  return { ...(typeof initializer === "string" ? { type: initializer } : initializer), gain } as InitializerSpec;
}

function withoutGain(initializer: InitializerSpec): InitializerSpec {
  if (typeof initializer === "string" || !("gain" in initializer)) return initializer;
  const { gain: _, ...rest } = initializer;
  return shortChoice<typeof initializers>(rest);
}
