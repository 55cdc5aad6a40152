// `npm run bench`: gradproof beside its peers on this machine, written to RESULTS.md, and the lab's targets to LAB.md.
//
//   --against REF    this checkout against another commit of gradproof instead; prints the ratios, writes nothing
//   --rows PATTERN   only the rows whose name matches this regular expression; writes nothing
//   --rounds N       default: 3, and 12 of two commits
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { parseBenchOptions } = await createJiti(import.meta.url).import("./options.ts");

try {
  const options = parseBenchOptions(process.argv.slice(2));
  if (options.against === undefined) {
    await (await import("./peers.js")).measurePeers(options);
    if (options.whole) spawnSync(process.execPath, [here("lab.js")], { stdio: "inherit" });
  } else {
    await (await import("./against.js")).compareCommits(here(".."), options);
  }
} catch (error) {
  if (error.name !== "OptionError") throw error;
  console.error(error.message);
  process.exitCode = 1;
}
