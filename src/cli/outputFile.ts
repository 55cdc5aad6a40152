import { fstatSync, type Stats } from "node:fs";
import { lstat, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { OptionError } from "../constraint/constraint.js";
import { fileErrorOf, isMissing, withFileErrors } from "../node/fileError.js";
import { requireWritableFolder } from "../node/runFolder.js";
import { sameFileAmong } from "../node/sameFile.js";
import { writeAtomically } from "../node/writeAtomically.js";
import type { CliContext, Output } from "./context.js";

/** What a command may do about the file it is to write. */
export interface OutputOptions {
  /** Whether it may replace a file that is there. */
  readonly overwrite?: boolean | undefined;
  /** What the command reads, which it never writes over. */
  readonly inputs: readonly (string | undefined)[];
}

type Kind = "file" | "device" | "stdout" | "stderr";

/**
 * A file that a command writes at its end, found to be writable at its beginning. A file that is there is replaced only
 * where that is asked for, an input never; devices and pipes, such as `/dev/stdout`, are written to as they are.
 */
export class OutputFile {
  readonly path: string;
  private readonly kind: Kind;
  private readonly overwrite: boolean;

  private constructor(path: string, kind: Kind, overwrite: boolean) {
    this.path = path;
    this.kind = kind;
    this.overwrite = overwrite;
  }

  /** @throws OptionError where the file already exists, or is an input; FileError where it cannot be written */
  static async plan(path: string, { overwrite = false, inputs }: OutputOptions): Promise<OutputFile> {
    const kind = await kindOf(path);
    if (kind === "file") {
      await requireNoInput([path], inputs);
      await requireWritableFolder(dirname(path));
      await requireFreeFile(path, overwrite);
    }
    return new OutputFile(path, kind, overwrite);
  }

  /** Whether what is written comes where the command prints. */
  get isStandardOutput(): boolean {
    return this.kind === "stdout";
  }

  /** @param content part by part where it is made while it is written */
  async write(context: CliContext, content: string | AsyncIterable<string>): Promise<void> {
    const { path, kind } = this;
    if (kind === "stdout" || kind === "stderr") await writeTo(context.process[kind], content);
    else if (kind === "device") await withFileErrors("write", path, () => writeFile(path, content));
    else {
      await requireFreeFile(path, this.overwrite);
      // A symbolic link stays, and leads to what is written.
      await writeAtomically(await realpath(path).catch(() => path), content);
    }
  }
}

/** Writes to an output, whose reader may be slower than what is written, and may have seen enough. */
export async function writeTo(output: Output, content: string | AsyncIterable<string>): Promise<void> {
  if (typeof content === "string") {
    output.write(content);
    return;
  }
  for await (const part of content) {
    output.write(part);
    if ((await output.settled?.()) !== undefined) return;
  }
}

/** @throws OptionError where a file that a command is to write is one that it reads, even by another name */
export async function requireNoInput(
  outputs: readonly string[],
  inputs: readonly (string | undefined)[],
): Promise<void> {
  const given = inputs.filter((path) => path !== undefined);
  for (const output of outputs) {
    const input = await sameFileAmong(output, given);
    if (input === undefined) continue;
    const named = resolve(input) === resolve(output) ? output : `${output} is the same file as ${input}, which`;
    throw new OptionError(`${named} is an input of this command and is never overwritten; write to another place`);
  }
}

/** @throws OptionError where there is a folder, or a file that may not be replaced */
async function requireFreeFile(path: string, overwrite: boolean): Promise<void> {
  let found: Stats;
  try {
    found = await lstat(path);
  } catch (thrown) {
    if (isMissing(thrown)) return;
    throw fileErrorOf("write", path, thrown);
  }
  if (found.isDirectory()) throw new OptionError(`${path} is a folder; give a file`);
  if (!overwrite) throw new OptionError(`${path} already exists; give another file, or replace it with --overwrite`);
}

async function kindOf(path: string): Promise<Kind> {
  try {
    const found = await stat(path, { bigint: true });
    for (const [fd, name] of [
      [1, "stdout"],
      [2, "stderr"],
    ] as const) {
      const { dev, ino } = fstatSync(fd, { bigint: true });
      if (found.dev === dev && found.ino === ino) return name;
    }
    return found.isFile() || found.isDirectory() ? "file" : "device";
  } catch {
    return "file"; // none yet, or one that its folder keeps from us
  }
}
