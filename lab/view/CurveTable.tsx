import { useState } from "preact/hooks";
import { sample } from "../../src/plot/thin.js";
import { strings } from "../strings.js";
import type { CurvePoint } from "../worker/protocol.js";
import { costText } from "./numbers.js";

const ROWS = 20;

/** The curves as numbers, at up to twenty steps; made only while it is open. */
export function CurveTable({ histories }: { readonly histories: readonly (readonly CurvePoint[])[] }) {
  const [open, setOpen] = useState(false);
  const { chart, run } = strings;
  const steps = [...new Set(histories.flatMap((history) => history.map(({ iteration }) => iteration)))].sort(
    (a, b) => a - b,
  );
  return (
    <details class="table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{chart.table}</summary>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section class="scroll" tabIndex={0} aria-label={chart.table}>
          <table>
            <thead>
              <tr>
                <th scope="col">{chart.step}</th>
                {histories.map((_, r) => [
                  <th key={`${run.letter(r)} cost`} scope="col">
                    {run.letter(r)} {run.cost}
                  </th>,
                  <th key={`${run.letter(r)} penalty`} scope="col">
                    {run.letter(r)} {chart.penalty}
                  </th>,
                  <th key={`${run.letter(r)} test`} scope="col">
                    {run.letter(r)} {chart.test}
                  </th>,
                ])}
              </tr>
            </thead>
            <tbody>
              {sample(steps, ROWS).map((step) => (
                <tr key={step}>
                  <th scope="row">{step.toLocaleString("en-US")}</th>
                  {histories.flatMap((history) => {
                    const point = history.find(({ iteration }) => iteration === step);
                    return [point?.cost, point?.penalty, point?.testCost].map((value, k) => (
                      <td key={k}>{costText(value)}</td>
                    ));
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
