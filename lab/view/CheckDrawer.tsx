import { useState } from "preact/hooks";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { LazyCheckPanel } from "./lazyParts.js";

/** The gradient check, which begins when it is opened. */
export function CheckDrawer({ lab }: { readonly lab: Lab }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="drawer" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{strings.check.drawer}</summary>
      {open && <LazyCheckPanel lab={lab} />}
    </details>
  );
}
