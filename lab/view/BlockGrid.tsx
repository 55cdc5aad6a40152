import type { BlockReport, EntryReport } from "gradproof";
import { relativeError } from "gradproof/gradcheck";
import { formatPower } from "gradproof/report";
import { strings } from "../strings.js";

const { check: texts } = strings;

/** The entry that is read: a block and its position in it, row by row. */
export interface Chosen {
  readonly block: string;
  readonly position: number;
}

/** Relative errors at which the colour changes: the middle ones are where rounding ends and bugs begin. */
const bounds = [1e-8, 1e-6, 1e-4, 1e-2, 0.3];

/** Every entry of one dW or db, coloured by its relative error; arrow keys move, wrong ones bear a cross. */
export function BlockGrid({
  block: { name, shape, entries = [], verdict },
  chosen,
  onChoose,
}: {
  readonly block: BlockReport;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}) {
  const [rows = 1, columns = 1] = shape;
  const here = chosen?.block === name ? chosen.position : undefined;
  const move = (event: KeyboardEvent, position: number): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    };
    const to = position + (steps[event.key] ?? 0);
    if (to === position || to < 0 || to >= entries.length) return;
    event.preventDefault();
    onChoose({ block: name, position: to });
    const grid = event.currentTarget instanceof Element ? event.currentTarget.closest(".grid-of-entries") : undefined;
    grid?.querySelectorAll("button")[to]?.focus();
  };
  return (
    <figure class={`block ${verdict}`}>
      <figcaption>
        <b>d{name}</b> {shape.join(" × ")} {verdict === "correct" ? "✓" : "▲"} {texts.verdicts[verdict]}
      </figcaption>
      <div class="grid-of-entries" style={{ gridTemplateColumns: `repeat(${columns}, minmax(12px, 24px))` }}>
        {entries.map((entry, position) => (
          <button
            key={position}
            type="button"
            class="entry"
            data-verdict={entry.verdict}
            aria-label={`d${name}[${entry.index.join(", ")}]: ${texts.verdicts[entry.verdict]}`}
            aria-pressed={here === position}
            // One stop a block for the Tab key; arrows move within it.
            tabIndex={(here ?? 0) === position ? 0 : -1}
            style={{ background: `var(--heat-${bandOf(entry)})` }}
            onClick={() => onChoose({ block: name, position })}
            onKeyDown={(event) => move(event, position)}
          >
            {entry.verdict === "wrong" ? "×" : ""}
          </button>
        ))}
      </div>
      <span class="caption">{texts.rows(rows)}</span>
    </figure>
  );
}

/** What the colours mean, in numbers. */
export function GridLegend() {
  const labels = ["0", ...bounds.map(formatPower)];
  return (
    <p class="legend">
      {texts.legend}
      {labels.map((label, band) => (
        <span key={label} class="swatch">
          <i style={{ background: `var(--heat-${band})` }} /> ≥ {label}
        </span>
      ))}
      <span class="swatch">
        <i class="crossed">×</i> {texts.verdicts.wrong}
      </span>
    </p>
  );
}

function bandOf(entry: EntryReport): number {
  const error = relativeError(entry);
  const band = bounds.findIndex((bound) => error < bound);
  return band === -1 ? bounds.length : band;
}
