import { formatNumber } from "gradproof/report";
import { useState } from "preact/hooks";
import { strings } from "../strings.js";
import type { Moment } from "../worker/protocol.js";
import { type Curve, LineChart } from "./LineChart.js";
import { ScrollTable } from "./ScrollTable.js";

const { layers: texts } = strings;

/** Norms of the gradients and sizes of the updates over the run, a curve a layer; drawn only while they are open. */
export function LayerHistories({ moments }: { readonly moments: readonly Moment[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="plain">{texts.history}</summary>
      {open && (
        <>
          <History moments={moments} what={texts.gradient} value={({ gradientNorms }, l) => gradientNorms[l]} />
          <History
            moments={moments}
            what={texts.update}
            value={({ updateRatios }, l) => updateRatios[l] ?? Number.NaN}
            marks={[{ y: 1e-3, label: texts.aim }]}
          />
        </>
      )}
    </details>
  );
}

function History({
  moments,
  what,
  value,
  marks = [],
}: {
  readonly moments: readonly Moment[];
  readonly what: string;
  readonly value: (moment: Moment, l: number) => number;
  readonly marks?: readonly { readonly y: number; readonly label: string }[];
}) {
  const layers = Array.from({ length: moments[0]?.gradientNorms.length ?? 0 }, (_, l) => l);
  const curves: Curve[] = layers.map((l) => ({
    name: `${l + 1}`,
    points: moments.map((moment) => [moment.iteration, value(moment, l)] as const),
    // From the first layer to the last, from one colour to the other: their order is what is to be seen.
    colour: `color-mix(in oklab, var(--line-0) ${Math.round(((l + 1) / layers.length) * 100)}%, var(--line-1))`,
    dash: "none",
  }));
  return (
    <>
      <h3>{what}</h3>
      <LineChart curves={curves} height={150} log xLabel={strings.chart.step} yLabel={what} marks={marks} />
      <ScrollTable
        title={texts.historyTable(what)}
        head={[strings.chart.step, ...layers.map((l) => `${l + 1}`)]}
        rows={() =>
          moments.map((moment) => [
            moment.iteration.toLocaleString("en-US"),
            ...layers.map((l) => formatNumber(value(moment, l), 2)),
          ])
        }
      />
    </>
  );
}
