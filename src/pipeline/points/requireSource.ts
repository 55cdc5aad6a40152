import { requireName } from "../../constraint/constraint.js";
import { requireList, requireRecord } from "../../constraint/kinds.js";
import { generatorNames, type PointSource } from "./pointSource.js";

/** Throws where a source is none at all; its numbers are for the generators to check, and for `parsePoints`. */
export function requireSource(where: string, source: PointSource): void {
  const { kind, featureNames, features, targets } = requireRecord(`${where}: source`, source, "{ kind, … }");
  if (requireName(`${where}: source.kind`, kind, [...generatorNames, "own"]) !== "own") return;
  requireList(`${where}: source.featureNames`, featureNames);
  requireList(`${where}: source.targets`, targets);
  const rows = Array.from(requireList(`${where}: source.features`, features));
  for (const [i, row] of rows.entries()) requireList(`${where}: source.features[${i}]`, row);
}
