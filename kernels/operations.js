// What the kernels can do: the operations under src/ops/ that have a kernel, `<kind>/<name>/<name>.kernel.ts`, with their codes,
// and the dispatch that goes by them.
//
// What a kernel exports says what it is:
// - entrywise (activations): `value<T>(z, …): v128` and `gradient<T>(dA, kept, …): v128`, dZ from dA; what follows are the step's
//   options, each in all lanes. The loops around them are written here. `kept` is what the definition says it `keeps`. Where value
//   and derivative have a costly part in common: `valueAndDerivative<T>(z, A, kept, …)`, which stores both at these addresses in
//   training, in place of `gradient`; dZ is then dA times what was kept.
// - any other step: `forward<T>(p, s)` and `backward<T>(p, s)`. Without forward, the outputs are the input itself; with neither,
//   the step does nothing at all. Of a step that needs the whole batch
//   also `collectForward`, `combineForward`, `collectBackward`, `combineBackward`; see segments.ts.
// - a loss: `head<T>(Z, A, Y, w, dHead, rows, stride, vectors, gradient, weighted, options): f64`; `options` is the address of their
//   numbers, one f64 each, in their order.
// - an optimizer: `update<T>(p, from, to)`, and `begin(p)` where something comes before all shares.
// - `rows = "own"`: a thread computes the rows from firstRow to endRow, from the same rows of what it reads; "shared": from any
//   rows; "columns": it computes all rows of the columns from firstByte to endByte; "parts": some rows of each member, or all of
//   some members. Without any of them, one of the threads that
//   share rows computes them all.
// - `inPlace = "forward" | "backward" | "both"`: output and input, or their derivatives, may lie at one address. Entrywise ones always may.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Kinds whose operations are steps of a program: they share one series of codes. */
const stepKinds = ["activation", "layer", "structure"];

/**
 * The operations with kernels in some folders, relative to the repository: `{ steps, losses, optimizers }`, each a list in the
 * order of the codes, which begin at 1.
 */
export function operationsIn(folders = ["src/ops"]) {
  const ofKinds = (kinds) =>
    folders
      .flatMap((folder) => kinds.flatMap((kind) => kernelsIn(`${folder}/${kind}`)))
      .map((operation, index) => ({ ...operation, code: index + 1 }));
  return { steps: ofKinds(stepKinds), losses: ofKinds(["loss"]), optimizers: ofKinds(["optimizer"]) };
}

function kernelsIn(folder) {
  if (!existsSync(root + folder)) return [];
  return readdirSync(root + folder)
    .sort()
    .map((name) => ({ name, path: `${folder}/${name}/${name}.kernel` }))
    .filter(({ path }) => existsSync(`${root}${path}.ts`))
    .map(({ name, path }) => ({ name, path, ...factsOf(readFileSync(`${root}${path}.ts`, "utf8")) }));
}

/** What a kernel's text says of it. */
function factsOf(text) {
  const exported = new Set(Array.from(text.matchAll(/^export (?:function|const) (\w+)/gm), ([, name]) => name));
  const entrywise = exported.has("value");
  const parameters = text.match(/^export function value<T>\(([^)]*)\)/m)?.[1] ?? "";
  return {
    exported,
    entrywise,
    /** Whether forward in training leaves the derivative in place of what is kept. */
    leavesDerivative: exported.has("valueAndDerivative"),
    /** Options that the loops of an entrywise one hold in all lanes. */
    numbers: Math.max(0, parameters.split(",").filter((parameter) => parameter.trim() !== "").length - 1),
    inPlace: entrywise ? "both" : (text.match(/^export const inPlace = "(\w+)";/m)?.[1] ?? "none"),
    rows: entrywise ? "own" : (text.match(/^export const rows = "(\w+)";/m)?.[1] ?? "one"),
    forward: entrywise || exported.has("forward"),
    backward: entrywise || exported.has("backward"),
    wholeBatch: exported.has("combineForward"),
  };
}

/**
 * The AssemblyScript module `kernels/generated/dispatch.ts`: every operation by its code; an unknown code traps.
 *
 * @param small whether entrywise loops take one vector a turn, as a page that only predicts does for its bytes
 */
export function dispatchSource({ steps, losses, optimizers }, small = false) {
  const all = [...steps, ...losses, ...optimizers];
  return [
    'import { Plan, Step } from "./shared";',
    'import { endRow, firstRow, Tile, valueAt } from "../tile";',
    ...all.map(({ name, path }) => `import * as ${name} from "../../${path}";`),
    "",
    ...steps.filter(({ entrywise }) => entrywise).flatMap((step) => entrywiseLoops(step, small)),
    ...["forward", "backward"].map((way) => stepSwitch(steps, way, way)),
    ...["collectForward", "collectBackward"].map((way) => stepSwitch(wholeBatch(steps), way, way)),
    ...["combineForward", "combineBackward"].map((way) => combineSwitch(wholeBatch(steps), way)),
    lossSwitch(losses),
    "export function update<T>(p: Plan, from: usize, to: usize): void {",
    ...choice("p.optimizer", optimizers, ({ name }) => `${name}.update<T>(p, from, to);`),
    "}",
    "",
    "export function beginUpdate(p: Plan): void {",
    ...choice("p.optimizer", optimizers, ({ name, exported }) => (exported.has("begin") ? `${name}.begin(p);` : "")),
    "}",
    "",
  ].join("\n");
}

const wholeBatch = (steps) => steps.filter((step) => step.wholeBatch);

function choice(code, operations, call) {
  return [
    `  switch (${code}) {`,
    ...operations.flatMap((operation) => [
      `    case ${operation.code}: // ${operation.name}`,
      `      ${call(operation)}`,
      "      break;",
    ]),
    "    default:",
    "      unreachable();",
    "  }",
  ];
}

function stepSwitch(steps, way) {
  const call = ({ name, entrywise, exported, rows }) => {
    if (entrywise) return `${name}_${way}<T>(p, s);`;
    if (!exported.has(way)) return "";
    return `${rows !== "one" ? "" : "if (Tile.rank == 0) "}${name}.${way}<T>(p, s);`;
  };
  return [`export function ${way}Step<T>(p: Plan, s: Step): void {`, ...choice("s.op", steps, call), "}", ""].join(
    "\n",
  );
}

function combineSwitch(steps, way) {
  const call = ({ name }) => `${name}.${way}<T>(p, s);`;
  return [`export function ${way}Step<T>(p: Plan, s: Step): void {`, ...choice("s.op", steps, call), "}", ""].join(
    "\n",
  );
}

function lossSwitch(losses) {
  const parameters =
    "loss: i32, Z: usize, A: usize, Y: usize, w: usize, dHead: usize, rows: i32, stride: usize, vectors: i32, " +
    "gradient: bool, weighted: bool, options: usize";
  const call = ({ name }) =>
    `return ${name}.head<T>(Z, A, Y, w, dHead, rows, stride, vectors, gradient, weighted, options);`;
  const lines = choice("loss", losses, call).filter((line) => line !== "      break;");
  return [`export function lossHead<T>(${parameters}): f64 {`, ...lines, "  return unreachable();", "}", ""].join("\n");
}

/** Loops over this thread's rows of a tile; over all of them at once where a row fills its stride. */
function entrywiseLoops({ name, numbers, leavesDerivative }, small) {
  const options = Array.from({ length: numbers }, (_, k) => `n${k}`);
  const splats = options.map((n, k) => `  const ${n} = v128.splat<T>(<T>load<f64>(s.options, ${8 * k}));`);
  const passed = options.map((n) => `, ${n}`).join("");
  const loop = (way, addresses, columns) => [
    `function ${name}_${way}<T>(p: Plan, s: Step): void {`,
    "  const stride = <usize>p.stride;",
    "  const first = firstRow(s.rows);",
    "  const offset = <usize>first * stride;",
    "  let rows = endRow(s.rows) - first;",
    "  let bytes = <usize>Tile.vectors << 4;",
    "  if (bytes == stride) {",
    "    bytes *= rows;",
    "    rows = min(rows, 1);",
    "  }",
    ...splats,
    ...Object.entries(addresses).map(([address, field]) => `  let ${address} = valueAt(s.${field}) + offset;`),
    "  for (; rows > 0; rows--) {",
    ...columns,
    ...Object.keys(addresses).map((address) => `    ${address} += stride;`),
    "  }",
    "}",
    "",
  ];
  /** Two vectors a turn: their operations take turns as well, so that none waits long for the one before. */
  const forward = (way, addresses, statement) => {
    const one = statement("v128.load(Z + x)", "x");
    if (small) return loop(way, addresses, [`    for (let x: usize = 0; x < bytes; x += 16) ${one}`]);
    return loop(way, addresses, [
      "    let x: usize = 0;",
      "    for (const end = bytes & ~31; x < end; x += 32) {",
      "      const z0 = v128.load(Z + x);",
      "      const z1 = v128.load(Z + x, 16);",
      `      ${statement("z0", "x")}`,
      `      ${statement("z1", "x + 16")}`,
      "    }",
      `    if (x < bytes) ${one}`,
    ]);
  };
  const value = forward(
    leavesDerivative ? "value" : "forward",
    { Z: "input", A: "output" },
    (z, x) => `v128.store(A + ${x}, ${name}.value<T>(${z}${passed}));`,
  );
  const backward = (derivative) =>
    loop("backward", { dA: "dOutput", dZ: "dInput", kept: "kept" }, [
      "    for (let x: usize = 0; x < bytes; x += 16) {",
      `      v128.store(dZ + x, ${derivative("v128.load(dA + x), v128.load(kept + x)")});`,
      "    }",
    ]);
  if (!leavesDerivative) return [...value, ...backward((of) => `${name}.gradient<T>(${of}${passed})`)];
  return [
    ...value,
    ...forward(
      "both",
      { Z: "input", A: "output", kept: "kept" },
      (z, x) => `${name}.valueAndDerivative<T>(${z}, A + ${x}, kept + ${x}${passed});`,
    ),
    `function ${name}_forward<T>(p: Plan, s: Step): void {`,
    `  if (Tile.training && s.learns) ${name}_both<T>(p, s);`,
    `  else ${name}_value<T>(p, s);`,
    "}",
    "",
    ...backward((of) => `v128.mul<T>(${of})`),
  ];
}

/** What the library has to know of the operations: codes, and what plans of memory go by. */
export function operationTable({ steps, losses, optimizers }) {
  const codes = (operations) => Object.fromEntries(operations.map(({ name, code }) => [name, code]));
  return {
    steps: Object.fromEntries(
      steps.map(({ name, code, inPlace, rows, forward, backward, wholeBatch, leavesDerivative }) => [
        name,
        { code, inPlace, rows, forward, backward, wholeBatch, leavesDerivative },
      ]),
    ),
    losses: codes(losses),
    optimizers: codes(optimizers),
  };
}
