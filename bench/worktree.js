// Another commit of gradproof, built in a folder of its own.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The hash of a commit, or undefined where git knows none of that name. */
export function commitOf(root, name) {
  const { status, stdout, error } = git(
    root,
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  );
  if (error !== undefined) throw error;
  return status === 0 ? stdout.trim() : undefined;
}

/** Whether files differ from those of the commit checked out. */
export function isDirty(root) {
  return git(root, "status", "--porcelain").stdout.trim() !== "";
}

/** A commit in a folder of its own, until `remove`. */
export function addWorktree(root, commit) {
  const folder = mkdtempSync(join(tmpdir(), "gradproof-against-"));
  const path = join(folder, "gradproof");
  const remove = () => {
    git(root, "worktree", "remove", "--force", path);
    rmSync(folder, { recursive: true, force: true });
    git(root, "worktree", "prune");
  };
  const { status, stderr } = git(root, "worktree", "add", "--detach", path, commit);
  if (status === 0) return { path, remove };
  remove();
  throw new Error(`git worktree add ${path} ${commit}: ${stderr.trim()}`);
}

/** Builds a worktree with the packages of `root` where it needs the same ones, else with its own. */
export async function buildWorktree(root, path, signal) {
  const lock = (folder) => readFileSync(join(folder, "package-lock.json"), "utf8");
  if (lock(root) === lock(path)) symlinkSync(join(root, "node_modules"), join(path, "node_modules"));
  else await run(path, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], signal);
  await run(path, ["run", "build"], signal);
}

/** Runs npm quietly; what it said is told when it fails. */
function run(cwd, words, signal) {
  return new Promise((resolve, reject) => {
    // A process group of its own: npm does not pass on to its scripts what ends it.
    const child = spawn("npm", words, { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        said += text;
      });
    }
    const end = () => process.kill(-child.pid, "SIGTERM");
    signal.addEventListener("abort", end, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      signal.removeEventListener("abort", end);
      if (code === 0) resolve();
      else reject(new Error(`npm ${words.join(" ")} in ${cwd} failed:\n${said.trim()}`));
    });
  });
}

function git(root, ...words) {
  return spawnSync("git", words, { cwd: root, encoding: "utf8" });
}
