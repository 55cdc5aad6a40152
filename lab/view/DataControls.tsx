import { type GeneratedPoints, generatorNames } from "gradproof/pipeline";
import { formatNumber } from "gradproof/report";
import { labConstraints } from "../experiment/constraints.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { different } from "./different.js";
import { ChoiceField, NumberField, SwitchField } from "./fields.js";

const { settings: texts } = strings;
/** Features whose scale is written. */
const MOST_SHOWN = 4;

/** Noise that suits each kind of points. */
const usual: Readonly<Record<GeneratedPoints["kind"], Pick<GeneratedPoints, "noise" | "classes">>> = {
  circles: { noise: 0.05 },
  moons: { noise: 0.15 },
  spiral: { noise: 0.02, classes: 3 },
  xor: { noise: 0.1 },
  blobs: { noise: 1, classes: 3 },
  pitch: { noise: 0.09 },
  digits: { noise: 0.05 },
};

/** The points, and what the network gets of them. */
export function DataControls({ lab, onOwnData }: { readonly lab: Lab; readonly onOwnData: () => void }) {
  const { data } = lab.experiment.value;
  const run = lab.selectedRun.value;
  return (
    <fieldset>
      <legend>{texts.data}</legend>
      {data.kind === "own" ? (
        <p class="caption">{texts.ownNow(data.name, data.targets.length.toLocaleString("en-US"))}</p>
      ) : (
        <Generated lab={lab} data={data} />
      )}
      {data.kind === "own" && (
        <ChoiceField
          label={texts.source}
          value="own"
          choices={[
            ["own", data.name] as const,
            ...generatorNames.map((name) => [name, strings.sources[name]] as const),
          ]}
          onChange={(kind) => {
            if (kind !== "own") lab.setData({ kind, examples: 300, test: 100, seed: 1, ...usual[kind] });
          }}
        />
      )}
      <button type="button" onClick={onOwnData}>
        {texts.own}
      </button>
      <SwitchField
        label={texts.normalize}
        value={run.normalize}
        differs={different(
          lab,
          ({ normalize }) => normalize,
          (on) => (on ? "✓" : "✗"),
        )}
        onChange={(normalize) => lab.edit((run) => ({ ...run, normalize }))}
      />
      <Scales lab={lab} />
    </fieldset>
  );
}

function Generated({ lab, data }: { readonly lab: Lab; readonly data: GeneratedPoints }) {
  const set = (change: Partial<GeneratedPoints>): void => lab.setData({ ...data, ...change });
  return (
    <>
      <ChoiceField
        label={texts.source}
        value={data.kind}
        choices={generatorNames.map((name) => [name, strings.sources[name]] as const)}
        onChange={(kind) => {
          const { examples, test, seed } = data;
          lab.setData({ kind, examples, test, seed, ...usual[kind] });
        }}
      />
      <NumberField
        label={texts.examples}
        value={data.examples}
        constraint={labConstraints.examples}
        onChange={(examples) => set({ examples })}
      />
      <NumberField
        label={texts.test}
        value={data.test}
        constraint={labConstraints.test}
        onChange={(test) => set({ test })}
      />
      <NumberField
        label={texts.noise}
        value={data.noise}
        constraint={labConstraints.noise}
        onChange={(noise) => set({ noise })}
      />
      <NumberField
        label={texts.dataSeed}
        value={data.seed}
        constraint={labConstraints.seed}
        onChange={(seed) => set({ seed })}
      />
      {data.kind !== "digits" && (
        <NumberField
          label={texts.scale}
          value={data.scale?.[1] ?? 1}
          constraint={labConstraints.scale}
          onChange={(second) => set({ scale: [data.scale?.[0] ?? 1, second] })}
        />
      )}
    </>
  );
}

/** Mean and deviation of the first features, as they come and as the network gets them. */
function Scales({ lab }: { readonly lab: Lab }) {
  const { normalize } = lab.selectedRun.value;
  const features = lab.points.value?.features.slice(0, MOST_SHOWN) ?? [];
  if (features.length === 0) return null;
  return (
    <table class="scales">
      <caption>{texts.scales}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{texts.mean}</th>
          <th scope="col">σ</th>
        </tr>
      </thead>
      <tbody>
        {features.map(({ name, mean, deviation }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {formatNumber(mean, 2)}
              {normalize && " → 0"}
            </td>
            <td>
              {formatNumber(deviation, 2)}
              {normalize && ` → ${Number(deviation > 0)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
