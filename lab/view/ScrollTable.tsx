import { useState } from "preact/hooks";

/** The numbers behind a chart, in a box that scrolls; made only while it is open. */
export function ScrollTable({
  title,
  head,
  rows,
}: {
  readonly title: string;
  readonly head: readonly string[];
  /** The first cell of each row is its name. */
  readonly rows: () => readonly (readonly string[])[];
}) {
  const [open, setOpen] = useState(false);
  return (
    <details class="table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="plain">{title}</summary>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section class="scroll" tabIndex={0} aria-label={title}>
          <table>
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows().map(([name, ...cells]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {cells.map((cell, k) => (
                    <td key={head[k + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
