import { OptionError, requireName, requireNumber, requireObject, show } from "../../constraint/constraint.js";
import { pointConstraints } from "./constraints.js";
import { type GeneratedPoints, generatorNames, type OwnPoints, type PointSource } from "./pointSource.js";
import { requireSource } from "./requireSource.js";

/**
 * A source of points from plain data that may come from anywhere, such as a file or a link.
 *
 * @param where what messages begin with
 * @throws OptionError naming what is wrong and what would be right
 *
 * @example
 * import { parsePoints } from "gradproof/pipeline";
 * parsePoints("data", { kind: "moons", examples: 300, test: 100, noise: 0.1, seed: 1 }).kind; // => "moons"
 */
export function parsePoints(where: string, value: unknown): PointSource {
  const { kind } = requireObject(where, value, [...new Set([...generatedKeys, ...ownKeys])]);
  return requireName(`${where}: kind`, kind, [...generatorNames, "own"]) === "own"
    ? parseOwn(where, value)
    : parseGenerated(where, value);
}

/**
 * The source as plain data that `JSON.stringify` writes and {@link parsePoints} reads.
 *
 * @example
 * import { parsePoints, plainPoints } from "gradproof/pipeline";
 * const names = { kind: "own", name: "line", featureNames: ["x"] } as const;
 * const line = { ...names, features: [Float64Array.of(1, 2, 3, 4)], targets: [0, 0, 1, 1], test: 0.25, seed: 0 };
 * parsePoints("data", JSON.parse(JSON.stringify(plainPoints(line)))).seed; // => 0
 */
export function plainPoints(source: PointSource): PointSource {
  requireSource("plainPoints()", source);
  if (source.kind !== "own") return source;
  return {
    ...source,
    features: source.features.map((row) => Array.from(row)),
    targets: Array.from(source.targets),
  };
}

const imageKeys = ["kind", "examples", "test", "noise", "seed"] as const satisfies readonly (keyof GeneratedPoints)[];
const generatedKeys = [
  ...imageKeys,
  "classes",
  "scale",
  "offset",
  "rare",
  "shuffled",
  "leaked",
] as const satisfies readonly (keyof GeneratedPoints)[];

function parseGenerated(where: string, value: unknown): GeneratedPoints {
  const given = requireObject(where, value, generatedKeys);
  const number = (name: "examples" | "test" | "noise" | "seed" | "classes"): number =>
    requireNumber(`${where}: ${name}`, given[name], pointConstraints[name]);
  const pair = (name: "scale" | "offset"): [number, number] => {
    const two = given[name];
    if (!Array.isArray(two) || two.length !== 2) {
      throw new OptionError(`${where}: ${name} must hold two numbers, one a feature, got ${show(two)}`);
    }
    const [first, second] = two.map((one: unknown) => requireNumber(`${where}: ${name}`, one, pointConstraints[name]));
    return [first, second];
  };
  const share = (name: "rare" | "leaked"): number =>
    requireNumber(`${where}: ${name}`, given[name], pointConstraints.share);
  if (given.shuffled !== undefined && given.shuffled !== true) {
    throw new OptionError(`${where}: shuffled must be true where it is given, got ${show(given.shuffled)}`);
  }
  const kind = requireName(`${where}: kind`, given.kind, generatorNames);
  if (kind === "digits") requireObject(`${where} of digits`, value, imageKeys);
  return {
    kind,
    examples: number("examples"),
    test: number("test"),
    noise: number("noise"),
    seed: number("seed"),
    ...(given.classes !== undefined && { classes: number("classes") }),
    ...(given.scale !== undefined && { scale: pair("scale") }),
    ...(given.offset !== undefined && { offset: pair("offset") }),
    ...(given.rare !== undefined && { rare: share("rare") }),
    ...(given.shuffled === true && { shuffled: true }),
    ...(given.leaked !== undefined && { leaked: share("leaked") }),
  };
}

const ownKeys = [
  "kind",
  "name",
  "featureNames",
  "classNames",
  "features",
  "targets",
  "test",
  "seed",
] as const satisfies readonly (keyof OwnPoints)[];

function parseOwn(where: string, value: unknown): OwnPoints {
  const given = requireObject(where, value, ownKeys);
  const { features, targets, featureNames, classNames } = given;
  if (!Array.isArray(features) || features.length === 0 || !Array.isArray(targets) || targets.length < 4) {
    throw new OptionError(`${where}: features and targets must be lists, of at least one feature and four points`);
  }
  const m = targets.length;
  const names = classNames === undefined ? undefined : texts(`${where}: classNames`, classNames);
  if (names !== undefined && names.length < 2) {
    throw new OptionError(`${where}: classNames must name at least two classes`);
  }
  const target = names
    ? ({ ...pointConstraints.target, whole: true, min: 0, max: names.length - 1 } as const)
    : pointConstraints.target;
  return {
    kind: "own",
    name: text(`${where}: name`, given.name),
    featureNames: texts(`${where}: featureNames`, featureNames, features.length),
    ...(names && { classNames: names }),
    features: features.map((row: unknown, i) => {
      if (!Array.isArray(row) || row.length !== m) {
        throw new OptionError(`${where}: features[${i}] must hold one number a point, ${m} in all`);
      }
      return row.map((x: unknown) => requireNumber(`${where}: features[${i}]`, x, pointConstraints.feature));
    }),
    targets: targets.map((y: unknown) => requireNumber(`${where}: targets`, y, target)),
    test: requireNumber(`${where}: test`, given.test, pointConstraints.testShare),
    seed: requireNumber(`${where}: seed`, given.seed, pointConstraints.seed),
  };
}

function texts(where: string, value: unknown, count?: number): string[] {
  if (!Array.isArray(value) || (count !== undefined && value.length !== count)) {
    throw new OptionError(`${where} must be a list of ${count ?? "some"} names, got ${show(value)}`);
  }
  const names = value.map((one: unknown) => text(where, one));
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new OptionError(`${where} must differ, got ${show(twice)} twice`);
  return names;
}

function text(where: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new OptionError(`${where} must be a text, got ${show(value)}`);
}
