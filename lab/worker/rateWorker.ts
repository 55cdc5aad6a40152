import { OptionError, type RatePoint } from "gradproof";
import { type Envelope, opened, type Port, PROTOCOL_VERSION } from "./protocol.js";
import type { FromRate, ToRate } from "./rateProtocol.js";
import { searchRate } from "./searchRate.js";

/** The worker that searches learning rates, one at a time; points are told as often as an eye can follow them. */

const port = globalThis as unknown as Port & { onmessage: ((event: MessageEvent<unknown>) => void) | null };
const TELL_MILLISECONDS = 50;
let searching = new AbortController();

port.onmessage = (event) => {
  const { generation, message } = opened<ToRate>(event.data);
  searching.abort();
  if (message.type === "stop") return;
  searching = new AbortController();
  const answer = (message: FromRate): void => {
    const envelope: Envelope<FromRate> = { version: PROTOCOL_VERSION, generation, message };
    port.postMessage(envelope);
  };
  let points: RatePoint[] = [];
  let told = performance.now();
  const onStep = (point: RatePoint): void => {
    points.push(point);
    if (performance.now() - told < TELL_MILLISECONDS) return;
    answer({ type: "points", points });
    points = [];
    told = performance.now();
  };
  searchRate(message.run, message.data, searching.signal, onStep).then(
    (search) => answer({ type: "found", search }),
    (error: unknown) => {
      if (error instanceof OptionError || error instanceof RangeError)
        answer({ type: "refused", message: error.message });
      else
        setTimeout(() => {
          throw error;
        });
    },
  );
};
