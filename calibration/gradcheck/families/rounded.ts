import { inPrecision } from "./inPrecision.js";

const round = (value: number): number => value;

export const rounded = inPrecision(
  "rounded",
  "Multilayer perceptrons in float64 whose cost is printed with few digits and read again.",
  {
    ...Object.fromEntries(
      [2, 3, 4, 5, 6].map((d) => [`${d} decimals`, { round, print: (cost: number) => Number(cost.toFixed(d)) }]),
    ),
    "C's %g": { round, print: (cost) => Number(cost.toPrecision(6)) },
  },
);
