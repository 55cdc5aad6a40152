import type { Histogram } from "gradproof";
import { formatNumber } from "gradproof/report";

const WIDTH = 120;
const HEIGHT = 32;

/** A small histogram with its ends written under it. */
export function HistogramChart({
  label,
  histogram: { from, to, counts },
  colour,
}: {
  readonly label: string;
  readonly histogram: Histogram;
  readonly colour: string;
}) {
  const most = Math.max(1, ...counts);
  // Where all values are equal there is one bin, without a width of its own.
  const single = counts.length === 1;
  const step = WIDTH / (single ? 24 : counts.length);
  const left = single ? (WIDTH - step) / 2 : 0;
  const ends = from === to ? formatNumber(from, 2) : `${formatNumber(from, 2)} … ${formatNumber(to, 2)}`;
  return (
    <figure class="histogram">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${label}: ${ends}`} preserveAspectRatio="none">
        {counts.map((count, k) => (
          <rect
            key={k}
            x={left + k * step}
            width={step - 0.5}
            // The root shows the few beside the many.
            y={HEIGHT - HEIGHT * Math.sqrt(count / most)}
            height={HEIGHT * Math.sqrt(count / most)}
            style={{ fill: `var(--${colour})` }}
          />
        ))}
      </svg>
      <figcaption>
        {label} <span>{ends}</span>
      </figcaption>
    </figure>
  );
}
