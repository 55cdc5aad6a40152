import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileOf, type StaticSite, serveFolder } from "../../src/node/staticSite.js";

describe("a folder as a site", () => {
  const parent = mkdtempSync(join(tmpdir(), "gradproof-site-"));
  const folder = join(parent, "page");
  let site: StaticSite;
  beforeAll(async () => {
    mkdirSync(join(folder, "assets"), { recursive: true });
    writeFileSync(join(folder, "index.html"), "<p>page</p>");
    writeFileSync(join(folder, "assets", "a.js"), "1");
    writeFileSync(join(parent, "secret.txt"), "secret");
    site = await serveFolder(folder, 0);
  });
  afterAll(async () => {
    await site.close();
    rmSync(parent, { recursive: true });
  });

  /** A request as it is written, without a client that tidies the path. */
  const ask = (
    path: string,
    method = "GET",
  ): Promise<{ status: number | undefined; type: string | undefined; text: string }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(site.url);
      request({ hostname, port, path, method }, (response) => {
        let text = "";
        response.on("data", (part) => {
          text += part;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode, type: response.headers["content-type"], text }),
        );
      })
        .on("error", reject)
        .end();
    });

  it("serves its files with their types", async () => {
    expect(await ask("/")).toMatchObject({ status: 200, type: "text/html; charset=utf-8", text: "<p>page</p>" });
    expect(await ask("/assets/a.js?v=1")).toMatchObject({ status: 200, type: "text/javascript; charset=utf-8" });
    expect((await ask("/", "HEAD")).text).toBe("");
  });

  it("refuses what is not there, folders, and other methods", async () => {
    expect((await ask("/nothing")).status).toBe(404);
    expect((await ask("/assets")).status).toBe(404);
    expect((await ask("/", "POST")).status).toBe(405);
  });

  it.each(["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/%00", "/%zz", "//secret.txt"])(
    "gives nothing from outside the folder: %s",
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  it("names files of the folder alone, whatever is asked", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom("/..", "/../x", "/a/../../x", "\\..\\x")),
        (address) => {
          const file = fileOf(folder, address);
          if (file !== undefined) expect(file.startsWith(folder + sep)).toBe(true);
        },
      ),
    );
  });

  it("says which port is taken", async () => {
    const port = Number(new URL(site.url).port);
    await expect(serveFolder(folder, port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
