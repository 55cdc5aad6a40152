import type { Port } from "./protocol.js";
import { RunHost } from "./runHost.js";

/** The worker of one run. */

const port = globalThis as unknown as Port & { onmessage: ((event: MessageEvent<unknown>) => void) | null };
const host = new RunHost(port);
port.onmessage = (event) => host.take(event.data);
