import { defaultsOf } from "../../pipeline/defaults.js";
import { operationsAnExample } from "../../pipeline/effort.js";
import { plural } from "../format.js";
import type { RunPlan } from "./planRun.js";

/** `normal: 4 members × 20 epochs, 3.1 GFLOP of 10 TFLOP`, the budget where it had anything to choose. */
export function effortInWords({
  config,
  nets,
  specs,
  parts,
}: Pick<RunPlan, "config" | "nets" | "specs" | "parts">): string {
  const [{ epochs, iterations }] = specs;
  const operations = specs.reduce((sum, { epochs, iterations = 0, batchSize }, k) => {
    const examples = parts[k].data.X.columns;
    const seen = epochs === undefined ? iterations * (batchSize ?? examples) : epochs * examples;
    return sum + seen * operationsAnExample(nets[k].program);
  }, 0);
  const members = nets.length === 1 ? "" : `${plural(nets.length, "member")} × `;
  const length = epochs === undefined ? plural(iterations ?? 0, "step") : plural(epochs, "epoch");
  const work = `${members}${length}, ${operationsInWords(operations)}`;
  const { members: givenMembers, training, effort = "normal" } = config;
  if (givenMembers !== undefined && (training.epochs ?? training.iterations) !== undefined) return work;
  return `${effort}: ${work} of ${operationsInWords(defaultsOf(config).effort(effort).budget)}`;
}

const units = ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP"] as const;

/** Two digits, in the largest unit that leaves 1 or more. */
function operationsInWords(operations: number): string {
  const thousands = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(operations) / 3)));
  return `${Number((operations / 1000 ** thousands).toPrecision(2))} ${units[thousands]}`;
}
