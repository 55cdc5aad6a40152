import type { Message } from "../constraint/message.js";
import { type BlockFormula, formulasOf, formulaValue, rightBlocks, rightFormula } from "./backwardBlocks.js";
import { type BackwardCase, type Chain, derivatives, wrongChains, wrongMasks } from "./backwardChain.js";
import { gradientNames, type Named } from "./course.js";
import { isClose, requireDictionary, requireShape, toleranceOf, wrongValue } from "./expect.js";
import { type Judged, Wrong } from "./judging.js";
import { say } from "./say.js";
import type { ExerciseValue, NdArray } from "./value.js";

/** A case with what the student's function gave for it, by block. */
export interface Answer {
  readonly at: BackwardCase;
  readonly got: Readonly<Record<string, NdArray>>;
  readonly right: Named;
}

/** The blocks that a student's backward pass gave, each of the right shape, or a Wrong. */
export function requireGradients(judged: Judged, at: BackwardCase, value: ExerciseValue): Answer {
  const dictionary = requireDictionary(judged, value, gradientNames);
  const right = rightBlocks(at, derivatives(at));
  const got = Object.fromEntries(
    gradientNames.map((name) => [name, requireShape(judged, name, dictionary[name], right[name].shape)]),
  );
  return { at, got, right };
}

/** Whether all blocks of an answer are right. */
export function isRight({ got, right }: Answer): boolean {
  return gradientNames.every((name) => isClose(got[name].data, right[name].data, toleranceOf(got[name])));
}

/** A Wrong unless all answers are right. It names the mistakes that give exactly these numbers, in every case. */
export function requireRight(answers: readonly Answer[]): void {
  const wrong = answers.find((answer) => !isRight(answer));
  if (wrong === undefined) return;
  const { at, got, right } = wrong;
  const isOff = (name: string): boolean => !isClose(got[name].data, right[name].data, toleranceOf(got[name]));
  const first = gradientNames.find(isOff) ?? gradientNames[0];
  const { why } = wrongValue(first, got[first], right[first].data, causesOf(answers, first));
  throw new Wrong(why, say("next.formula", { formula: rightFormula(first, at.lambda > 0) }));
}

/** A formula by block; `right` where the block is right after its chain. */
type Reading = Readonly<Record<string, BlockFormula | "right" | { readonly factor: number }>>;

function causesOf(answers: readonly Answer[], first: string): readonly Message[] {
  const dropout = answers.some(({ at }) => at.keep !== undefined);
  const chains: readonly Chain[] = [{}, ...wrongChains, ...(dropout ? wrongMasks : [])];
  let best: { causes: readonly Message[] } | undefined;
  for (const chain of chains) {
    const reading = readingOf(answers, chain, gradientNames);
    if (reading === undefined) continue;
    const causes = [...(chain.cause ? [chain.cause] : []), ...blockCauses(reading)];
    if (best === undefined || causes.length < best.causes.length) best = { causes };
  }
  if (best) return best.causes;
  // What else is wrong has no name; the first block may still have one.
  const alone = readingOf(answers, {}, [first]);
  return alone === undefined ? [] : blockCauses(alone);
}

/** How each block came about after a chain; undefined where one fits no formula. */
function readingOf(answers: readonly Answer[], chain: Chain, names: readonly string[]): Reading | undefined {
  const found: Record<string, Reading[string]> = {};
  const chained = answers.map(({ at, got }) => {
    const dZ = derivatives(at, chain);
    return { at, got, dZ, right: rightBlocks(at, dZ) };
  });
  for (const name of names) {
    const fits = (value: (answer: (typeof chained)[number]) => ArrayLike<number>): boolean =>
      chained.every((answer) => isClose(answer.got[name].data, value(answer), toleranceOf(answer.got[name])));
    const formula = fits(({ right }) => right[name].data)
      ? "right"
      : formulasOf(name).find((each) => fits(({ at, dZ }) => formulaValue(each, name, at, dZ).data));
    // A factor is a mistake of its own: after a wrong chain it would explain too much.
    const factor = formula === undefined && !chain.cause ? commonFactor(chained[0], name) : undefined;
    if (formula !== undefined) found[name] = formula;
    else if (factor !== undefined && fits(({ right }) => right[name].data.map((x) => x * factor)))
      found[name] = { factor };
    else return undefined;
  }
  return found;
}

/** The number of few digits that right entries are multiplied by, if there is one. */
function commonFactor({ got, right }: Omit<Answer, "at">, name: string): number | undefined {
  let product = 0;
  let square = 0;
  right[name].data.forEach((x, k) => {
    product += x * got[name].data[k];
    square += x * x;
  });
  const factor = Number((product / square).toPrecision(4));
  return Number.isFinite(factor) ? factor : undefined;
}

/** One cause for all blocks that share it. */
function blockCauses(reading: Reading): Message[] {
  const groups = new Map<string, { blocks: string[]; entry: Exclude<Reading[string], "right"> }>();
  for (const name of gradientNames) {
    const entry = reading[name];
    if (entry === undefined || entry === "right") continue;
    const key = "factor" in entry ? `${entry.factor}` : `${entry.id} ${entry.written}`;
    const group = groups.get(key) ?? { blocks: [], entry };
    group.blocks.push(name);
    groups.set(key, group);
  }
  return Array.from(groups.values(), ({ blocks, entry }) => {
    if ("factor" in entry) return say("mistake.factor", { blocks, factor: entry.factor });
    const { id, written } = entry;
    if (id !== "mistake.penalty") return say(id, { blocks });
    return written === ""
      ? say("mistake.noPenalty", { blocks })
      : say("mistake.penalty", { blocks, written: written ?? "" });
  });
}
