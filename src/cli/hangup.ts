import { fstatSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";

/**
 * Whether this process was started so that it outlives its terminal, as by `nohup`.
 *
 * Node sets every ignored signal back to its default before a program can look, so it is read from what is left: the parent
 * ignores SIGHUP, as a script does with `trap '' HUP` or under nohup (Linux); the shell names nohup as the command it ran;
 * or standard input is /dev/null for writing, which only GNU nohup makes of a terminal (Linux).
 */
export function hangupIgnored({ ppid, env }: Pick<NodeJS.Process, "ppid" | "env">): boolean {
  return (
    (env._ !== undefined && basename(env._) === "nohup") || ignoresHangup(`/proc/${ppid}/status`) || inputOfNohup()
  );
}

/** Whether the process ignores SIGHUP, signal 1, the lowest bit of its mask; see proc(5). */
function ignoresHangup(statusFile: string): boolean {
  const mask = /^SigIgn:\s*[\da-f]*([\da-f])$/m.exec(textOf(statusFile))?.[1];
  return mask !== undefined && (Number.parseInt(mask, 16) & 1) === 1;
}

function inputOfNohup(): boolean {
  const flags = /^flags:\s*([0-7]+)$/m.exec(textOf("/proc/self/fdinfo/0"))?.[1];
  const writeOnly = flags !== undefined && (Number.parseInt(flags, 8) & 3) === 1;
  return writeOnly && fstatSync(0).rdev === statSync("/dev/null").rdev;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // Not Linux, or the parent is gone.
    return "";
  }
}
