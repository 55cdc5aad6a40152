import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fileOf, isOwnName, type StaticSite, serveFolder } from "../../src/node/staticSite.js";

/** More than a connection takes at once. */
const large = 16 * 2 ** 20;
const descriptors = "/proc/self/fd";
const hasDescriptors = existsSync(descriptors);
if (!hasDescriptors) console.log(`skipped: open files are counted in ${descriptors}, which this system has not`);

describe("a folder as a site", () => {
  const parent = mkdtempSync(join(tmpdir(), "gradproof-site-"));
  const folder = join(parent, "page");
  let site: StaticSite;
  beforeAll(async () => {
    mkdirSync(join(folder, "assets"), { recursive: true });
    writeFileSync(join(folder, "index.html"), "<p>page</p>");
    writeFileSync(join(folder, "assets", "a.js"), "1");
    writeFileSync(join(folder, "large.js"), new Uint8Array(large));
    writeFileSync(join(parent, "secret.txt"), "secret");
    symlinkSync(join(parent, "secret.txt"), join(folder, "link.txt"));
    symlinkSync(parent, join(folder, "assets", "up"));
    symlinkSync(join(folder, "index.html"), join(folder, "inner.html"));
    site = await serveFolder(folder, 0);
  });
  afterAll(async () => {
    await site.close();
    rmSync(parent, { recursive: true });
  });

  interface Answer {
    readonly status: number | undefined;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly text: string;
  }

  /** A request as it is written, without a client that tidies the path. */
  const ask = (path: string, method = "GET", headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(site.url);
      request({ hostname, port, path, method, headers }, (response) => {
        let text = "";
        response.on("data", (part) => {
          text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
      })
        .on("error", reject)
        .end();
    });

  /** A connection that sends what it is given. */
  const open = (at: StaticSite, bytes: string | Uint8Array): Socket => {
    const socket = connect(Number(new URL(at.url).port), "127.0.0.1");
    socket.on("error", () => undefined); // reset by the server
    socket.write(bytes);
    return socket;
  };

  /** All that comes back until the connection is closed, by whomever. */
  const answerTo = (at: StaticSite, bytes: string | Uint8Array, end = false): Promise<string> =>
    new Promise((resolve) => {
      const socket = open(at, bytes);
      const parts: Buffer[] = [];
      socket.on("data", (part) => parts.push(part));
      socket.on("close", () => resolve(Buffer.concat(parts).toString("latin1")));
      if (end) socket.end();
    });

  /** How many times this process has the large file open. */
  const openFiles = (): number =>
    readdirSync(descriptors).filter((name) => {
      try {
        return readlinkSync(join(descriptors, name)).endsWith(join("page", "large.js"));
      } catch {
        return false; // closed meanwhile
      }
    }).length;

  const noFileOpen = () => vi.waitFor(() => expect(openFiles()).toBe(0), { timeout: 30_000, interval: 5 });

  /** Waits until something comes back, or the connection is closed, and reads no more. */
  const firstByte = (socket: Socket): Promise<void> =>
    new Promise((resolve) => {
      socket.once("data", () => {
        socket.pause();
        resolve();
      });
      socket.once("close", () => resolve());
    });

  const line = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

  it("serves its files with their types, one per connection", async () => {
    const page = await ask("/");
    expect(page).toMatchObject({ status: 200, text: "<p>page</p>" });
    expect(page.headers).toMatchObject({ "content-type": "text/html; charset=utf-8", connection: "close" });
    const script = await ask("/assets/a.js?v=1");
    expect([script.status, script.headers["content-type"]]).toEqual([200, "text/javascript; charset=utf-8"]);
    expect((await ask("/large.js")).text.length).toBe(large);
  });

  it("answers HEAD without a body, and a range with the whole file", async () => {
    const head = await ask("/", "HEAD");
    expect([head.status, head.headers["content-length"], head.text]).toEqual([200, "11", ""]);
    const range = await ask("/", "GET", { Range: "bytes=2-4" });
    expect([range.status, range.text]).toEqual([200, "<p>page</p>"]);
  });

  it("refuses what is not there, folders, and other methods", async () => {
    expect((await ask("/nothing")).status).toBe(404);
    expect((await ask("/assets")).status).toBe(404);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"]) {
      const refused = await ask("/", method);
      expect([refused.status, refused.headers.allow]).toEqual([405, "GET, HEAD"]);
    }
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/%00",
    "/index.html%00.js",
    "/%zz",
    "//secret.txt",
    "/link.txt",
    "/assets/up/secret.txt",
    "/assets/up/page/../../secret.txt",
    "http://localhost/secret.txt",
  ])("gives nothing from outside the folder: %s", async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it("follows a link that stays in the folder", async () => {
    expect((await ask("/inner.html")).text).toBe("<p>page</p>");
  });

  it("names files of the folder alone, whatever is asked", () => {
    const part = fc.constantFrom("/", "..", ".", "x", "assets", "%2e", "%2f", "\\", "%5c", "\0", "%", "?", "#", "C:");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join("")),
        ),
        (address) => {
          const file = fileOf(folder, address);
          if (file !== undefined) expect(file.startsWith(folder + sep)).toBe(true);
        },
      ),
    );
  });

  it("answers to the names of this machine alone", async () => {
    for (const host of ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:65535", new URL(site.url).host]) {
      expect((await ask("/", "GET", { Host: host })).status).toBe(200);
    }
    for (const host of [
      "rebound.example",
      "localhost.rebound.example",
      "127.0.0.1.rebound.example:80",
      "localhost:1:2",
      "::1",
    ]) {
      const { status, text } = await ask("/", "GET", { Host: host });
      expect([status, text]).toEqual([421, "this page is for this machine alone; open it as localhost or 127.0.0.1\n"]);
    }
    expect(await answerTo(site, "GET / HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 421 /);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webAuthority({ withPort: true }), fc.domain()), (host) => {
        if (isOwnName(host)) expect(["localhost", "127.0.0.1", "[::1]"]).toContain(new URL(`http://${host}`).hostname);
      }),
    );
  });

  it("answers or hangs up, and goes on, whatever bytes it is sent", async () => {
    const word = fc.oneof(
      fc.constantFrom(
        "GET",
        "HEAD",
        "get",
        "CONNECT",
        "/",
        "*",
        "/secret.txt",
        "/../secret.txt",
        "HTTP/1.1",
        "HTTP/1.0",
        "HTTP/2.0",
        "Host:",
        "localhost",
        "Transfer-Encoding: chunked",
        "Content-Length: 99999999999",
        "Expect: 100-continue",
        "Upgrade: x",
        "Connection: upgrade, keep-alive",
      ),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
    );
    const request = fc
      .array(fc.tuple(word, fc.constantFrom(" ", "\r\n", "\r\n\r\n", "\n", "\0", "")), { maxLength: 12 })
      .map((words) => Buffer.from(words.flat().join(""), "latin1"));
    await fc.assert(
      fc.asyncProperty(request, async (bytes) => {
        const answer = await answerTo(site, bytes, true);
        expect(answer === "" || /^HTTP\/1\.1 [1-5]\d\d /.test(answer)).toBe(true);
        expect(answer).not.toContain("secret");
      }),
      { numRuns: 200 },
    );
    expect((await ask("/")).status).toBe(200);
  });

  it.runIf(hasDescriptors)("closes the files of downloads that are broken off", async () => {
    const sockets = Array.from({ length: 40 }, () => open(site, line("/large.js")));
    await Promise.all(sockets.map(firstByte));
    expect(openFiles()).toBeGreaterThan(0);
    for (const [i, socket] of sockets.entries()) {
      if (i % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    }
    await noFileOpen();
  });

  it("takes one request per connection, however many are sent at once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => answerTo(site, line("/large.js").repeat(1000))));
    for (const answer of answers) expect(answer.split("HTTP/1.1 200").length - 1).toBeLessThanOrEqual(1);
    // One behind the other, as a page asks, all is well.
    for (let i = 0; i < 3; i++) expect((await ask("/")).status).toBe(200);
    if (hasDescriptors) await noFileOpen();
  });

  it("hangs up on a request that never ends, and on a reader that does not read", async () => {
    const impatient = await serveFolder(folder, 0, 40);
    for (const begun of ["", "GET / HTTP/1.1\r\nHost: local"]) {
      const answer = await answerTo(impatient, begun);
      expect(answer === "" || answer.startsWith("HTTP/1.1 408 ")).toBe(true);
    }
    const idle = open(impatient, line("/large.js"));
    await firstByte(idle);
    if (hasDescriptors) await noFileOpen();
    idle.destroy();
    await impatient.close();
  });

  it("says which port is taken", async () => {
    const port = Number(new URL(site.url).port);
    await expect(serveFolder(folder, port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
