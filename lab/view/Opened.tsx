import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Lab } from "../state/lab.js";
import { Lazy } from "./Lazy.js";

/** Settings behind a line that opens them; what draws them is loaded then, and where the run has some of them at once. */
export function Opened({
  summary,
  lab,
  set,
  load,
}: {
  readonly summary: string;
  readonly lab: Lab;
  /** Whether the run has any of these settings. */
  readonly set: boolean;
  readonly load: () => Promise<(props: { readonly lab: Lab }) => JSX.Element | null>;
}) {
  const [chosen, setChosen] = useState<boolean | undefined>();
  const open = chosen ?? set;
  return (
    <details open={open} onToggle={(event) => setChosen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && (
        <div class="opened">
          <Lazy load={load} props={{ lab }} />
        </div>
      )}
    </details>
  );
}
