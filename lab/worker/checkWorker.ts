import { OptionError } from "gradproof";
import type { FromCheck, ToCheck } from "./checkProtocol.js";
import { checkRun } from "./checkRun.js";
import { type Envelope, opened, type Port, PROTOCOL_VERSION } from "./protocol.js";

/** The worker of the gradient check: one question, one answer. */

const port = globalThis as unknown as Port & { onmessage: ((event: MessageEvent<unknown>) => void) | null };

port.onmessage = (event) => {
  const { generation, message } = opened<ToCheck>(event.data);
  const answer = (message: FromCheck): void => {
    const envelope: Envelope<FromCheck> = { version: PROTOCOL_VERSION, generation, message };
    port.postMessage(envelope);
  };
  checkRun(message).then(
    (result) => answer({ type: "found", result }),
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
