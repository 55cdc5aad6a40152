import type { InitializerName, InitializerSpec } from "gradproof";
import type { NumberConstraint } from "../../src/constraint/constraint.js";
import { networkConstraints } from "../../src/network/constraints.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { different } from "./different.js";
import { ChoiceField, NumberField } from "./fields.js";

const { settings: texts } = strings;
const choices = Object.entries(strings.initializers) as [InitializerName, string][];
const MOST_SHOWN = 6;

/** How the weights start: of the whole network, and of single layers. */
export function StartControls({ lab }: { readonly lab: Lab }) {
  const { layers, initializer = "he" } = lab.selectedRun.value.network;
  const set = (initializer: InitializerSpec): void =>
    lab.edit((run) => ({ ...run, network: { ...run.network, initializer } }));
  const type = typeOf(initializer);
  return (
    <fieldset>
      <legend>{texts.initialization}</legend>
      <ChoiceField
        label={texts.start}
        value={type}
        choices={choices}
        differs={different(lab, ({ network }) => network.initializer ?? "he", inWords)}
        onChange={(name) => set(withUsualNumber(name))}
      />
      <StartNumber initializer={initializer} onChange={set} />
      <details>
        <summary>{texts.perLayer}</summary>
        {layers.slice(0, MOST_SHOWN).map((layer, index) => (
          <ChoiceField
            key={index}
            label={texts.startOf(index + 1)}
            value={layer.initializer === undefined ? "asNetwork" : typeOf(layer.initializer)}
            choices={[["asNetwork", texts.asNetwork] as const, ...choices]}
            onChange={(name) =>
              lab.edit((run) => ({
                ...run,
                network: {
                  ...run.network,
                  layers: run.network.layers.map((other, k) => {
                    if (k !== index) return other;
                    const { initializer: _, ...rest } = other;
                    return name === "asNetwork" ? rest : { ...rest, initializer: withUsualNumber(name) };
                  }),
                },
              }))
            }
          />
        ))}
      </details>
    </fieldset>
  );
}

/** The number of an initializer: σ, value, limit or gain. */
function StartNumber({
  initializer,
  onChange,
}: {
  readonly initializer: InitializerSpec;
  readonly onChange: (initializer: InitializerSpec) => void;
}) {
  const spec = typeof initializer === "string" ? withUsualNumber(initializer) : initializer;
  if (typeof spec === "string" || spec.type === "zeros") return null;
  const field = (
    label: string,
    value: number,
    constraint: NumberConstraint,
    take: (value: number) => InitializerSpec,
  ) => (
    <NumberField label={label} value={value} constraint={constraint} onChange={(number) => onChange(take(number))} />
  );
  switch (spec.type) {
    case "normal":
      return field(texts.scaleOfStart, spec.scale, networkConstraints.scale, (scale) => ({ type: "normal", scale }));
    case "uniform":
      return field(texts.limitOfStart, spec.limit, networkConstraints.limit, (limit) => ({ type: "uniform", limit }));
    case "constant":
      return field(texts.valueOfStart, spec.value, networkConstraints.value, (value) => ({ type: "constant", value }));
    default:
      return field(texts.gain, spec.gain, networkConstraints.gain, (gain) => ({ type: spec.type, gain }));
  }
}

/** The initializer of that name with a number to begin with. */
function withUsualNumber(name: InitializerName): InitializerSpec {
  switch (name) {
    case "zeros":
      return "zeros";
    case "normal":
      return { type: "normal", scale: 1 };
    case "uniform":
      return { type: "uniform", limit: 1 };
    case "constant":
      return { type: "constant", value: 0.1 };
    default:
      return { type: name, gain: 1 };
  }
}

function typeOf(initializer: InitializerSpec): InitializerName {
  return typeof initializer === "string" ? initializer : initializer.type;
}

function inWords(initializer: InitializerSpec): string {
  const spec = typeof initializer === "string" ? withUsualNumber(initializer) : initializer;
  if (typeof spec === "string" || spec.type === "zeros") return strings.initializers.zeros;
  const numbers = Object.values(spec).filter((value) => typeof value === "number" && value !== 1);
  return [strings.initializers[spec.type], ...numbers].join(" ");
}
