import type { RunClient } from "./runClient.js";

/** Between looks at a run that is under way: 22 a second. */
const LOOK_MILLISECONDS = 45;
/** Between looks that ask the doctor and the layers, which take longer. */
const CLOSE_LOOK_MILLISECONDS = 400;
/** Between two drawings of the chart. */
const CHART_MILLISECONDS = 120;
const MOVING_PIXELS = 128;
const STILL_PIXELS = 256;
/** Of a worker's time, that its pictures may take while it trains. */
const PICTURE_SHARE = 1 / 3;

/** When a run was last looked at, and how. */
interface LastLook {
  readonly any: number;
  readonly close: number;
  readonly picture: number;
  readonly still: boolean;
  /** Orders it had been given by then. */
  readonly orders: number;
}

const long = Number.NEGATIVE_INFINITY;
const never: LastLook = { any: long, close: long, picture: long, still: false, orders: -1 };

/** When runs are to be looked at, and how closely: what is seen costs their workers time. */
export class LookSchedule {
  private readonly lastLook = new WeakMap<RunClient, LastLook>();
  private charted: { readonly curves: readonly unknown[]; readonly at: number } = { curves: [], at: long };

  /** A run that starts anew has not been looked at. */
  forget(client: RunClient): void {
    this.lastLook.delete(client);
  }

  /**
   * Asks for a look at each run that needs one.
   *
   * @param selected the run whose layers are shown
   * @param now milliseconds
   */
  look(clients: readonly RunClient[], selected: number, now: number): void {
    for (const [r, client] of clients.entries()) {
      if (client.problem.value !== undefined) continue;
      const last = this.lastLook.get(client) ?? never;
      const still = !client.running.value;
      // A run at rest is looked at once, closely.
      if (still && last.still && last.orders === client.orders) continue;
      if (!still && now - last.any < LOOK_MILLISECONDS) continue;
      const close = still || now - last.close >= CLOSE_LOOK_MILLISECONDS;
      const { orders } = client;
      const rest = (client.boundary.peek()?.milliseconds ?? 0) / PICTURE_SHARE;
      const picture = client.visible && (still || now - last.picture >= rest);
      const asked = client.look(
        {
          boundary: !picture ? 0 : still ? STILL_PIXELS : MOVING_PIXELS,
          layers: close && (still || r === selected),
          doctor: still ? "all" : close ? "sure" : "nothing",
        },
        now,
      );
      if (!asked) continue;
      // Counted from when it was due, so that frames do not slow the looks down; a run that was late begins anew.
      const due = last.any + LOOK_MILLISECONDS;
      const any = now - due < LOOK_MILLISECONDS ? due : now;
      this.lastLook.set(client, {
        any,
        close: close ? now : last.close,
        picture: picture ? now : last.picture,
        still,
        orders,
      });
    }
  }

  /** Whether a curve is another one than when the chart was last drawn, and that is long enough ago. */
  chartIsDue(clients: readonly RunClient[], now: number): boolean {
    if (now - this.charted.at < CHART_MILLISECONDS) return false;
    const curves = clients.map((client) => client.curve.peek());
    const { curves: drawn } = this.charted;
    if (curves.length === drawn.length && curves.every((curve, r) => curve === drawn[r])) return false;
    this.charted = { curves, at: now };
    return true;
  }
}
