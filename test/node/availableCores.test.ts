import { availableParallelism } from "node:os";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { availableCores, grantedCores } from "../../src/node/availableCores.js";

/** Reads from a record of files. */
const from = (files: Readonly<Record<string, string>>) => (path: string) => files[path];

describe("availableCores", () => {
  it("is at least one, and no more than the processors", () => {
    expect(availableCores()).toBeGreaterThanOrEqual(1);
    expect(availableCores()).toBeLessThanOrEqual(availableParallelism());
  });
});

describe("grantedCores", () => {
  it.each([
    ["no control groups", {}, Number.POSITIVE_INFINITY],
    ["no limit", { "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "max 100000\n" }, Number.POSITIVE_INFINITY],
    ["a container", { "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "150000 100000\n" }, 1.5],
    [
      "a group within a smaller one",
      {
        "/proc/self/cgroup": "0::/a/b\n",
        "/sys/fs/cgroup/a/cpu.max": "200000 100000",
        "/sys/fs/cgroup/a/b/cpu.max": "400000 100000",
      },
      2,
    ],
    [
      "version 1, seen from within",
      {
        "/proc/self/cgroup": "4:cpu,cpuacct:/docker/0123\n3:memory:/docker/0123\n",
        "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "300000\n",
        "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
      },
      3,
    ],
    [
      "version 1 without a limit",
      {
        "/proc/self/cgroup": "4:cpu,cpuacct:/\n",
        "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
        "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
      },
      Number.POSITIVE_INFINITY,
    ],
  ])("is what the files say: %s", (_, files, cores) => {
    expect(grantedCores(from(files))).toBe(cores);
  });

  it("is a positive number whatever the files say", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("0::/a", "4:cpu:/", "max 1", "0 0", "-1 5", "1e400 1", "7 100"));
    fc.assert(
      fc.property(fc.array(text), text, (lines, other) => {
        const read = (path: string): string => (path === "/proc/self/cgroup" ? lines.join("\n") : other);
        expect(grantedCores(read)).toBeGreaterThan(0);
      }),
    );
  });
});
