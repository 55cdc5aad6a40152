import { posix } from "node:path";
import ts from "typescript";

/** What one room of src/ may import. A room may always import itself; nothing else is allowed that is not named here. */
export interface RoomRules {
  readonly rooms: readonly string[];
  readonly packages?: readonly string[];
  /** Whether `node:*` may be imported. */
  readonly node?: boolean;
}

/** The rooms at the very bottom, for every room to use: ranges and messages of options; functions of a number. */
const ground = ["constraint", "numeric"];

/**
 * The arrows of docs/architecture.md, from the ground up. A room is a folder of src/; `data/readers` is a room of its
 * own because it alone below the command line leans on packages, `gradcheck/network` because the checker's core knows
 * nothing of our networks.
 */
export const house: Readonly<Record<string, RoomRules>> = {
  constraint: { rooms: [] },
  numeric: { rooms: [] },
  array: { rooms: [] },
  random: { rooms: ["array"] },
  ops: { rooms: ["array", "random"] },
  data: { rooms: ["array", "random"] },
  "data/readers": { rooms: ["array", "data"], packages: ["fflate"] },
  metrics: { rooms: ["array", "random"] },
  network: { rooms: ["ops", "array", "random", "data"] },
  engine: { rooms: ["network", "ops", "array", "random"] },
  gradcheck: { rooms: ["array", "random"] },
  browser: { rooms: ["engine", "network", "ops", "array", "random"] },
  training: { rooms: ["engine", "network", "ops", "metrics", "data", "array", "random"] },
  "gradcheck/network": {
    rooms: ["gradcheck", "training", "engine", "network", "ops", "metrics", "data", "array", "random"],
  },
  exercises: {
    rooms: [
      "gradcheck/network",
      "gradcheck",
      "training",
      "engine",
      "network",
      "ops",
      "metrics",
      "data",
      "array",
      "random",
    ],
  },
  sweep: { rooms: ["training", "engine", "network", "ops", "metrics", "data", "array", "random"] },
  doctor: { rooms: ["training", "engine", "network", "ops", "metrics", "data", "array", "random"] },
  export: { rooms: ["training", "engine", "network", "ops", "metrics", "data", "array", "random"] },
  formats: { rooms: ["training", "engine", "network", "ops", "metrics", "data", "array", "random"] },
  pipeline: { rooms: ["formats", "training", "engine", "network", "ops", "metrics", "data", "array", "random"] },
  predict: { rooms: ["formats", "engine", "network", "data", "array"] },
  plot: {
    rooms: [
      "training",
      "doctor",
      "sweep",
      "gradcheck/network",
      "gradcheck",
      "network",
      "ops",
      "metrics",
      "data",
      "array",
    ],
    packages: ["d3-array", "d3-contour", "d3-shape"],
  },
  experiments: {
    rooms: [
      "training",
      "gradcheck/network",
      "gradcheck",
      "engine",
      "network",
      "ops",
      "metrics",
      "data",
      "array",
      "random",
    ],
  },
  node: {
    rooms: [
      "exercises",
      "formats",
      "sweep",
      "training",
      "gradcheck",
      "engine",
      "network",
      "ops",
      "metrics",
      "data/readers",
      "data",
      "array",
    ],
    packages: ["koffi"],
    node: true,
  },
  cli: {
    rooms: [
      "node",
      "experiments",
      "plot",
      "export",
      "exercises",
      "pipeline",
      "formats",
      "sweep",
      "doctor",
      "training",
      "gradcheck/network",
      "gradcheck",
      "engine",
      "network",
      "ops",
      "metrics",
      "data/readers",
      "data",
      "array",
      "random",
    ],
    packages: ["@stricli/core", "jiti", "simple-ascii-chart"],
    node: true,
  },
};

/** Files whose whole work is to gather exports for a `package.json` entry point. Nothing inside the house uses them. */
export const barrels: readonly string[] = [
  "",
  "array/",
  "random/",
  "metrics/",
  "data/",
  "gradcheck/",
  "sweep/",
  "exercises/",
  "export/",
  "formats/",
  "pipeline/",
  "constraint/",
  "ops/",
  "network/",
  "training/",
  "doctor/",
  "plot/",
  "predict/",
  "node/",
].map((room) => `${room}index.ts`);

/**
 * Everything in `files` that breaks the rules of the house, one sentence each.
 *
 * @param files source text by path relative to src/, with forward slashes
 */
export function violations(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const arrows = new Map<string, string[]>();
  for (const [path, text] of files) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const needed: string[] = [];
    arrows.set(path, needed);
    for (const [specifier, onDemand] of importsOf(source)) {
      if (!specifier.startsWith(".")) {
        found.push(...packageViolations(path, specifier));
        continue;
      }
      const target = posix.join(posix.dirname(path), specifier).replace(/\.js$/, ".ts");
      if (!files.has(target)) {
        found.push(`${path} imports ${specifier}, which is no file of src/ (write the path with its .js suffix)`);
        continue;
      }
      if (!onDemand) needed.push(target);
      found.push(...roomViolations(path, target));
    }
    if (roomOf(path) === undefined && !barrels.includes(path)) {
      found.push(`${path} lies in no room; put it into one of ${Object.keys(house).join(", ")}`);
    }
    if (exportsDefault(source)) found.push(`${path} has a default export; give it a name`);
  }
  return [...found, ...cycles(arrows).map((cycle) => `import cycle: ${cycle.join(" → ")}`)];
}

/** The room of a path relative to src/: the longest known folder it lies in. `undefined` for files of src/ itself. */
export function roomOf(path: string): string | undefined {
  return Object.keys(house)
    .filter((room) => path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** Every module a file names, of values or of types, and whether it is loaded on demand only, by `import()`. */
export function importsOf(source: ts.SourceFile): Map<string, boolean> {
  const found = new Map<string, boolean>();
  const add = (name: ts.Node | undefined, onDemand: boolean): void => {
    if (name && ts.isStringLiteralLike(name)) found.set(name.text, onDemand && (found.get(name.text) ?? true));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, false);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function packageViolations(path: string, specifier: string): string[] {
  const rules = rulesOf(path);
  if (specifier.startsWith("node:")) {
    return rules?.node ? [] : [`${path} imports ${specifier}; only node/ and cli/ may use Node`];
  }
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return rules?.packages?.includes(name) ? [] : [`${path} imports the package ${name}, which its room may not`];
}

function roomViolations(path: string, target: string): string[] {
  if (barrels.includes(target)) return [`${path} imports ${target}; import the file that defines the name instead`];
  // src/index.ts and the like gather exports from everywhere below; what they may gather is limited by the room they lie in.
  if (path === "index.ts") {
    const room = roomOf(target);
    return room === "node" || room === "cli" || room === "plot" || room === "predict" || room === "data/readers"
      ? [`${path} imports ${target}; ${room} has an entry point of its own`]
      : [];
  }
  const from = roomOf(path);
  const to = roomOf(target);
  if (from === undefined || to === undefined) return [];
  // The entry point of a room gathers those inside it too, as gradcheck's does gradcheck/network.
  const inside = barrels.includes(path) && to.startsWith(`${from}/`);
  return inside || from === to || ground.includes(to) || house[from].rooms.includes(to)
    ? []
    : [`${path} imports ${target}; ${from} may not use ${to}`];
}

function rulesOf(path: string): RoomRules | undefined {
  const room = roomOf(path);
  return room === undefined ? undefined : house[room];
}

function exportsDefault(source: ts.SourceFile): boolean {
  return source.statements.some(
    (statement) =>
      ts.isExportAssignment(statement) ||
      (ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)) ||
      (ts.isExportDeclaration(statement) &&
        statement.exportClause !== undefined &&
        ts.isNamedExports(statement.exportClause) &&
        statement.exportClause.elements.some((element) => element.name.text === "default")),
  );
}

/** Cycles among the imports, those of types included, by depth-first search. */
function cycles(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      found.push([...trail.slice(start), path]);
      return;
    }
    if (done.has(path)) return;
    for (const target of arrows.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of arrows.keys()) visit(path, []);
  return found;
}
