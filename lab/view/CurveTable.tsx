import { sample } from "gradproof/report";
import { strings } from "../strings.js";
import type { CurvePoint } from "../worker/protocol.js";
import { costText } from "./numbers.js";
import { ScrollTable } from "./ScrollTable.js";

const ROWS = 20;
const { chart: texts, run } = strings;

/** The curves as numbers, at up to twenty steps. */
export function CurveTable({ histories }: { readonly histories: readonly (readonly CurvePoint[])[] }) {
  const columns = histories.flatMap((_, r) =>
    [run.cost, texts.penalty, texts.test].map((what) => `${run.letter(r)} ${what}`),
  );
  const rows = (): string[][] => {
    const steps = [...new Set(histories.flatMap((history) => history.map(({ iteration }) => iteration)))];
    return sample(
      steps.sort((a, b) => a - b),
      ROWS,
    ).map((step) => [
      step.toLocaleString("en-US"),
      ...histories.flatMap((history) => {
        const point = history.find(({ iteration }) => iteration === step);
        return [point?.cost, point?.penalty, point?.testCost].map(costText);
      }),
    ]);
  };
  return <ScrollTable title={texts.table} head={[texts.step, ...columns]} rows={rows} />;
}
