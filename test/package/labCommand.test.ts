import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Starts the lab and waits for its first lines. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [main, "lab", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  const opened = new Promise<string>((resolve) => {
    const listen = (part: Buffer): void => {
      text += part.toString();
      if (/\n.*\n/.test(text) || child.exitCode !== null) resolve(text);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("close", () => resolve(text));
  });
  return { child, opened, output: () => text };
}

describe("gradproof lab", () => {
  it("serves the built page, and ends with Ctrl-C", async () => {
    const { child, opened } = start("--port", "0");
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(await opened)?.[0] ?? "";
    expect(address).not.toBe("");
    const page = await fetch(address);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const text = await page.text();
    expect(text).toContain("Content-Security-Policy");
    // All it needs lies beside it, so it works under any path.
    for (const [, path] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(path.startsWith("./")).toBe(true);
      const answer = await fetch(new URL(path, address));
      // Read to its end: Node 22's fetch fails an assertion where a connection closes that nobody reads.
      expect([answer.status, (await answer.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    }
    child.kill("SIGINT");
    const [code] = await once(child, "close");
    expect(code).toBe(0);
  });

  it("reports a port that is taken, and one that is none", async () => {
    const first = start("--port", "0");
    const port = /:(\d+)\//.exec(await first.opened)?.[1] ?? "";
    const second = start("--port", port);
    const [code] = await once(second.child, "close");
    expect(code).toBe(1);
    expect(second.output()).toContain(`port ${port} is in use`);
    first.child.kill("SIGINT");
    await once(first.child, "close");
    const third = start("--port", "70000");
    const [misused] = await once(third.child, "close");
    expect(misused).not.toBe(0);
    expect(third.output()).toContain("65535");
  });
});
