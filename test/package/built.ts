import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const stamp = `${root}dist/.tsbuildinfo`;
const lock = `${root}node_modules/.building`;
/** Milliseconds after which a lock is one that a killed run has left behind. */
const oldest = 120_000;

/**
 * Compiles the package where a source is newer than what was compiled. Test files run side by side and one may be using the
 * compiled files while another one wants them: so only one builds, and none without need.
 */
export async function ensureBuilt(): Promise<void> {
  while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    if (isBuilt()) return;
    const { status, stdout } = spawnSync("npm", ["run", "build"], { cwd: root, encoding: "utf8" });
    if (status !== 0) throw new Error(`the package does not compile:\n${stdout}`);
  } finally {
    rmdirSync(lock);
  }
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > oldest) rmdirSync(lock);
    return false;
  }
}

function isBuilt(): boolean {
  if (!existsSync(stamp)) return false;
  // The page is built last.
  const page = `${root}dist/lab/index.html`;
  if (!existsSync(page)) return false;
  const built = Math.min(statSync(stamp).mtimeMs, statSync(page).mtimeMs);
  return ["src", "kernels", "lab"].every((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(tsx?|css|html)$/.test(path) && !path.includes("generated"))
      .every((path) => statSync(`${root}${folder}/${path}`).mtimeMs <= built),
  );
}
