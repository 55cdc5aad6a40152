import { requireRecord } from "../constraint/kinds.js";
import type { EngineOption } from "../engine/choose.js";
import type { Checkpoint } from "./checkpoint.js";
import { type Member, type MemberRun, MembersSession, type MembersWatch } from "./membersSession.js";

/** What a caller may give beside the members. `onProgress` is called once more at the end. */
export interface TrainMembersOptions extends MembersWatch {
  /** What computes the steps, as in `train`; one for all members. */
  readonly engine?: EngineOption | undefined;
  /** Go on from these checkpoints of the same members, to the same bits. */
  readonly resume?: readonly Checkpoint[] | undefined;
}

/**
 * Trains several networks side by side, each in place and to the bits that `train` would bring it to: an ensemble of seeds, the
 * folds of a cross-validation, the candidates of a search. Early stopping is each member's own; one whose cost becomes NaN or
 * infinite ends with its `failure`, and the others go on.
 *
 * An engine with threads, as `startThreads` of `gradproof/node` makes, deals whole members out to them.
 *
 * @param members networks, data and options, as `train` takes them; nothing has to be the same among them but the engine
 * @returns what has become of each, in their order
 * @throws OptionError for options out of range, where two members are one network, and while another call trains one of them;
 *   ShapeError or RangeError for data that does not fit
 *
 * @example
 * import { dense, Matrix, network, predictMembers, trainMembers } from "gradproof";
 * const data = { X: Matrix.row([0, 1, 2]), Y: Matrix.row([1, 3, 5]) }; // y = 2x + 1
 * const networks = [1, 2, 3].map((seed) => network({ inputs: 1, layers: [dense(1, "linear")], seed }));
 * const options = { optimizer: "gradientDescent", learningRate: 0.1, iterations: 1000 } as const;
 * const runs = await trainMembers(networks.map((net) => ({ network: net, data, options })));
 * runs.map(({ run }) => run.stopped); // => ["finished", "finished", "finished"]
 * Math.round(predictMembers(networks, Matrix.row([10])).mean.get(0, 0)); // => 21
 */
export async function trainMembers(
  members: readonly Member[],
  options: TrainMembersOptions = {},
): Promise<MemberRun[]> {
  requireRecord("trainMembers(): options", options);
  const { engine, resume, ...watch } = options;
  const session = new MembersSession(members, { engine });
  try {
    if (resume) session.resume(resume);
    const ended = await session.advance(Number.POSITIVE_INFINITY, watch);
    if (ended === "aborted") await session.finish(ended);
    watch.onProgress?.(session.progress());
    return session.runs();
  } finally {
    // However the run ended, an exception of the caller's own included.
    session.release();
  }
}
