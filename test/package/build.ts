import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const stamp = `${root}dist/.tsbuildinfo`;

/** Compiles the package, once before the tests that use it, where a source is newer than what was compiled. */
export function setup(): void {
  if (isBuilt()) return;
  // As anyone builds it: vitest's own NODE_ENV would put development code into the page.
  const env = { ...process.env, NODE_ENV: "production" };
  const { status, stdout } = spawnSync("npm", ["run", "build"], { cwd: root, encoding: "utf8", env });
  if (status !== 0) throw new Error(`the package does not compile:\n${stdout}`);
  // The compiler leaves its file alone where a source is newer but says the same.
  const now = new Date();
  utimesSync(stamp, now, now);
}

function isBuilt(): boolean {
  // The page is built last.
  const products = [stamp, `${root}dist/lab/index.html`];
  if (!products.every((path) => existsSync(path))) return false;
  const built = Math.min(...products.map((path) => statSync(path).mtimeMs));
  return ["src", "kernels", "lab"].every((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(tsx?|css|html)$/.test(path) && !path.includes("generated"))
      .every((path) => statSync(`${root}${folder}/${path}`).mtimeMs <= built),
  );
}
