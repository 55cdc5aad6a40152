import { checkGradients, type GradientProblem } from "../../../src/gradcheck/checkGradients.js";
import type { GradientReport } from "../../../src/gradcheck/report.js";
import type { Family } from "./family.js";
import { type Mlp, type MlpBug, mlp, mlpBugs, type Precision, type Weights } from "./mlp.js";

/** What a verdict without a bound leaves open. */
const usual = 1e-4;
/** So many bugs are tried for one that is large enough. */
const tries = 8;

/**
 * A family of multilayer perceptrons whose cost is known to few digits.
 *
 * @param kinds by name: how the network computes, and what is left of its cost when it is handed on
 */
export function inPrecision(
  name: string,
  about: string,
  kinds: Readonly<Record<string, Precision & { readonly print?: (cost: number) => number }>>,
): Family {
  const names = Object.keys(kinds);
  return {
    name,
    about:
      `${about} A bug is one that in some block is larger, relative to the gradient, than what the check of the right gradient ` +
      "leaves open there: its bound, or 1e-4.",
    draw(stream) {
      const kind = names[stream.below(names.length)];
      const { print = (cost) => cost, ...precision } = kinds[kind];
      const net = mlp(stream, precision);
      const printed = (problem: GradientProblem<Weights>): GradientProblem<Weights> => ({
        ...problem,
        cost: (p) => print(problem.cost(p)),
      });
      const right = printed(net.problem());
      if (stream.random() < 0.5) {
        const seed = stream.uint32();
        const report = checkGradients(right, { seed });
        for (let attempt = 0; attempt < tries; attempt++) {
          const bug = mlpBugs[stream.below(mlpBugs.length)];
          const place = stream.below(1000);
          if (!isBeyondBounds(net, bug, place, report)) continue;
          const wrong = printed(net.problem(bug, place));
          return { kind, bug: { name: bug }, check: (options) => checkGradients(wrong, options) };
        }
      }
      return { kind, check: (options) => checkGradients(right, options) };
    },
  };
}

/** Whether a bug changes some block by more than what the check of the right gradient leaves open. */
function isBeyondBounds(net: Mlp, bug: MlpBug, place: number, { blocks }: GradientReport): boolean {
  const [right, wrong] = [net.gradients(net.parameters), net.gradients(net.parameters, bug, place)];
  return blocks.some(({ name, verdict, bound = usual }) => {
    const [r, w] = [right[name].flat(), wrong[name].flat()];
    const off = Math.hypot(...r.map((value, k) => w[k] - value));
    return verdict === "correct" && off > bound * Math.max(Math.hypot(...r), Math.hypot(...w));
  });
}
