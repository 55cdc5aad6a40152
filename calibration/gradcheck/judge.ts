import { checkGradients, Matrix, type Message } from "gradproof";
import { RandomStream } from "gradproof/random";
import { type BugKind, bugKinds, explanations, factors, isInCatalogue, type Mutant, patterns, plant } from "./bugs.js";
import { type Case, drawCase } from "./cases.js";
import { peers } from "./peers.js";
import { backward, cost, type Parameters } from "./student.js";

/** What the check made of a correct network. */
export interface CorrectOutcome {
  readonly verdict: "correct" | "wrong" | "undecided";
  /** Whether an undecided block says why. */
  readonly reasoned: boolean;
  readonly kink: boolean;
  readonly trained: boolean;
  readonly dropout: boolean;
  readonly penalty: boolean;
  readonly blocks: number;
  readonly costEvaluations: number;
  /** Entries measured in exhaustive mode, and those of them whose derivative lies outside three error bars. */
  readonly entries: number;
  readonly outside: number;
  /** Names of the peers' rules that refuse the gradient. */
  readonly refusedBy: readonly string[];
}

/** What the check made of a planted bug. */
export interface MutantOutcome {
  readonly kind: BugKind;
  readonly verdict: "correct" | "wrong" | "undecided";
  /** Whether exactly the blocks that are wrong were called wrong; undefined where an error is too small to say. */
  readonly exact: boolean | undefined;
  /** Whether the one wrong entry was named; undefined where there are several, or the block is right. */
  readonly entryNamed: boolean | undefined;
  /** Forward passes beyond those of the check of the correct gradient, where one entry is wrong. */
  readonly passesToLocate: number | undefined;
  /** Whether the bug shows at the given parameters, and not only near them. */
  readonly visible: boolean;
  readonly explanation: "right" | "wrong" | "unknown" | "none";
  readonly inCatalogue: boolean;
  readonly refusedBy: readonly string[];
}

/** Every so many correct networks are also checked entry by entry, for the error bars. */
const exhaustiveEvery = 10;

/** Checks the correct network of an index. */
export function judgeCorrect(seed: number, index: number): CorrectOutcome {
  const { net, parameters, kink, trained } = drawCase(seed, index);
  const problem = {
    parameters,
    cost: (p: Parameters) => cost(net, p),
    gradients: (p: Parameters) => backward(net, p),
  };
  const report = checkGradients(problem, { seed: index });
  const undecided = report.blocks.filter(({ verdict }) => verdict === "undecided");
  let [entries, outside] = [0, 0];
  // At a kink there is no derivative that the error bar could hold.
  if (index % exhaustiveEvery === 0 && !kink) {
    for (const block of checkGradients(problem, { seed: index, mode: "exhaustive" }).blocks) {
      for (const { claimed, numerical, error } of block.entries ?? []) {
        entries++;
        // The claimed one has a rounding of its own.
        if (!(Math.abs(claimed - numerical) <= 3 * error + 1e-14 * Math.abs(claimed))) outside++;
      }
    }
  }
  return {
    verdict: report.verdict,
    reasoned: undecided.every(({ reason }) => reason !== undefined),
    kink,
    trained,
    dropout: net.masks.some((mask) => mask !== undefined),
    penalty: net.l2 > 0,
    blocks: report.blocks.length,
    costEvaluations: report.costEvaluations,
    entries,
    outside,
    refusedBy: refusals({ net, parameters, kink, trained }, problem.gradients(parameters), seed, index),
  };
}

/** Checks the planted bug of an index; undefined where its kind has no place in the network, "equivalent" where it changes nothing. */
export function judgeMutant(seed: number, index: number): MutantOutcome | "equivalent" | undefined {
  const kind = bugKinds[index % bugKinds.length];
  // Networks other than those that were checked as correct ones.
  const drawn = drawCase(seed + 1, index);
  const { net, parameters } = drawn;
  const mutant = plant(net, parameters, kind, new RandomStream(seed, "data", 1, index));
  if (mutant === undefined) return undefined;
  const truth = wrongBlocks(drawn, mutant, seed, index);
  if (truth.visible.size === 0 && truth.hidden.size === 0) return "equivalent";
  const problem = { parameters, cost: (p: Parameters) => cost(net, p), gradients: mutant.gradients };
  const report = checkGradients(problem, { seed: index });
  const named = report.blocks.filter(({ verdict }) => verdict === "wrong");
  const { entry } = mutant;
  const block = entry && named.find(({ name }) => name === entry.block);
  // Two numbers fit too many causes to ask for one.
  const telling = named.filter(({ shape }) => shape[0] * shape[1] > 2);
  const inCatalogue = isInCatalogue(kind) && telling.length > 0;
  const verdicts = named.map(({ explanation }) => judgeExplanation(kind, explanation));
  const baseline = checkGradients({ ...problem, gradients: (p: Parameters) => backward(net, p) }, { seed: index });
  return {
    kind,
    verdict: report.verdict,
    visible: truth.visible.size > 0,
    exact:
      truth.doubtful || truth.hidden.size > 0
        ? undefined
        : named.length === truth.visible.size && named.every(({ name }) => truth.visible.has(name)),
    entryNamed:
      block &&
      entry &&
      (block.entries ?? []).some(({ index: at, claimed, numerical, error }) => {
        return at[0] === entry.index[0] && at[1] === entry.index[1] && Math.abs(claimed - numerical) > 10 * error;
      }),
    passesToLocate: block && report.costEvaluations - baseline.costEvaluations,
    explanation: verdicts.includes("wrong")
      ? "wrong"
      : verdicts.includes("right")
        ? "right"
        : verdicts.includes("unknown")
          ? "unknown"
          : "none",
    inCatalogue,
    refusedBy: refusals(drawn, mutant.gradients(parameters), seed, index),
  };
}

export function judgeExplanation(kind: BugKind, explanation: Message | undefined): MutantOutcome["explanation"] {
  if (explanation === undefined) return "none";
  const said = [...sentencesOf(explanation)];
  const expected = explanations[kind] ?? [];
  const isExpected = ({ id, numbers }: Message): boolean =>
    expected.some((other) => other === id) && (id !== "factor.extra" || numbers.factor === factors[kind]);
  if (said.some(isExpected)) return "right";
  if (explanation.id === "cause.unknown") return "unknown";
  return said.some(({ id }) => patterns.some((pattern) => pattern === id)) ? "unknown" : "wrong";
}

/** A message and all within it. */
function* sentencesOf(message: Message): Generator<Message> {
  yield message;
  for (const part of Object.values(message.parts ?? {}).flat()) yield* sentencesOf(part);
}

interface Truth {
  /** Blocks whose gradient the bug changes at the given parameters. */
  readonly visible: ReadonlySet<string>;
  /** Other blocks that it changes near them. */
  readonly hidden: ReadonlySet<string>;
  /** Whether some block is changed by so little that it is no fair question whether it is wrong. */
  readonly doubtful: boolean;
}

/** An error of a slope that moves the cost by less than this part of it, over the size of a parameter, drowns in its rounding. */
const seen = 1e-10;

/** What the bug changes, from the two gradients: by more than 1e-6 of a block's gradient, and more than rounding. */
function wrongBlocks({ net, parameters }: Case, mutant: Mutant, seed: number, index: number): Truth {
  const random = new RandomStream(seed, "data", 2, index);
  const visible = new Set<string>();
  const hidden = new Set<string>();
  let doubtful = false;
  for (let place = 0; place < 3; place++) {
    const at = place === 0 ? parameters : near(parameters, random);
    const right = backward(net, at);
    const planted = mutant.gradients(at);
    const J = Math.abs(cost(net, at));
    for (const name of Object.keys(parameters)) {
      const r = right[`d${name}`].data;
      const p = planted[`d${name}`].data;
      const distance = Math.hypot(...p.map((value, i) => value - r[i]));
      if (distance === 0) continue;
      const size = Math.max(Math.hypot(...r), Math.hypot(...p));
      if (distance > 1e-6 * size && distance > seen * J) (place === 0 ? visible : hidden).add(name);
      else if (distance > 1e-13 * size) doubtful = true;
    }
  }
  for (const name of visible) hidden.delete(name);
  return { visible, hidden, doubtful };
}

function near(parameters: Parameters, random: RandomStream): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { rows, columns, data }]) => [
      name,
      new Matrix(
        rows,
        columns,
        Float64Array.from(data, (value) => value + 0.1 * random.normal()),
      ),
    ]),
  );
}

function refusals({ net, parameters }: Case, gradients: Parameters, seed: number, index: number): string[] {
  return Object.entries(peers)
    .filter(([, accepts], k) => !accepts(net, parameters, gradients, new RandomStream(seed, "data", 3 + k, index)))
    .map(([name]) => name);
}
