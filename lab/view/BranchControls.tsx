import type { ConcatenationSpec } from "gradproof";
import { strings } from "../strings.js";
import { NumberField, SwitchField } from "./fields.js";

const { settings: texts } = strings;
type Branch = ConcatenationSpec["branches"][number];

/** The rows that a branch takes, and branches more or less. */
export function BranchControls({
  layer,
  k,
  name,
  onChange,
}: {
  readonly layer: ConcatenationSpec;
  readonly k: number;
  /** What the branch is called. */
  readonly name: string;
  readonly onChange: (layer: ConcatenationSpec) => void;
}) {
  const { branches } = layer;
  const { rows = "all", ...rest } = branches[k];
  const withBranch = (branch: Branch): void =>
    onChange({ ...layer, branches: branches.map((other, j) => (j === k ? branch : other)) });
  const range = rows === "all" ? undefined : rangeOf(rows);
  return (
    <>
      <SwitchField
        label={texts.wholeInput}
        of={name}
        value={rows === "all"}
        onChange={(all) => withBranch(all ? rest : { ...rest, rows: [0, 1] })}
      />
      {range !== undefined && (
        <>
          <NumberField
            label={texts.firstRow}
            of={name}
            value={range[0] + 1}
            constraint={{ kind: "number", whole: true, min: 1, max: range[1] }}
            onChange={(first) => withBranch({ ...rest, rows: [first - 1, range[1]] })}
          />
          <NumberField
            label={texts.lastRow}
            of={name}
            value={range[1]}
            constraint={{ kind: "number", whole: true, min: range[0] + 1 }}
            onChange={(last) => withBranch({ ...rest, rows: [range[0], last] })}
          />
        </>
      )}
      {rows !== "all" && range === undefined && <p class="caption">{texts.severalRows(JSON.stringify(rows))}</p>}
      <div class="buttons">
        <button
          type="button"
          aria-label={texts.remove(name)}
          disabled={branches.length === 1}
          onClick={() => onChange({ ...layer, branches: branches.filter((_, j) => j !== k) })}
        >
          {texts.removeBranch}
        </button>
        {k === branches.length - 1 && (
          <button
            type="button"
            title={texts.addBranchTitle}
            onClick={() => onChange({ ...layer, branches: [...branches, {}] })}
          >
            {texts.addBranch}
          </button>
        )}
      </div>
    </>
  );
}

/** The rows where they are one range; several are shown alone. */
function rangeOf(rows: Exclude<Branch["rows"], "all" | undefined>): readonly [from: number, to: number] | undefined {
  const [from, to] = rows;
  return typeof from === "number" && typeof to === "number" ? [from, to] : undefined;
}
