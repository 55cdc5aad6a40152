import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../../src/data/formatError.js";
import { unzip } from "../../../src/data/readers/zip.js";

const files = { "a.txt": new Uint8Array([1, 2, 3]), "b.txt": new Uint8Array(1000) };

/** The archive with a comment at its end. */
function commented(archive: Uint8Array, comment: Uint8Array): Uint8Array {
  const result = new Uint8Array([...archive, ...comment]);
  new DataView(result.buffer).setUint16(archive.length - 2, comment.length, true);
  return result;
}

describe("unzip()", () => {
  it("gives the files, stored or deflated, in the order of the directory", () => {
    for (const level of [0, 6] as const) {
      const read = [...unzip(zipSync(files, { level }), "zip")].map(([name, content]) => [name, content()]);
      expect(read).toEqual(Object.entries(files));
    }
  });

  it("reads an archive without files as none", () => {
    expect(unzip(zipSync({}), "zip").size).toBe(0);
  });

  it("finds the directory before a comment, even one that holds its signature", () => {
    const archive = zipSync(files);
    expect([...unzip(commented(archive, new Uint8Array(100)), "zip").keys()]).toEqual(["a.txt", "b.txt"]);
    const signature = new Uint8Array(40).fill(7);
    signature.set([0x50, 0x4b, 0x05, 0x06], 3);
    expect([...unzip(commented(archive, signature), "zip").keys()]).toEqual(["a.txt", "b.txt"]);
  });

  it("stops at its limit, before inflating anything", () => {
    const archive = zipSync(files);
    expect(unzip(archive, "zip", 1003).size).toBe(2);
    expect(() => unzip(archive, "zip", 1002)).toThrow(FormatError);
    expect(() => unzip(archive, "zip", 1002)).toThrow("the files expand to more than 1002 bytes");
  });

  it("rejects a local header that names another file than the directory", () => {
    const archive = zipSync(files);
    archive[30] = 0x7a; // the name in the first local header
    expect(() => unzip(archive, "zip").get("a.txt")?.()).toThrow(
      'zip, file "a.txt": byte 0: the local header names the file "z.txt"',
    );
  });

  it("rejects a directory that claims fewer files than it holds", () => {
    const archive = zipSync(files);
    archive.set([1, 0, 1, 0], archive.length - 14);
    expect(() => unzip(archive, "zip")).toThrow("the directory does not end behind its 1 entries");
    archive.set([1, 0, 2, 0], archive.length - 14);
    expect(() => unzip(archive, "zip")).toThrow("archives in several parts are not supported");
  });
});
