import { Matrix } from "../../../array/matrix.js";
import { OptionError, show } from "../../../constraint/constraint.js";
import type { Message } from "../../../constraint/message.js";
import type { Dataset } from "../../../data/dataset.js";
import type { Network } from "../../../network/network.js";
import { indexOf } from "../../shape.js";
import type { Backpropagation } from "../bugs/backpropagation.js";
import type { Formulas } from "../bugs/formulas.js";
import { namesOf } from "../bugs/names.js";
import { isDenseChain } from "../denseChain.js";
import type { NetworkCheckOptions } from "../networkOptions.js";
import type { NetworkGradients } from "../networkSubject.js";
import { replayAt } from "../replay.js";
import { say } from "../say.js";
import { subjectOf } from "../subjectOf.js";
import { type Planting, parsePlanting } from "./parsePlanting.js";
import { passAt, passBeside } from "./passes.js";
import type { Plantable } from "./plantable.js";
import { type PlantableBugName, titleOf } from "./plantableBugs.js";
import { plantables } from "./plantables.js";
import { wrongEntries } from "./wrongEntries.js";

/** A bug as it was planted. */
export interface PlantedBug {
  readonly name: PlantableBugName;
  readonly title: Message;
  readonly layers: readonly number[];
  /** The formula as it should be; `messageInWords` says it: `dW2 = (1/m) dZ2 A1ᵀ`. */
  readonly right: Message;
  /** The same as it is written now: `dW2 = (2/m) dZ2 A1ᵀ`. */
  readonly written: Message;
}

/** A backward pass with bugs in it, and the truth about them. */
export interface PlantedBugs {
  readonly bugs: readonly PlantedBug[];
  /** The backward pass, for `checkNetwork(network, data, { ...options, gradients })`. */
  readonly gradients: NetworkGradients;
  /** Blocks that come out wrong, at these weights or at the point near them that the check looks at too. */
  readonly blocks: readonly string[];
  /**
   * Row and column of every entry of dθ that is wrong beyond rounding at these weights, in the step that is checked, by
   * block; of a block whose error does not show here (λ b where b = 0) there is none.
   */
  readonly entries: Readonly<Record<string, readonly (readonly number[])[]>>;
}

const where = "plantBugs()";

/**
 * Plants bugs in the backward pass of a network, for its gradient check to find, and says which entries they make wrong.
 *
 * The formulas of the backward pass are replaced one by one in the layers asked for; all else is computed as it follows from
 * them, so that a bug in dZ[l] spreads to every layer below.
 *
 * @param network left as it is
 * @param data features × examples and outputs × examples
 * @param bugs names of `plantableBugs`, or names with layers; none for the right gradient
 * @param options those of `checkNetwork`, and the same as there: they decide which step is checked
 * @throws OptionError for a name that is unknown, a layer that does not admit the bug, two bugs in the same formula of a
 *   layer, a network of other layers than dense ones; OptionError, ShapeError or RangeError as `checkNetwork`
 *
 * @example
 * import { checkNetwork, dense, network } from "gradproof";
 * import { circles } from "gradproof/data";
 * import { messageInWords, plantBugs } from "gradproof/gradcheck";
 * const model = network({ inputs: 2, layers: [dense(3, "tanh"), dense(2, "tanh"), dense(1, "sigmoid")], seed: 3 });
 * const data = circles({ examples: 20, noise: 0.05, seed: 1 });
 * const planted = plantBugs(model, data, ["dWTwice", { name: "dbFourTimes", layers: [1] }]);
 * planted.bugs.map(({ written }) => messageInWords(written)); // => ["dW2 = (2/m) dZ2 A1ᵀ", "db1 = (4/m) Σ dZ1"]
 * planted.entries.b1; // => [[0, 0], [1, 0], [2, 0]]
 * const { gradients } = planted;
 * const report = await checkNetwork(model, data, { gradients, mode: "exhaustive" });
 * report.blocks.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name); // => ["b1", "W2"]
 */
export function plantBugs(
  network: Network,
  data: Dataset,
  bugs: readonly (PlantableBugName | Planting)[],
  options: NetworkCheckOptions = {},
): PlantedBugs {
  const checked = subjectOf(where, network, data, options);
  if (!isDenseChain(network.program)) {
    throw new OptionError(
      `${where}: bugs are planted in dense layers, one after the other; this network has others too`,
    );
  }
  const pass = passAt(network, checked.subject.step);
  if (!Array.isArray(bugs)) throw new OptionError(`${where}: bugs must be an array of names, got ${show(bugs)}`);
  const plantings = bugs.map((bug, index) => parsePlanting(`${where}: bugs[${index}]`, bug, pass));
  const byLayer = formulasOf(plantings, pass);
  const wrongAt = (l: number): Partial<Formulas> => byLayer.get(l) ?? {};
  const here = wrongEntries(replayAt(pass, wrongAt));
  const beside = wrongEntries(replayAt(passBeside(where, checked), wrongAt));
  const reached = new Set([...here.keys(), ...beside.keys()]);
  const blocks = network.layout.filter(({ name }) => reached.has(name));
  return {
    bugs: plantings.map(({ name, layers }) => {
      const { formulas, sentences: [rightId, writtenId] = ["formula.is", "formula.is"] }: Plantable = plantables[name];
      const [right, written] = formulas(namesOf(layers), pass);
      return {
        name,
        title: titleOf(name),
        layers,
        right: say(rightId, { formula: right }),
        written: say(writtenId, { formula: written }),
      };
    }),
    gradients: (at, step) => {
      const there = passAt(at, step);
      const wrong = new Map(Array.from(replayAt(there, wrongAt), ({ name, replayed }) => [name, replayed]));
      return Object.fromEntries(
        at.layout.map(({ name, rows, columns }) => [
          `d${name}`,
          wrong.get(name) ?? new Matrix(rows, columns, there.right(name)),
        ]),
      );
    },
    blocks: blocks.map(({ name }) => name),
    entries: Object.fromEntries(
      blocks.map(({ name, rows, columns }) => [
        name,
        (here.get(name) ?? []).map((position) => indexOf([rows, columns], position)),
      ]),
    ),
  };
}

/** The wrong formulas of each layer, all bugs together. */
function formulasOf(
  plantings: readonly Required<Planting>[],
  pass: Backpropagation,
): ReadonlyMap<number, Partial<Formulas>> {
  const byLayer = new Map<number, Partial<Formulas>>();
  const owners = new Map<string, PlantableBugName>();
  for (const { name, layers } of plantings) {
    for (const l of layers) {
      const wrong = plantables[name].wrong(pass, l);
      for (const formula of Object.keys(wrong)) {
        const other = owners.get(`${formula} ${l}`);
        if (other !== undefined) {
          throw new OptionError(
            `${where}: ${other} and ${name} replace the same formula in layer ${l}; plant them in different layers`,
          );
        }
        owners.set(`${formula} ${l}`, name);
      }
      byLayer.set(l, { ...byLayer.get(l), ...wrong });
    }
  }
  return byLayer;
}
