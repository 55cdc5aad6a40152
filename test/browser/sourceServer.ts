import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { transformWithOxc } from "vite";

const sources = new URL("../../src/", import.meta.url);

/**
 * Serves the sources as the modules a browser would get: each file by itself, its types removed, nothing bundled.
 *
 * @param strictScript module of the page `/strict`, whose policy forbids WebAssembly and whatever else can be forbidden
 */
export async function serveSources(
  strictScript = "",
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  /** Modules so far: each page asks for most of them. */
  const modules = new Map<string, string>();
  const moduleAt = async (path: string): Promise<string> => {
    const file = fileURLToPath(new URL(`.${path}`, sources)).replace(/\.js$/, ".ts");
    return (await transformWithOxc(await readFile(file, "utf8"), file)).code;
  };
  const server: Server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    // Both headers make a page cross-origin isolated; the modules of its workers need the second one too.
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    if (path === "/isolated") response.setHeader("cross-origin-opener-policy", "same-origin");
    if (path === "/" || path === "/isolated") {
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><title>gradproof</title><link rel="icon" href="data:,">');
      return;
    }
    if (path === "/strict") {
      response.setHeader("content-security-policy", "default-src 'none'; script-src 'self'; img-src data:");
      response.setHeader("content-type", "text/html");
      response.end(
        '<!doctype html><title>gradproof</title><link rel="icon" href="data:,"><output></output>' +
          '<script type="module" src="/strict.js"></script>',
      );
      return;
    }
    if (path === "/strict.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(strictScript);
      return;
    }
    try {
      const module = modules.get(path) ?? (await moduleAt(path));
      modules.set(path, module);
      response.setHeader("content-type", "text/javascript");
      response.end(module);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}
