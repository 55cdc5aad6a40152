import { FormatError, OptionError } from "gradproof";
import type { FromTable, ToTable } from "./csvProtocol.js";
import { readTable } from "./csvTable.js";
import { type Envelope, opened, type Port, PROTOCOL_VERSION } from "./protocol.js";

/** The worker that reads a table, so that a large file does not hold up the page. */

const port = globalThis as unknown as Port & { onmessage: ((event: MessageEvent<unknown>) => void) | null };

port.onmessage = (event) => {
  const { generation, message } = opened<ToTable>(event.data);
  const envelope: Envelope<FromTable> = { version: PROTOCOL_VERSION, generation, message: answerTo(message) };
  port.postMessage(envelope);
};

function answerTo(message: ToTable): FromTable {
  try {
    return readTable(message);
  } catch (error) {
    if (error instanceof FormatError || error instanceof OptionError || error instanceof RangeError) {
      return { type: "refused", message: error.message };
    }
    throw error;
  }
}
