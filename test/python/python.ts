import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Python with the folder of gradproof_check.py on its path, and the command that was compiled here. */
export const environment = {
  ...process.env,
  PYTHONPATH: `${root}python`,
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONIOENCODING: "utf-8",
  GRADPROOF: `${root}dist/cli/main.js`,
};

export const hasPython = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]).status === 0;
export const hasNumpy = hasPython && spawnSync("python3", ["-c", "import numpy"]).status === 0;
if (!hasNumpy) console.log("skipped: the check of NumPy code needs python3 (3.9 or newer) with NumPy");

/** Runs a program to its end. */
export function python(program: string, { cwd, env }: { readonly cwd?: string; readonly env?: object } = {}) {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", program], {
    encoding: "utf8",
    cwd,
    env: { ...environment, ...env },
  });
  return { status, stdout, stderr };
}

/** What a program prints as JSON in the last line of its output. */
export function answerOf(program: string, options?: Parameters<typeof python>[1]) {
  const { status, stdout, stderr } = python(program, options);
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.trimEnd().split("\n");
  return { answer: JSON.parse(lines.at(-1) ?? ""), printed: lines.slice(0, -1), stderr };
}
