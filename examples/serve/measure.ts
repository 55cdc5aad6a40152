import { Agent, request } from "node:http";

/** What a load test measured. */
export interface Load {
  readonly requestsPerSecond: number;
  readonly recordsPerSecond: number;
  /** Milliseconds from a request to the end of its answer, which half and 99 % of them stay below. */
  readonly median: number;
  readonly p99: number;
}

/** Sends the same body over and over, on several connections at once, each of which waits for its answer. */
export async function measure(
  url: string,
  body: object,
  { connections, requests }: { readonly connections: number; readonly requests: number },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const text = JSON.stringify(body);
  const times: number[] = [];
  let left = requests;
  const connection = async (): Promise<void> => {
    while (left-- > 0) {
      const start = performance.now();
      await send(url, agent, text);
      times.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  const requestsPerSecond = times.length / seconds;
  const records = Array.isArray(body) ? body.length : 1;
  return { requestsPerSecond, recordsPerSecond: records * requestsPerSecond, median: at(0.5), p99: at(0.99) };
}

function send(url: string, agent: Agent, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    const sent = request(url, { method: "POST", agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`the server answered ${answer.statusCode}`));
      answer.on("end", resolve).on("error", reject).resume();
    });
    sent.on("error", reject).end(text);
  });
}
