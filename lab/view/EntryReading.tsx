import type { BlockReport } from "gradproof";
import { relativeError } from "gradproof/gradcheck";
import { formatNumber } from "gradproof/report";
import { strings } from "../strings.js";
import type { Chosen } from "./BlockGrid.js";

const { check: texts } = strings;

/** The chosen entry in numbers; without one, the entry that is furthest off. */
export function EntryReading({
  blocks,
  chosen,
}: {
  readonly blocks: readonly BlockReport[];
  readonly chosen: Chosen | undefined;
}) {
  const { block: name, position } = chosen ?? worst(blocks);
  const block = blocks.find((candidate) => candidate.name === name);
  const entry = block?.entries?.[position];
  if (block === undefined || entry === undefined) return null;
  const { claimed, numerical, error, index, verdict } = entry;
  const cells: readonly (readonly [string, string])[] = [
    [texts.claimed, formatNumber(claimed, 8)],
    [texts.numerical, `${formatNumber(numerical, 8)} ± ${formatNumber(error, 2)}`],
    [texts.ratio, numerical === 0 ? "–" : formatNumber(claimed / numerical, 5)],
    [texts.relative, formatNumber(relativeError(entry), 3)],
    [texts.verdict, texts.verdicts[verdict]],
  ];
  return (
    <div class="entry-reading" role="status">
      <h3>
        d{name}[{index.join(", ")}] <span class="of">{chosen ? "" : texts.furthest}</span>
      </h3>
      <dl>
        {cells.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {block.explanation !== undefined && verdict === "wrong" && <p>{block.explanation}</p>}
    </div>
  );
}

function worst(blocks: readonly BlockReport[]): Chosen {
  let found: Chosen = { block: blocks[0]?.name ?? "", position: 0 };
  let most = -1;
  for (const { name, entries = [] } of blocks) {
    for (const [position, entry] of entries.entries()) {
      // Of two that are as far off, rather the one that is wrong.
      const far = relativeError(entry) + Number(entry.verdict === "wrong");
      if (far > most) {
        most = far;
        found = { block: name, position };
      }
    }
  }
  return found;
}
