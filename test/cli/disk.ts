import type * as FileSystem from "node:fs/promises";

type Promises = typeof FileSystem;
type Handle = FileSystem.FileHandle;

/** What a process that is no more throws: no error of the operating system, so that nothing takes it for one. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/**
 * The file system as a process sees it that dies at one of its changes: that one is not made, or half of it where bytes
 * are written, and none after it. It also knows which files have not reached the disk yet.
 */
class Disk {
  /** Changes so far. */
  changes = 0;
  /** The change, from 0 on, at which the process dies. */
  diesAt = Number.POSITIVE_INFINITY;
  /** What that change ends with: the process, or an error that the process lives to tell. */
  failure: () => Error = () => new Killed();
  /** Files that took their name before their bytes were flushed: a power cut may leave them empty. */
  readonly unsafe: string[] = [];
  /** Called before each reading of a file. */
  beforeRead: () => Promise<void> = async () => undefined;
  private readonly unflushed = new Set<string>();

  /** Another process, which lives. */
  revive(): void {
    this.changes = 0;
    this.diesAt = Number.POSITIVE_INFINITY;
    this.failure = () => new Killed();
    this.unflushed.clear();
  }

  /** Counts a change, and fails where it is its turn, or where the process is dead. */
  private change(): void {
    const now = this.changes++;
    if (now < this.diesAt) return;
    const failure = this.failure();
    if (now === this.diesAt || failure instanceof Killed) throw failure;
  }

  /** The functions through which a module changes files. */
  wrap(real: Promises): Promises {
    const change = <Args extends readonly unknown[], R>(work: (...args: Args) => Promise<R>) => {
      return async (...args: Args): Promise<R> => {
        this.change();
        return work(...args);
      };
    };
    const rename = change(async (from: string, to: string) => {
      if (this.unflushed.has(from)) this.unsafe.push(to);
      await real.rename(from, to);
    });
    const open = async (path: string, flags?: string): Promise<Handle> => {
      if (flags === undefined || flags === "r") {
        // What flushing does, no program can see; a real disk takes its time over it.
        const folder = await real.open(path, flags);
        return { sync: async () => undefined, close: () => folder.close() } as Handle;
      }
      const file = await change(real.open)(path, flags);
      this.unflushed.add(path);
      return this.wrapHandle(file, path);
    };
    const readFile = async (...args: Parameters<Promises["readFile"]>) => {
      await this.beforeRead();
      return real.readFile(...args);
    };
    const { mkdir, rm, rmdir } = real;
    return {
      ...real,
      ...{ rename, open, readFile },
      ...{ mkdir: change(mkdir), rm: change(rm), rmdir: change(rmdir) },
    } as Promises;
  }

  private wrapHandle(file: Handle, path: string): Handle {
    const writeFile = async (content: string | Uint8Array): Promise<void> => {
      if (this.changes === this.diesAt) await file.writeFile(content.slice(0, content.length >> 1));
      this.change();
      await file.writeFile(content);
    };
    const sync = async (): Promise<void> => {
      this.change();
      this.unflushed.delete(path);
    };
    return { writeFile, sync, close: () => file.close() } as Handle;
  }
}

/** Stands before `node:fs/promises` where a test has mocked that with `disk.wrap`. */
export const disk = new Disk();
