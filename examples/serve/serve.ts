import type { EventEmitter } from "node:events";
import type { FastifyInstance } from "fastify";

/**
 * Listens until it is asked to stop: then it takes no new connection, answers the requests it has, and ends.
 *
 * @param signals what tells of SIGTERM and SIGINT
 * @returns its address, and a promise for its end
 */
export async function serve(
  app: FastifyInstance,
  { port, signals = process }: { readonly port: number; readonly signals?: EventEmitter },
): Promise<{ readonly address: string; readonly ended: Promise<void> }> {
  const address = await app.listen({ port, host: "127.0.0.1" });
  const ended = new Promise<void>((resolve, reject) => {
    for (const signal of ["SIGTERM", "SIGINT"]) signals.once(signal, () => app.close().then(resolve, reject));
  });
  return { address, ended };
}
