import { numbersOf } from "../../ops/choice.js";
import { initializerNumpy } from "../../ops/generated/initializerNumpy.js";
import { initializers } from "../../ops/generated/initializers.js";
import type { InitializerSpec } from "../../ops/names.js";
import { indented, type Line } from "../../ops/text/lines.js";
import type { InitializerNumpy } from "../../ops/text/numpy.js";
import { pythonNumber } from "../../ops/text/python.js";
import type { PreparedRun } from "../preparedRun.js";
import { requireText } from "../requireText.js";
import { parametersInWords } from "./parameters.js";

/**
 * `initialize()`: the parameters the run starts from, drawn by NumPy as the library draws them.
 *
 * @param withState whether what is kept from step to step without training it is among them
 */
export function initializeFunction({ where, network, program }: PreparedRun, withState: boolean): Line[] {
  const { layout, starts } = program;
  const state = withState ? program.stateLayout : [];
  const values = layout.map(({ rows, columns, blocks = 1 }, k) => {
    const start = starts[k] ?? network.initializer;
    if (typeof start === "number") return filled(start, rows, columns);
    const block = drawn(where, start, rows / blocks, columns);
    return blocks === 1 ? block : `np.vstack([${block} for _ in range(${blocks})])`;
  });
  const kept = state.map(({ rows, columns }, k) => filled(program.stateStarts[k], rows, columns));
  const entries = [...layout, ...state].map(
    ({ name, rows, columns }, k): Line => [`"${name}": ${[...values, ...kept][k]},`, `(${rows} × ${columns})`],
  );
  const float32 = network.dtype === "float32";
  return [
    "def initialize():",
    ...indented([
      `"""The ${parametersInWords(layout).all}${state.length > 0 ? ", and what is kept beside them," : ""} to start from, by name."""`,
      ...(values.some((text) => text.includes("rng.")) ? [`rng = np.random.RandomState(${network.seed})`] : []),
      float32 ? "p = {" : "return {",
      ...indented(entries),
      "}",
      ...(float32 ? ["return {name: value.astype(np.float32) for name, value in p.items()}"] : []),
    ]),
  ];
}

function filled(start: number, rows: number, columns: number): string {
  if (start === 0) return `np.zeros((${rows}, ${columns}))`;
  return `np.full((${rows}, ${columns}), ${pythonNumber(start)}, dtype=float)`;
}

function drawn(where: string, spec: InitializerSpec, units: number, inputs: number): string {
  const texts: Readonly<Record<string, InitializerNumpy>> = initializerNumpy;
  const name = typeof spec === "string" ? spec : spec.type;
  return requireText(where, "numpy", texts, name)(units, inputs, numbersOf(spec, initializers));
}
