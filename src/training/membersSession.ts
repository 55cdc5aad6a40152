import { OptionError, requireNumber } from "../constraint/constraint.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import type { Dataset } from "../data/dataset.js";
import { chooseEngine, type EngineOption } from "../engine/choose.js";
import { groupOn } from "../engine/group.js";
import type { EngineGroup } from "../engine/plan.js";
import type { Network } from "../network/network.js";
import { advance } from "./advance.js";
import type { Checkpoint } from "./checkpoint.js";
import { trainingConstraints } from "./constraints.js";
import type { NonFiniteCostError } from "./nonFinite.js";
import type { Progress, SessionOptions } from "./options.js";
import { Pause } from "./pause.js";
import type { Run, StopReason } from "./run.js";
import type { RunState } from "./runState.js";
import { TrainingSession } from "./session.js";

/** One of several networks that are trained together: what `train` would be given. */
export interface Member {
  /** Changed in place; each member has its own. */
  readonly network: Network;
  /** features × examples and outputs × examples; those of several members lie in the engine's memory once. */
  readonly data: Dataset;
  readonly options?: Omit<SessionOptions, "engine"> | undefined;
}

/** How members are watched and saved. */
export interface MembersWatch {
  /**
   * Save all members every so many epochs of each, and where `signal` ends the call. What is saved are their checkpoints, in the
   * members' order.
   */
  readonly checkpoint?:
    | { readonly every: number; readonly save: (checkpoints: readonly Checkpoint[]) => void | Promise<void> }
    | undefined;
  /** Called between steps, at most about 20 times a second, with the progress of each member. */
  readonly onProgress?: ((progress: readonly Progress[]) => void) | undefined;
  /** Ends the work after the current steps. */
  readonly signal?: AbortSignal | undefined;
}

/** What has become of a member. */
export interface MemberRun {
  readonly run: Run;
  /** What `train` would have thrown, where the cost became NaN or infinite. */
  readonly failure?: NonFiniteCostError;
}

/**
 * Several networks trained side by side, in parts: `TrainingSession` for many. Each of `members` is a session of its own, for
 * changes, signals and its run; steps are taken by all at once.
 *
 * A member comes to the numbers it would come to alone, to the last bit. One that has ended rests while the others go on.
 *
 * @throws OptionError where two members are one network; what `TrainingSession` throws for a member
 *
 * @example
 * import { dense, MembersSession, network } from "gradproof";
 * import { circles } from "gradproof/data";
 * const data = circles({ examples: 100, seed: 1 });
 * const model = (seed: number) => network({ inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed });
 * const session = new MembersSession([1, 2].map((seed) => ({ network: model(seed), data, options: { iterations: 50, seed } })));
 * await session.advance(20); // => undefined
 * session.members[1]?.change({ learningRate: 0.01 });
 * await session.advance(); // => "ended"
 * session.members.map((member) => member.iteration); // => [50, 50]
 * session.release();
 */
export class MembersSession {
  readonly members: readonly TrainingSession[];
  private readonly states: readonly RunState[];
  private readonly group: EngineGroup;
  private readonly pause = new Pause();

  /** @param options engine: what computes the steps, as in `train` */
  constructor(members: readonly Member[], options: { readonly engine?: EngineOption | undefined } = {}) {
    requireMembers(members);
    requireRecord("trainMembers(): options", options);
    const engine = chooseEngine("trainMembers()", options.engine);
    this.group = engine.group?.(members.length) ?? groupOn(engine);
    const sessions: MemberSession[] = [];
    try {
      for (const { network, data, options: own } of members) {
        sessions.push(new MemberSession(network, data, { ...own, engine: this.group.engine }));
      }
    } catch (thrown) {
      for (const session of sessions) session.release();
      this.group.release();
      throw thrown;
    }
    this.members = sessions;
    this.states = sessions.map((session) => session.ownState);
  }

  /**
   * Takes up to `steps` steps of each member that has not ended. The event loop runs at least every 8 ms.
   *
   * @param steps default: to the end of every run
   * @returns `ended` where all have; `aborted` where `signal` ended the call; undefined where there is more to do
   * @throws OptionError while another call takes steps, and where another session has trained one of the networks since
   */
  async advance(steps = Number.POSITIVE_INFINITY, watch: MembersWatch = {}): Promise<"ended" | "aborted" | undefined> {
    const { states, group, pause } = this;
    requireRecord("MembersSession.advance(): watch", watch);
    const { checkpoint, onProgress, signal } = watch;
    await advance("MembersSession.advance()", states, group, pause, steps, {
      checkpoint: checkpoint && {
        every: requireNumber(
          "trainMembers(): checkpoint: every",
          checkpoint.every,
          trainingConstraints.checkpointEvery,
        ),
        save: () => checkpoint.save(states.map((state) => state.checkpoint())),
      },
      onProgress: onProgress && (() => onProgress(this.progress())),
      signal,
    });
    if (states.every(({ reason }) => reason !== undefined)) return "ended";
    return signal?.aborted === true ? "aborted" : undefined;
  }

  /** Ends the members that have not ended where they are, as `TrainingSession.finish` does. */
  async finish(reason: StopReason): Promise<void> {
    for (const state of this.states) {
      if (state.reason !== undefined) continue;
      state.take("MembersSession.finish()");
      try {
        await state.close(reason);
      } finally {
        state.leave();
      }
    }
  }

  /** How far each member is. */
  progress(): Progress[] {
    return this.states.map((state) => state.progress());
  }

  /** The members' runs so far; one that has not ended reads as `aborted`. */
  runs(): MemberRun[] {
    return this.states.map((state) => ({
      run: state.run(),
      ...(state.failure && { failure: state.failure }),
    }));
  }

  /**
   * Goes on from the checkpoints of the same members, in their order.
   *
   * @throws OptionError for another number of checkpoints; what `TrainingSession.resume` throws for one of them, but for those of
   *   members that had ended, which rest
   */
  resume(checkpoints: readonly Checkpoint[]): void {
    requireList("trainMembers(): resume", checkpoints);
    if (checkpoints.length !== this.members.length) {
      throw new OptionError(
        `trainMembers(): there are ${this.members.length} members and checkpoints of ${checkpoints.length}; a run goes on with all ` +
          "its members",
      );
    }
    for (const [k, member] of this.members.entries()) member.resume(checkpoints[k]);
  }

  /** Gives the engine's memory back; a network with early stopping is left with its best weights so far. */
  release(): void {
    for (const member of this.members) member.release();
    this.group.release();
  }
}

/** A session whose run others may take steps of. */
class MemberSession extends TrainingSession {
  get ownState(): RunState {
    return this.state;
  }
}

function requireMembers(members: readonly Member[]): void {
  requireList("trainMembers(): members", members);
  if (members.length === 0) throw new OptionError("trainMembers(): there are no members; give one network at least");
  const seen = new Map<unknown, number>();
  for (const [k, member] of members.entries()) {
    requireRecord(`trainMembers(): member ${k}`, member, "a network with its data");
    const theta = member.network?.theta;
    const other = seen.get(theta);
    if (theta !== undefined && other !== undefined) {
      throw new OptionError(
        `trainMembers(): members ${other} and ${k} have one network; give each its own: networkWith(network.spec, network.theta.slice())`,
      );
    }
    seen.set(theta, k);
  }
}
