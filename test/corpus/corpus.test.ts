import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Kind, kinds } from "./kinds.js";

const root = fileURLToPath(new URL("./", import.meta.url));
/** Folders of the corpus, each named after the version that wrote it. */
const versions = readdirSync(root).filter((name) => /^\d/.test(name));

/**
 * Files that this version no longer takes, by version, kind and name, with the message that tells its user why:
 * `"0.1/checkpoints/few-signals.safetensors": /checkpoint of version 0\.1/`.
 */
const refused: Readonly<Record<string, RegExp>> = {
  "0.1/checkpoints/plain-engine.safetensors": /the engine plain of version 0\.1 is gone; use readable/,
  "0.1/configurations/full.json": /full\.json: engine: the engine plain of version 0\.1 is gone; use readable/,
  "0.1/runs/uneven": /config\.json: engine: the engine plain of version 0\.1 is gone; use readable/,
};

describe.each(versions)("files of version %s", (version) => {
  const corpus = join(root, version);
  const names = Object.keys(kinds) as Kind[];
  /**
   * By name: what a kind has to know of the file, and what the version that wrote it said. Signals of the layers are left
   * out: they measure a run and do not change it, and a version may take them at other moments and to other last digits.
   */
  const entriesOf = (kind: Kind): Record<string, { given: never; said: object }> =>
    JSON.parse(readFileSync(join(corpus, `${kind}.json`), "utf8"), (key, value) =>
      key === "signals" ? undefined : value,
    );

  for (const kind of names) {
    it.each(Object.entries(entriesOf(kind)))(`${kind}/%s: as then, to the same bits`, async (name, { given, said }) => {
      const now = kinds[kind](corpus, name, given);
      const reason = refused[`${version}/${kind}/${name}`];
      if (reason === undefined) expect(await now).toMatchObject(said);
      else await expect(now).rejects.toThrow(reason);
    });
  }

  it("are all claimed by a test", () => {
    expect(readdirSync(corpus).sort()).toEqual(
      ["README.md", "data", "make", ...names, ...names.map((kind) => `${kind}.json`)].sort(),
    );
    for (const kind of names) {
      expect(readdirSync(join(corpus, kind)).sort(), kind).toEqual(Object.keys(entriesOf(kind)).sort());
    }
    const records = readdirSync(join(corpus, "runs")).map((name) => `runs/${name}/run.json`);
    const users = [...names.map((kind) => `${kind}.json`), ...records].map((path) =>
      readFileSync(join(corpus, path), "utf8"),
    );
    const unused = readdirSync(join(corpus, "data")).filter((name) => !users.some((text) => text.includes(name)));
    expect(unused).toEqual([]);
  });
});

it("has every file that is refused", () => {
  expect(Object.keys(refused).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
