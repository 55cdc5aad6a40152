import { stat } from "node:fs/promises";

/** The first of some paths that leads to the same file as another does: by its name, or by a symbolic or hard link. */
export async function sameFileAmong(path: string, others: readonly string[]): Promise<string | undefined> {
  const own = await identity(path);
  if (own === undefined) return undefined;
  for (const other of others) {
    if ((await identity(other)) === own) return other;
  }
  return undefined;
}

/** What tells a file from every other: device and number; undefined where there is none. */
async function identity(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
