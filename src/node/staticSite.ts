import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";

/** What browsers must be told of the files of a page. */
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** A folder as a site on this machine alone. */
export interface StaticSite {
  /** Such as `http://127.0.0.1:4242/`. */
  readonly url: string;
  /** Ends it, with the connections that are open. */
  readonly close: () => Promise<void>;
}

/**
 * Serves the files of a folder on the loopback address, to GET and HEAD alone, with the headers of a page that needs
 * nothing from elsewhere. Nothing outside the folder can be asked for, not even through a link that lies in it.
 *
 * A page of another site can have its name resolve to this machine (DNS rebinding): requests under any name but this
 * machine's own are refused. A connection is for one request and has one file open at most, until it is closed.
 *
 * @param port 0 for any that is free
 * @param patience milliseconds that a connection may stand still, and that a request may take to arrive
 * @throws the system's error where the port cannot be had, such as EADDRINUSE
 */
export async function serveFolder(folder: string, port: number, patience = 30_000): Promise<StaticSite> {
  const times = { headersTimeout: patience, requestTimeout: patience, connectionsCheckingInterval: patience };
  const asked = new WeakSet<Socket>();
  const server = createServer(times, (request, response) => {
    const { socket } = request;
    // Pipelined behind the one request: a client that goes on like this would fill the memory with answers.
    if (asked.has(socket)) {
      socket.destroy();
      return;
    }
    asked.add(socket);
    response.shouldKeepAlive = false;
    answer(folder, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "the file cannot be read");
    });
  });
  server.setTimeout(patience);
  await listen(server, port);
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${actual}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOwnName(request.headers.host)) {
    return refuse(response, 421, "this page is for this machine alone; open it as localhost or 127.0.0.1");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "only GET and HEAD");
  }
  const file = await resolveInside(folder, request.url ?? "/");
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !found?.isFile()) return refuse(response, 404, "no such file");
  response.writeHead(200, {
    "Content-Type": types[extname(file)] ?? "application/octet-stream",
    "Content-Length": found.size,
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  // The connection, not the answer, tells that the reader has gone: on Node 24 an answer that has lost its connection
  // before it began is never closed, nor the file that is read into it.
  const { socket } = request;
  if (socket.destroyed) return;
  const content = createReadStream(file);
  socket.once("close", () => content.destroy());
  await pipeline(content, response);
}

/** Whether a request is to a name of this machine; the port may be another one where it is forwarded. */
export function isOwnName(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}

/** The file that an address names, links followed; undefined for one outside the folder, or for none. */
async function resolveInside(folder: string, address: string): Promise<string | undefined> {
  const named = fileOf(folder, address);
  if (named === undefined) return undefined;
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(named)]);
    return isInside(root, file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** The file that an address names; undefined for one outside the folder, or for none. */
export function fileOf(folder: string, address: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(address.replace(/[?#].*$/s, ""));
  } catch {
    return undefined;
  }
  if (path.includes("\0")) return undefined;
  const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  return isInside(folder, file) ? file : undefined;
}

function isInside(folder: string, file: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" });
  response.end(`${why}\n`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}
