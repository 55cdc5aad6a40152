// Makes the corpus anew: node test/corpus/0.1/make/make.mjs FOLDER, where FOLDER is a built clone of gradproof 0.1.
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { makeCheckpoints } from "./checkpoints.mjs";
import { commandLine } from "./commands.mjs";
import { makeConfigurations } from "./configurations.mjs";
import { makeData } from "./data.mjs";
import { corpus } from "./kit.mjs";
import { makeLab } from "./lab.mjs";
import { makeModels } from "./models.mjs";
import { makeRuns } from "./runs.mjs";
import { makeCurves, makeSweeps } from "./sweeps.mjs";

const clone = resolve(process.argv[2] ?? "");
const load = (path) => import(pathToFileURL(join(clone, path)).href);
const { version } = (await import(pathToFileURL(join(clone, "package.json")).href, { with: { type: "json" } })).default;
if (version !== "0.1.0") throw new Error(`${clone} holds gradproof ${version}, not 0.1.0`);

const made = {
  clone,
  gradproof: await load("dist/index.js"),
  node: await load("dist/node/index.js"),
  csv: await load("dist/data/readers/csv.js"),
  npy: await load("dist/data/readers/npy.js"),
};
for (const name of ["data", "models", "checkpoints", "configurations", "runs", "sweeps", "curves", "links"]) {
  rmSync(join(corpus, name), { recursive: true, force: true });
}
makeData(made);
await makeModels(made);
await makeCheckpoints(made);
const labConfigurations = await makeLab(made);
const commands = commandLine(made);
await makeConfigurations(commands, labConfigurations);
await makeRuns(commands);
await makeSweeps(commands);
makeCurves(commands);
commands.end();
