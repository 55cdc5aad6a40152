import { type DType, zeros } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { OptionError } from "../../constraint/constraint.js";
import type { Engine } from "../../engine/plan.js";
import { threadsThatPay } from "../../engine/wasm/threadsThatPay.js";
import { dense } from "../../network/dense.js";
import { type Network, network } from "../../network/network.js";
import { availableCores } from "../../node/availableCores.js";
import type { EngineName } from "../../node/engineNames.js";
import { type EngineInfo, engines, openEngine } from "../../node/engines.js";
import { RandomState } from "../../random/randomState.js";
import { train } from "../../training/train.js";
import { type CliContext, widthOf } from "../context.js";
import { printJson } from "../flags.js";
import { formatCount, formatNumber } from "../format.js";
import { formatTable, wrap } from "../table.js";
import type { EnginesFlags } from "./command.js";

/** An engine with its time a step, where it was measured; of the default engine on one thread, too. */
interface Row extends EngineInfo {
  readonly microseconds?: number;
  readonly oneThread?: { readonly microseconds: number };
}

/** Seconds that an engine is timed for. */
const timed = 0.4;

/** `gradproof engines`: what there is, and how long a step takes on each. */
export async function listEngines(this: CliContext, flags: EnginesFlags): Promise<void> {
  const { network: sizes, batch = 128, dtype = "float64", json } = flags;
  if (sizes === undefined && (flags.batch !== undefined || flags.dtype !== undefined)) {
    throw new OptionError("--batch and --dtype say how to time a network; give it with --network, such as 784-512-10");
  }
  const found = engines();
  const rows: readonly Row[] = sizes === undefined ? found : await measure(this, found, sizes, batch, dtype);
  if (json) {
    printJson(this, { default: "wasm", ...(sizes && { network: sizes, batch, dtype }), engines: rows });
    return;
  }
  const width = widthOf(this.process.stdout);
  const lines = sizes === undefined ? describe(rows, width) : compare(rows, sizes, batch, dtype, width);
  this.process.stdout.write(`${lines.join("\n")}\n`);
}

function describe(rows: readonly Row[], width: number): string[] {
  return [
    ...rows.flatMap(({ name, available, reproducible, description }) => [
      `${name.padEnd(14)}${available ? (reproducible ? "same numbers everywhere" : "last digits vary") : "not available"}`,
      ...wrap(description, width - 2).map((line) => `  ${line}`),
    ]),
    "",
    ...wrap(
      "wasm is the default. Choose another with `gradproof train --engine NAME`; `gradproof engines --network 784-512-10` " +
        "times a step on each.",
      width,
    ),
  ];
}

function compare(rows: readonly Row[], sizes: readonly number[], batch: number, dtype: DType, width: number): string[] {
  const reference = rows.find(({ name }) => name === "wasm")?.microseconds;
  const line = (label: string, { available, reproducible }: Row, microseconds: number | undefined): string[] => [
    label,
    microseconds === undefined ? (available ? "failed" : "not available") : formatNumber(microseconds),
    microseconds === undefined || reference === undefined ? "" : `${(reference / microseconds).toFixed(2)} x`,
    reproducible ? "same everywhere" : "last digits vary",
  ];
  const table = rows.flatMap((row) => [
    line(row.name, row, row.microseconds),
    ...(row.oneThread ? [line(`${row.name} --threads 1`, row, row.oneThread.microseconds)] : []),
  ]);
  const fastest = rows
    .filter((row) => row.microseconds !== undefined)
    .sort((a, b) => (a.microseconds ?? 0) - (b.microseconds ?? 0))[0];
  return [
    `${sizes.join("-")}, ${formatCount(batch)} examples a step, ${dtype}`,
    "",
    ...formatTable({ header: ["engine", "µs a step", "speed", "numbers"], rows: table }, width),
    "",
    ...wrap(
      fastest.name === "wasm"
        ? "chosen by default: wasm, the fastest here."
        : `chosen by default: wasm, since it gives the same numbers everywhere. Fastest here: --engine ${fastest.name}.`,
      width,
    ),
  ];
}

/** Times the engines in turns, so that whatever else the machine does falls on all alike. */
async function measure(
  context: CliContext,
  found: readonly EngineInfo[],
  sizes: readonly number[],
  batch: number,
  dtype: DType,
): Promise<Row[]> {
  const open = found
    .filter(({ available }) => available)
    .map(({ name }) => ({ name, threads: "any", ...openEngine(name) }));
  // Where threads do not pay, one thread takes what any number does.
  const pays = threadsThatPay(sample(sizes, dtype), batch) > 1 && availableCores() > 1;
  if (pays) open.push({ name: "wasm", threads: "one", ...openEngine("wasm", 1) });
  const best = new Map<string, number>();
  const key = (name: EngineName, threads: string): string => `${name} ${threads}`;
  try {
    for (let round = 0; round < 3; round++) {
      for (const { name, threads, engine } of open) {
        const time = await timeSteps(context, engine, sizes, batch, dtype, timed / 3);
        best.set(key(name, threads), Math.min(time, best.get(key(name, threads)) ?? Number.POSITIVE_INFINITY));
      }
    }
  } finally {
    for (const { close } of open) close();
  }
  return found.map((row) => {
    const [any, one] = ["any", "one"].map((threads) => best.get(key(row.name, threads)));
    return {
      ...row,
      ...(any !== undefined && { microseconds: any * 1e6 }),
      ...(one !== undefined && { oneThread: { microseconds: one * 1e6 } }),
    };
  });
}

/** Seconds a step. */
async function timeSteps(
  context: CliContext,
  engine: Engine,
  sizes: readonly number[],
  batch: number,
  dtype: DType,
  atLeast: number,
): Promise<number> {
  const model = sample(sizes, dtype);
  const random = new RandomState(1);
  const X = random.randn(sizes[0], batch).as(dtype); // (features × examples)
  const Y = new Matrix(sizes[sizes.length - 1], batch, zeros(sizes[sizes.length - 1] * batch, dtype));
  let steps = 1;
  for (;;) {
    const start = context.now();
    await train(model, { X, Y }, { engine, iterations: steps, optimizer: "gradientDescent", recordEvery: steps });
    const seconds = (context.now() - start) / 1000;
    if (seconds >= atLeast || steps >= 1e6) return seconds / (steps + 1); // the last cost takes a pass too
    steps = Math.max(steps * 2, Math.min(steps * 20, Math.ceil((steps * atLeast) / Math.max(seconds, 1e-6))));
  }
}

function sample(sizes: readonly number[], dtype: DType): Network {
  const last = sizes.length - 1;
  return network({
    inputs: sizes[0],
    layers: sizes.slice(1).map((units, l) => dense(units, l === last - 1 ? "linear" : "relu")),
    initializer: "he",
    dtype,
    seed: 1,
  });
}
