import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { corpus, hash, put } from "./kit.mjs";

/** The command line of the clone, at work in a temporary folder with the corpus's tables in `data/`. */
export function commandLine({ clone, node }) {
  // Paths in run.json are absolute: they name this folder, which is gone afterwards.
  const work = mkdtempSync(join(tmpdir(), "gradproof-0.1-"));
  const program = join(clone, "dist/cli/main.js");
  const lay = (name) => cpSync(join(corpus, name), join(work, name), { recursive: true });
  lay("data");
  return {
    work,
    /** Copies a folder of the corpus to where commands find it. */
    lay,
    gradproof(...words) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
        cwd: work,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`gradproof ${words.join(" ")}: ${stderr}`);
      return stdout;
    },
    /** Starts a command and ends it with a signal once `due` says so. */
    async cut(signal, due, ...words) {
      const child = spawn(process.execPath, [program, ...words], { cwd: work, stdio: "ignore" });
      const ended = new Promise((resolve) => child.on("exit", resolve));
      while (!due() && child.exitCode === null) await wait(1);
      child.kill(signal);
      await ended;
    },
    async theta(folder) {
      return hash((await node.loadModel(join(work, folder, "model.safetensors"))).network.theta);
    },
    /** Files that something reads again: all but reports, and locks of processes that are gone. */
    keep(kind, name) {
      for (const file of readdirSync(join(work, name))) {
        if (!/\.(html|lock|tmp)$/.test(file)) put(`${kind}/${name}/${file}`, readFileSync(join(work, name, file)));
      }
    },
    end: () => rmSync(work, { recursive: true }),
  };
}
