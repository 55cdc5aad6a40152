import { open, readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { OptionError } from "../constraint/constraint.js";
import { codeOf, isMissing, withFileErrors } from "./fileError.js";
import { makeFolder } from "./syncFolder.js";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process was started, where the system says (Linux): numbers of processes are used again. */
  readonly started?: string;
}

interface Lock {
  readonly number: number;
  readonly path: string;
  /** Undefined where the process was killed before it had written it. */
  readonly holder: Holder | undefined;
}

/**
 * A lock is written a moment after it is made; after so many milliseconds it hardly ever will be. Whoever writes later still
 * looks once more when it has, and then finds us.
 */
const patience = 100;

/**
 * Keeps a folder for one process at a time. A lock is a file that names its process; one whose process is gone, killed or
 * not, is taken over.
 *
 * To take over is to make the file with the next number, which only one can do; the last look then finds whoever came in
 * by another number meanwhile. So two processes never both hold the folder.
 */
export class FolderLock {
  private readonly path: string;
  private held = true;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * @param name what the lock files begin with
   * @param refusal what to say where another process holds the folder, given who it is: `process 12`
   * @throws OptionError where another process, or this one, holds the folder; FileError where it cannot be written into
   */
  static async take(folder: string, name: string, refusal: (holder: string) => string): Promise<FolderLock> {
    return withFileErrors("writeInto", folder, async () => {
      for (;;) {
        // Again each time: whoever made it may have removed it, having failed.
        await makeFolder(folder);
        const before = await locksOf(folder, name);
        await requireNoneAlive(before, refusal);
        const path = join(folder, `${name}.${Math.max(0, ...before.map(({ number }) => number)) + 1}.lock`);
        if (!(await make(path))) continue; // another was faster: look again
        try {
          const others = (await locksOf(folder, name)).filter((lock) => lock.path !== path);
          await requireNoneAlive(others, refusal);
          for (const { path: dead } of others) await rm(dead, { force: true });
        } catch (thrown) {
          await rm(path, { force: true });
          throw thrown;
        }
        return new FolderLock(path);
      }
    });
  }

  /** Gives the folder back; a second call does nothing, for by then the file may be another's. */
  async release(): Promise<void> {
    if (!this.held) return;
    this.held = false;
    await rm(this.path, { force: true });
  }
}

/** Makes the file with who we are in it; false where it is there already, or its folder is gone. */
async function make(path: string): Promise<boolean> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, "wx");
  } catch (thrown) {
    if (codeOf(thrown) === "EEXIST" || isMissing(thrown)) return false;
    throw thrown;
  }
  try {
    const started = (await processOf("self"))?.started;
    const holder: Holder = { pid: process.pid, host: hostname(), ...(started !== undefined && { started }) };
    await file.writeFile(`${JSON.stringify(holder)}\n`);
  } catch (thrown) {
    await rm(path, { force: true });
    throw thrown;
  } finally {
    await file.close();
  }
  return true;
}

async function locksOf(folder: string, name: string): Promise<Lock[]> {
  const locks: Lock[] = [];
  for (const file of await readdir(folder)) {
    const [, number] = file.startsWith(`${name}.`) ? (/\.(\d{1,9})\.lock$/.exec(file) ?? []) : [];
    if (number === undefined) continue;
    const path = join(folder, file);
    locks.push({ number: Number(number), path, holder: await holderOf(path) });
  }
  return locks;
}

async function holderOf(path: string): Promise<Holder | undefined> {
  for (let waited = 0; ; waited += 20) {
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (thrown) {
      if (isMissing(thrown)) return undefined; // released
      throw thrown;
    }
    if (text.endsWith("\n")) return parseHolder(text);
    if (waited >= patience) return undefined;
    await wait(20);
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("pid" in value) || !("host" in value)) return undefined;
    const { pid, host } = value;
    if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid <= 0 || typeof host !== "string") return undefined;
    const started = "started" in value && typeof value.started === "string" ? value.started : undefined;
    return { pid, host, ...(started !== undefined && { started }) };
  } catch {
    return undefined;
  }
}

async function requireNoneAlive(locks: readonly Lock[], refusal: (holder: string) => string): Promise<void> {
  for (const { path, holder } of locks) {
    if (holder === undefined) continue;
    if (holder.host !== hostname()) {
      // Nothing tells from here whether it is alive.
      const where = `process ${holder.pid} of the machine ${holder.host}`;
      throw new OptionError(`${refusal(where)}; if that has ended, remove ${path}`);
    }
    if (await isAlive(holder)) throw new OptionError(refusal(`process ${holder.pid}`));
  }
}

async function isAlive({ pid, started }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: it is there, but another user's.
    if (codeOf(thrown) !== "EPERM") return false;
  }
  const found = await processOf(pid);
  if (found === undefined || started === undefined) return true;
  return found.started === started && !found.dead;
}

/** State and start of a process where the system shows them, as Linux does in proc(5). */
async function processOf(pid: number | "self"): Promise<{ started: string; dead: boolean } | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, "latin1");
    // The name, in parentheses, may hold anything; the state (field 3) is first behind it, the start is field 22.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { started: fields[19], dead: fields[0] === "Z" || fields[0] === "X" };
  } catch {
    return undefined;
  }
}
