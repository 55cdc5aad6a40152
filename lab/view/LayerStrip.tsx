import type { LayerSignals } from "gradproof";
import { useState } from "preact/hooks";
import { formatNumber } from "../../src/plot/formatNumber.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import type { Masks, Moment } from "../worker/protocol.js";
import { HistogramChart } from "./HistogramChart.js";
import { type Curve, LineChart } from "./LineChart.js";

const { layers: texts } = strings;

/** What passes through each layer of the selected run. */
export function LayerStrip({ lab }: { readonly lab: Lab }) {
  const layers = lab.selectedClient.value?.layers.value;
  const { network } = lab.selectedRun.value;
  return (
    <section class="panel layers" aria-labelledby="layers-title">
      <h2 id="layers-title">
        {texts.title} <span class="of">{strings.run.letter(lab.selected.value)}</span>
      </h2>
      {layers === undefined ? (
        <p class="empty">{texts.waiting}</p>
      ) : (
        <>
          <p class="caption">{texts.caption}</p>
          {layers.masks[0] && <MaskRow label={texts.inputs} kept={layers.masks[0]} />}
          <ol>
            {layers.signals.map((signals, index) => {
              const layer = network.layers[index];
              if (layer === undefined) return null;
              const { activation } = layer;
              const name = strings.activations[typeof activation === "string" ? activation : activation.type];
              return (
                <Layer
                  key={signals.layer}
                  title={texts.name(signals.layer, layer.units, name)}
                  units={layer.units}
                  signals={signals}
                  updateRatio={
                    layers.moments.findLast(({ updateRatios }) => updateRatios[index] !== undefined)?.updateRatios[
                      index
                    ]
                  }
                  kept={layers.masks[index + 1]}
                />
              );
            })}
          </ol>
          <Histories moments={layers.moments} />
        </>
      )}
    </section>
  );
}

function Layer({
  title,
  units,
  signals,
  updateRatio,
  kept,
}: {
  readonly title: string;
  readonly units: number;
  readonly signals: LayerSignals;
  readonly updateRatio: number | undefined;
  readonly kept: Masks[number];
}) {
  const { activation, gradient, dead, saturated, distinct, activationHistogram, gradientHistogram } = signals;
  return (
    <li class="layer">
      <h3>{title}</h3>
      <div class="histograms">
        {activationHistogram && (
          <HistogramChart label={texts.activations} histogram={activationHistogram} colour="line-0" />
        )}
        {gradientHistogram && <HistogramChart label={texts.gradients} histogram={gradientHistogram} colour="line-1" />}
      </div>
      <dl>
        <Quantity
          name={texts.signal}
          value={formatNumber(activation.deviation, 2)}
          fill={scaleOf(activation.deviation, -3, 1)}
        />
        <Quantity name={texts.gradient} value={formatNumber(gradient.norm, 2)} fill={scaleOf(gradient.norm, -8, 2)} />
        {updateRatio !== undefined && (
          <Quantity
            name={texts.update}
            value={formatNumber(updateRatio, 2)}
            fill={scaleOf(updateRatio, -6, 0)}
            mark={scaleOf(1e-3, -6, 0)}
            title={texts.aim}
          />
        )}
      </dl>
      <p class="counts">
        {dead > 0 && <Count name={texts.dead} count={Math.round(dead * units)} units={units} ill />}
        {saturated > 0 && <Count name={texts.saturated} count={Math.round(saturated * units)} units={units} ill />}
        <Count name={texts.distinct} count={distinct} units={units} ill={distinct < units} />
      </p>
      {kept && <MaskRow label={texts.masks} kept={kept} />}
    </li>
  );
}

/** A number with a bar on a logarithmic scale. */
function Quantity({
  name,
  value,
  fill,
  mark,
  title,
}: {
  readonly name: string;
  readonly value: string;
  readonly fill: number;
  readonly mark?: number;
  readonly title?: string;
}) {
  return (
    <div class="quantity">
      <dt>{name}</dt>
      <dd>
        <span class="track" title={title}>
          <span class="fill" style={{ width: `${100 * fill}%` }} />
          {mark !== undefined && <span class="mark" style={{ left: `${100 * mark}%` }} />}
        </span>
        <b>{value}</b>
      </dd>
    </div>
  );
}

function Count({
  name,
  count,
  units,
  ill,
}: {
  readonly name: string;
  readonly count: number;
  readonly units: number;
  readonly ill: boolean;
}) {
  return (
    <span class={ill ? "count ill" : "count"}>
      {ill && "▲ "}
      {name} {texts.of(count, units)}
    </span>
  );
}

/** The units that dropout keeps: filled where kept. */
function MaskRow({ label, kept }: { readonly label: string; readonly kept: readonly boolean[] }) {
  const count = kept.filter(Boolean).length;
  return (
    <p class="masks">
      <span>
        {label} {texts.of(count, kept.length)}
      </span>
      <span class="dots" aria-hidden="true">
        {kept.map((isKept, i) => (
          <i key={i} class={isKept ? "kept" : ""} />
        ))}
      </span>
    </p>
  );
}

/** Norms of the gradients and sizes of the updates over the run, a curve a layer. */
function Histories({ moments }: { readonly moments: readonly Moment[] }) {
  const [open, setOpen] = useState(false);
  const layers = moments[0]?.gradientNorms.length ?? 0;
  const curves = (value: (moment: Moment, l: number) => number): Curve[] =>
    Array.from({ length: layers }, (_, l) => ({
      name: `${l + 1}`,
      points: moments.map((moment) => [moment.iteration, value(moment, l)] as const),
      // From the first layer to the last, light to dark: their order is what is to be seen.
      colour: `color-mix(in oklab, var(--line-0) ${Math.round(((l + 1) / layers) * 100)}%, var(--line-1))`,
      dash: "none",
    }));
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.history}</summary>
      {open && (
        <>
          <h3>{texts.gradient}</h3>
          <LineChart
            curves={curves(({ gradientNorms }, l) => gradientNorms[l])}
            height={150}
            log
            xLabel={strings.chart.step}
            yLabel={texts.gradient}
          />
          <h3>{texts.update}</h3>
          <LineChart
            curves={curves(({ updateRatios }, l) => updateRatios[l] ?? Number.NaN)}
            height={150}
            log
            xLabel={strings.chart.step}
            yLabel={texts.update}
            marks={[{ y: 1e-3, label: texts.aim }]}
          />
        </>
      )}
    </details>
  );
}

/** Where a number lies between 10^low and 10^high, 0 … 1. */
function scaleOf(value: number, low: number, high: number): number {
  if (!(value > 0)) return 0;
  return Math.max(0, Math.min(1, (Math.log10(value) - low) / (high - low)));
}
