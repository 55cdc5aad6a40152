import type { InitializerName, InitializerSpec } from "gradproof";
import { type Numbers, numbersOf, type OptionTable } from "../../src/ops/choice.js";
import { initializers } from "../../src/ops/generated/initializers.js";
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

/** The number of an initializer, where it has one: σ, value, limit or gain. */
function StartNumber({
  initializer,
  onChange,
}: {
  readonly initializer: InitializerSpec;
  readonly onChange: (initializer: InitializerSpec) => void;
}) {
  const type = typeOf(initializer);
  const table: OptionTable = initializers[type].options;
  const given: Numbers = { ...usual, ...(typeof initializer === "string" ? {} : numbersOf(initializer, initializers)) };
  return (
    <>
      {Object.entries(table).map(([option, { constraint }]) => (
        <NumberField
          key={option}
          label={texts.ofStart[option]}
          value={given[option]}
          constraint={constraint}
          onChange={(number) => onChange(withNumber(type, option, number))}
        />
      ))}
    </>
  );
}

/** Numbers to begin with: large enough to be seen. */
const usual: Numbers = { scale: 1, limit: 1, value: 0.1, gain: 1 };

/** The initializer of that name with a number to begin with. */
function withUsualNumber(name: InitializerName): InitializerSpec {
  const [option] = Object.keys(initializers[name].options);
  return option === undefined ? name : withNumber(name, option, usual[option]);
}

function withNumber(type: InitializerName, option: string, number: number): InitializerSpec {
  return { type, [option]: number } as InitializerSpec;
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
