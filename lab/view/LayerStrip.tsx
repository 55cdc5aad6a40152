import type { LayerSignals } from "gradproof";
import { activationVocabulary, wordsOf } from "gradproof/ops";
import { formatNumber } from "gradproof/report";
import { useState } from "preact/hooks";
import { hasUnits, placed } from "../experiment/layers.js";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import type { Mask } from "../worker/protocol.js";
import { HistogramChart } from "./HistogramChart.js";
import { LayerHistories } from "./LayerHistories.js";
import { LazyOtherLayer } from "./lazyParts.js";

const { layers: texts } = strings;
/** Layers that are shown in full; of a deeper network each is a line, to be opened. */
const MOST_OPEN = 6;

/** What passes through each layer of the selected run. */
export function LayerStrip({ lab }: { readonly lab: Lab }) {
  const layers = lab.selectedClient.value?.layers.value;
  const { network } = lab.selectedRun.value;
  const compact = (layers?.signals.length ?? 0) > MOST_OPEN;
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
          {compact && (
            <p class="bars-key caption">
              <span>
                <i /> {texts.signal}
              </span>
              <span>
                <i /> {texts.gradient}
              </span>
            </p>
          )}
          {layers.masks.inputs && <MaskRow label={texts.inputs} kept={layers.masks.inputs} />}
          <ol>
            {placed(network.layers).map(({ layer, number, depth }, k) => {
              const kept = layers.masks.layers[k];
              const signals = number === undefined ? undefined : layers.signals[number - 1];
              const style = { marginLeft: `${12 * depth}px` };
              if (!hasUnits(layer)) {
                return (
                  <li key={k} class="layer" style={style}>
                    <div class="other-layer">
                      <LazyOtherLayer layer={layer} />
                    </div>
                    {kept && <MaskRow label={texts.masks} kept={kept} />}
                  </li>
                );
              }
              // The settings may be those of a network to come.
              if (signals === undefined) return null;
              const { label } = wordsOf(activationVocabulary, layers.activations[signals.layer - 1]);
              return (
                <Layer
                  key={k}
                  compact={compact}
                  style={style}
                  title={texts.name(signals.layer, layer.units, label)}
                  units={layer.units}
                  signals={signals}
                  updateRatio={
                    layers.moments.findLast(({ updateRatios }) => updateRatios[signals.layer - 1] !== undefined)
                      ?.updateRatios[signals.layer - 1]
                  }
                  kept={kept}
                />
              );
            })}
          </ol>
          <LayerHistories moments={layers.moments} />
        </>
      )}
    </section>
  );
}

interface LayerProps {
  readonly title: string;
  readonly units: number;
  readonly signals: LayerSignals;
  readonly updateRatio: number | undefined;
  readonly kept: Mask;
}

/** A layer in full, or as a line with its two bars. */
function Layer({
  compact,
  style,
  ...layer
}: LayerProps & { readonly compact: boolean; readonly style: Readonly<Record<string, string>> }) {
  const [open, setOpen] = useState(false);
  const { title, signals, units } = layer;
  if (!compact) {
    return (
      <li class="layer" style={style}>
        <h3>{title}</h3>
        <LayerDetails {...layer} />
      </li>
    );
  }
  const ill = signals.dead > 0.5 || signals.saturated > 0.5 || signals.distinct < units;
  return (
    <li class="layer" style={style}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span>
            {ill && "▲ "}
            {title}
          </span>
          <span class="bars">
            <Bar fill={signalFill(signals)} />
            <Bar fill={gradientFill(signals)} />
          </span>
        </summary>
        {open && <LayerDetails {...layer} />}
      </details>
    </li>
  );
}

function LayerDetails({ units, signals, updateRatio, kept }: LayerProps) {
  const { activation, gradient, dead, saturated, distinct, activationHistogram, gradientHistogram } = signals;
  return (
    <>
      <div class="histograms">
        {activationHistogram && (
          <HistogramChart label={texts.activations} histogram={activationHistogram} colour="line-0" />
        )}
        {gradientHistogram && <HistogramChart label={texts.gradients} histogram={gradientHistogram} colour="line-1" />}
      </div>
      <dl>
        <Quantity name={texts.signal} value={formatNumber(activation.deviation, 2)} fill={signalFill(signals)} />
        <Quantity name={texts.gradient} value={formatNumber(gradient.norm, 2)} fill={gradientFill(signals)} />
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
    </>
  );
}

const signalFill = ({ activation }: LayerSignals): number => scaleOf(activation.deviation, -3, 1);
const gradientFill = ({ gradient }: LayerSignals): number => scaleOf(gradient.norm, -8, 2);

function Bar({ fill, mark, title }: { readonly fill: number; readonly mark?: number; readonly title?: string }) {
  return (
    <span class="track" title={title}>
      <span class="fill" style={{ width: `${100 * fill}%` }} />
      {mark !== undefined && <span class="mark" style={{ left: `${100 * mark}%` }} />}
    </span>
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
        <Bar fill={fill} {...(mark !== undefined && { mark })} {...(title !== undefined && { title })} />
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

/** Where a number lies between 10^low and 10^high, 0 … 1. */
function scaleOf(value: number, low: number, high: number): number {
  if (!(value > 0)) return 0;
  return Math.max(0, Math.min(1, (Math.log10(value) - low) / (high - low)));
}
