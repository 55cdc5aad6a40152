import type { FloatArray } from "../array/floatArray.js";
import { OptionError } from "../constraint/constraint.js";

/** Who changes a vector θ: which turn it is, counted from 1, and whether it is being taken. */
interface Turns {
  number: number;
  taken: boolean;
}

/** By θ and not by network, since networks may share one. */
const turns = new WeakMap<FloatArray, Turns>();

const copy = "networkWith(network.spec, network.theta.slice())";

/**
 * The right of one session to change θ. Sessions take turns: while one takes steps no other may, and one that another has
 * trained past goes no further, for its engine holds weights that are no longer the network's. A session that takes no
 * steps holds nothing, so one that was forgotten stands in nobody's way.
 */
export class Turn {
  private readonly turns: Turns;
  /** The last turn that this session knows of. */
  private number: number;

  /** @throws OptionError while another session takes steps */
  constructor(theta: FloatArray) {
    this.turns = turns.get(theta) ?? { number: 0, taken: false };
    turns.set(theta, this.turns);
    if (this.turns.taken) {
      throw new OptionError(
        `train(): this network is being trained by another call; await that one, or train a copy: ${copy}`,
      );
    }
    this.number = this.turns.number;
  }

  /** Whether nobody else has trained the network since. */
  get current(): boolean {
    return this.number === this.turns.number;
  }

  /** @throws OptionError where another session has trained the network since */
  requireOwn(where: string): void {
    if (this.current) return;
    throw new OptionError(
      `${where}: another session has trained this network since this one was made; make a new one, which goes on from the ` +
        `weights as they are, or give each a network of its own: ${copy}`,
    );
  }

  /**
   * Begins the next turn, until `leave`.
   *
   * @throws OptionError where another session has trained the network since, or this one is at it
   */
  take(where: string): void {
    this.requireOwn(where);
    if (this.turns.taken) throw new OptionError(`${where}: another call is taking steps; await that one`);
    this.turns.taken = true;
    this.number = ++this.turns.number;
  }

  leave(): void {
    this.turns.taken = false;
  }
}
