import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/**
 * Cores that this process may use, at least 1: the processors it may run on, and of them only the share that a container has,
 * which Node 20 does not ask for.
 */
export function availableCores(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(grantedCores(textOf))));
}

/**
 * Processor time per time that the control groups of this process grant it: Infinity where they set no limit, or there are none.
 * Files: `cpu.max` of version 2, `cpu.cfs_quota_us` and `cpu.cfs_period_us` of version 1 (cgroups(7)); a group is held to the
 * limits of those above it, too.
 *
 * @param read the text of a file; undefined where there is none
 */
export function grantedCores(read: (path: string) => string | undefined): number {
  const limits = (read("/proc/self/cgroup") ?? "").split("\n").flatMap((line) => {
    const [, controllers = "", path = ""] = line.match(/^\d+:([^:]*):(\/.*)$/) ?? [];
    if (path === "") return [];
    if (controllers === "") return above(path).map((group) => share(read(`/sys/fs/cgroup${group}/cpu.max`)));
    if (!controllers.split(",").includes("cpu")) return [];
    return above(path).map((group) => {
      const file = (name: string): string => read(`/sys/fs/cgroup/cpu${group}/cpu.cfs_${name}_us`) ?? "";
      return share(`${file("quota")} ${file("period")}`);
    });
  });
  return Math.min(Number.POSITIVE_INFINITY, ...limits);
}

/** A group's path and those above it, the root as the empty text. */
function above(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return Array.from({ length: parts.length + 1 }, (_, k) =>
    parts
      .slice(0, k)
      .map((part) => `/${part}`)
      .join(""),
  );
}

/** `quota period`; `max` or −1 is no limit. */
function share(text = ""): number {
  const [quota, period] = text.trim().split(/\s+/).map(Number);
  return quota > 0 && period > 0 ? quota / period : Number.POSITIVE_INFINITY;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
