import type { FromTable, ToTable } from "../worker/csvProtocol.js";
import { type Envelope, opened, PROTOCOL_VERSION } from "../worker/protocol.js";

/** Reads a table in a worker of its own, which ends with it. */
export function readOwnTable(question: ToTable): Promise<FromTable> {
  const worker = new Worker(new URL("../worker/csvWorker.ts", import.meta.url), { type: "module", name: "table" });
  return new Promise<FromTable>((resolve) => {
    worker.onmessage = (event: MessageEvent<unknown>) => resolve(opened<FromTable>(event.data).message);
    worker.onerror = (event) => {
      event.preventDefault();
      resolve({ type: "refused", message: event.message || "the table could not be read" });
    };
    const envelope: Envelope<ToTable> = { version: PROTOCOL_VERSION, generation: 0, message: question };
    worker.postMessage(envelope);
  }).finally(() => worker.terminate());
}
