/** A load test of the server that start.ts has started: node load.ts http://127.0.0.1:3000 */

import { payments } from "gradproof/data";
import { measure } from "./measure.ts";
import { recordsOf } from "./records.ts";

const url = `${process.argv[2] ?? "http://127.0.0.1:3000"}/predict`;
const records = recordsOf(payments({ rows: 100, seed: 2 }).table, "fraud");
for (const [name, body] of Object.entries({ "one payment": records[0], "100 payments": records })) {
  await measure(url, body, { connections: 32, requests: 2000 }); // warm
  const load = await measure(url, body, { connections: 32, requests: name === "one payment" ? 20_000 : 4000 });
  const { requestsPerSecond, recordsPerSecond, median, p99 } = load;
  console.log(
    `${name} a request: ${Math.round(requestsPerSecond)} requests/s, ${Math.round(recordsPerSecond)} payments/s, ` +
      `median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
  );
}
