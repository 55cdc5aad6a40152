import { spawnSync } from "node:child_process";

/** Runs every program in a module of its own, all in one process; gives what each has printed, or its traceback. */
const runner = `
import contextlib, io, json, sys, traceback
results = []
for program in json.load(sys.stdin):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(program, "program", "exec"), {"__name__": "__main__"})
        results.append({"output": out.getvalue()})
    except BaseException:
        results.append({"error": traceback.format_exc()})
json.dump(results, sys.stdout)
`;

/** Whether a Python with this package is there. */
export function hasPython(python: string, name: string): boolean {
  return spawnSync(python, ["-c", `import ${name}`]).status === 0;
}

/** What each program prints. */
export function runPrograms(python: string, programs: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync(python, ["-c", runner], {
    input: JSON.stringify(programs),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, PYTHONIOENCODING: "utf-8", OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  if (status !== 0) throw new Error(stderr);
  const results = JSON.parse(stdout) as { output?: string; error?: string }[];
  return results.map(({ output, error }, k) => {
    if (output === undefined) throw new Error(`${error}\n${programs[k].slice(0, 2000)}`);
    return output;
  });
}

/** The numbers of a line such as `iteration 10 cost 0.5 validation 0.6`, by name. */
export function numbersOf(line: string): Record<string, number> {
  const words = line.replace(":", "").split(" ");
  const result: Record<string, number> = {};
  for (let k = 0; k + 1 < words.length; k++) {
    if (/[\d.]|inf|nan/.test(words[k + 1])) result[words[k]] = Number(words[k + 1]);
  }
  return result;
}
