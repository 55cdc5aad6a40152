import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FormatError } from "../../src/data/formatError.js";
import { FileError, withFileErrors } from "../../src/node/fileError.js";
import { readTable } from "../../src/node/readTable.js";
import { makeRunFolder, requireWritableFolder } from "../../src/node/runFolder.js";
import { writeAtomically } from "../../src/node/writeAtomically.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gradproof-files-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("readTable()", () => {
  it("reads columns by name", async () => {
    const path = join(folder, "points.csv");
    writeFileSync(path, "x,y\n1,a\n2,b\n");
    const table = await readTable(path);
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["x", "numeric"],
      ["y", "categorical"],
    ]);
  });

  it("names the file in what the reader says of its content", async () => {
    const path = join(folder, "ragged.csv");
    writeFileSync(path, "x,y\n1,2\n3\n");
    await expect(readTable(path)).rejects.toThrow(FormatError);
    await expect(readTable(path)).rejects.toThrow("ragged.csv: CSV: line 3 has 1 cell, the header has 2 columns");
  });

  it("suggests the file that was likely meant", async () => {
    writeFileSync(join(folder, "payments.csv"), "x\n1\n");
    const path = join(folder, "payment.csv");
    await expect(readTable(path)).rejects.toThrow(FileError);
    await expect(readTable(path)).rejects.toThrow(
      `cannot read ${path}: there is no such file (did you mean payments.csv?)`,
    );
  });

  it("says that the folder itself is missing", async () => {
    const path = join(folder, "nowhere", "payments.csv");
    await expect(readTable(path)).rejects.toThrow(`there is no such file and no folder ${join(folder, "nowhere")}`);
  });

  it("refuses a folder, and a path through a file", async () => {
    mkdirSync(join(folder, "folder.csv"));
    await expect(readTable(join(folder, "folder.csv"))).rejects.toThrow("it is a folder, not a file");
    writeFileSync(join(folder, "file"), "");
    await expect(readTable(join(folder, "file", "x.csv"))).rejects.toThrow("a part of the path is a file");
  });

  it.each(["a.npy", "a.NPZ", "a.mat", "a.xlsx"])("says what to do with %s", async (name) => {
    await expect(readTable(join(folder, name))).rejects.toThrow(/is not a CSV file; (.+ read with|save) /);
  });

  it.each([
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
    ["nothing", Buffer.alloc(0)],
  ])("refuses %s under the name of a table", async (_, bytes) => {
    const path = join(folder, "strange.csv");
    writeFileSync(path, bytes);
    await expect(readTable(path)).rejects.toThrow(FormatError);
  });
});

describe("withFileErrors()", () => {
  // What the operating system would say; a test that runs as root cannot be refused a file.
  const failing = (code: string) => () => Promise.reject(Object.assign(new Error(`${code}: raw text`), { code }));

  it.each([
    ["EACCES", "permission denied"],
    ["ENOSPC", "no space left on the device"],
    ["EROFS", "the file system is read-only"],
    ["EBUSY", "EBUSY: raw text"],
  ])("puts %s into words", async (code, words) => {
    const outcome = withFileErrors("write", "out.csv", failing(code));
    await expect(outcome).rejects.toThrow(new FileError(`cannot write out.csv: ${words}`));
  });

  it("passes on what is not about files", async () => {
    const error = new TypeError("a bug");
    await expect(withFileErrors("read", "x", () => Promise.reject(error))).rejects.toBe(error);
  });
});

describe("writeAtomically()", () => {
  it("makes the folders on the way and leaves nothing beside the file", async () => {
    const path = join(folder, "deep", "er", "model.bin");
    await writeAtomically(path, new Uint8Array([1, 2, 3]));
    await writeAtomically(path, new Uint8Array([4, 5]));
    expect([...readFileSync(path)]).toEqual([4, 5]);
    expect(readdirSync(join(folder, "deep", "er"))).toEqual(["model.bin"]);
  });

  it("keeps the old content and cleans up where it fails", async () => {
    const path = join(folder, "taken");
    mkdirSync(join(path, "inner"), { recursive: true });
    await expect(writeAtomically(path, "x")).rejects.toThrow(FileError);
    expect(readdirSync(folder).filter((name) => name.startsWith("taken"))).toEqual(["taken"]);
    expect(existsSync(join(path, "inner"))).toBe(true);
  });
});

describe("requireWritableFolder()", () => {
  it("takes a folder, and one that could be made", async () => {
    await requireWritableFolder(folder);
    await requireWritableFolder(join(folder, "not", "yet"));
    expect(existsSync(join(folder, "not"))).toBe(false);
  });

  it("refuses a file, and a path through one", async () => {
    const file = join(folder, "in the way");
    writeFileSync(file, "");
    for (const path of [file, join(file, "runs"), join(file, "runs", "deeper")]) {
      await expect(requireWritableFolder(path)).rejects.toThrow(
        `cannot write into ${path}: a part of the path is a file, not a folder`,
      );
    }
  });
});

describe("makeRunFolder()", () => {
  const date = new Date(2026, 1, 3, 4, 5, 6);

  it("names by date and never gives one folder twice, even at once", async () => {
    const parent = join(folder, "runs");
    const paths = await Promise.all([1, 2, 3].map(() => makeRunFolder(parent, "pay", date)));
    expect(paths.sort()).toEqual(
      ["2026-02-03-pay", "2026-02-03-pay-2", "2026-02-03-pay-3"].map((n) => join(parent, n)),
    );
  });

  it("keeps letters of every script and nothing that leads out of the folder", async () => {
    const parent = join(folder, "names");
    expect(await makeRunFolder(parent, "Zahlungen für Ærø", date)).toBe(join(parent, "2026-02-03-Zahlungen-für-Ærø"));
    expect(await makeRunFolder(parent, "../../etc/passwd", date)).toBe(join(parent, "2026-02-03-..-..-etc-passwd"));
    expect(await makeRunFolder(parent, "", date)).toBe(join(parent, "2026-02-03-run"));
  });
});
