import { spawn } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { TestFolder } from "../cli/tables.js";
import { answerOf, environment, hasNumpy } from "./python.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** What a check of J = Σ w² at [1, 2] ends with. */
const checked = `
import json
import numpy as np
from gradproof_check import check
def ended():
    try:
        return check(lambda w: np.sum(w**2), lambda w: 2 * w, np.array([1.0, 2.0])).verdict
    except Exception as error:
        return f"{type(error).__name__}: {error}"
`;

/** A command in the place of gradproof. */
const inPlace = (name: string, script: string): string => folder.file(`${name}.js`, script);
const say = (message: object): string => `console.log(${JSON.stringify(JSON.stringify(message))});`;
const hello = { do: "hello", gradproof: "9.8.7", protocol: 2 };

describe.runIf(hasNumpy)("the command that gradproof_check.py starts", () => {
  it("is that of GRADPROOF, of the PATH, or of a node_modules above; where there is none, it says what to install", () => {
    const bin = folder.join("project", "node_modules", ".bin");
    mkdirSync(bin, { recursive: true });
    mkdirSync(folder.join("project", "deep", "er"), { recursive: true });
    chmodSync(folder.file("project/node_modules/.bin/gradproof", "#!/usr/bin/env node\n"), 0o755);
    // As npm leaves it on Windows.
    mkdirSync(folder.join("project", "node_modules", "gradproof", "dist", "cli"), { recursive: true });
    folder.file("project/node_modules/gradproof/dist/cli/main.js", "");
    folder.file("project/node_modules/.bin/gradproof.cmd", "");
    const { answer } = answerOf(
      `${checked}
import os
from gradproof_check import _command
main = os.environ["GRADPROOF"]
node = ${JSON.stringify(dirname(process.execPath))}
bin = ${JSON.stringify(bin)}
found = []
def look(given, path, folder):
    os.environ["PATH"] = path
    os.environ.pop("GRADPROOF", None)
    if given is not None:
        os.environ["GRADPROOF"] = given
    os.chdir(folder)
    try:
        found.append([os.path.basename(word) for word in _command()])
    except Exception as error:
        found.append(str(error))
look("node '/my programs/main.js' --quiet", node, ".")
look(main, node, ".")
look(None, node + os.pathsep + bin, ".")
look(None, node, "project/deep/er")
look(None, node, "/")
look(None, "/nowhere", "/")
look(bin + "/gradproof", "/nowhere", "/")
look(bin + "/gradproof.cmd", node, "/")
print(json.dumps(found))`,
      { cwd: folder.path },
    );
    expect(answer).toEqual([
      ["node", "main.js", "--quiet"],
      ["node", "main.js"],
      ["gradproof"],
      ["gradproof"],
      "the command gradproof was not found. Install the package, in this folder or one above it: npm install gradproof; " +
        "or for all: npm install --global gradproof. If it is elsewhere, set the environment variable GRADPROOF to its path.",
      expect.stringMatching(/Install Node\.js 20, 22 or 24 \(https:\/\/nodejs\.org\) and then the package/),
      "gradproof runs on Node.js, which is not on the PATH. Install Node.js 20, 22 or 24: https://nodejs.org",
      ["node", "main.js"],
    ]);
  });

  it("says what to do where it is too old, too new, another one, dies or fails", () => {
    const cases: readonly (readonly [string, string, string | RegExp])[] = [
      [
        "is too old",
        `console.error("error: No flag registered for --stdio"); process.exit(3);`,
        "GradproofError: gradproof ended with exit code 3 before the check did:\nerror: No flag registered for --stdio\n" +
          "This file needs one with check --stdio, on Node.js 20, 22 or 24: npm install gradproof@latest",
      ],
      [
        "refuses a flag",
        `console.error("error: --mode must be one of these"); process.exit(3);`,
        "GradproofError: --mode must be one of these",
      ],
      [
        "speaks a later protocol",
        say({ ...hello, protocol: 3 }),
        "GradproofError: gradproof 9.8.7 speaks protocol 3, this gradproof_check.py 2; " +
          "gradproof check --python > gradproof_check.py writes the one that fits",
      ],
      [
        "speaks an earlier protocol",
        say({ ...hello, protocol: 1 }),
        "GradproofError: gradproof 9.8.7 speaks protocol 1, this gradproof_check.py 2; " +
          "npm install gradproof@latest has the one that fits",
      ],
      [
        "is another one",
        `console.log("Welcome!");`,
        /GradproofError: .* wrote b'Welcome!\\n'; is it the command gradproof\?/,
      ],
      [
        "dies in the middle",
        `${say(hello)} ${say({ do: "parameters" })} console.error("out of memory"); process.exitCode = 9;`,
        "GradproofError: gradproof ended with exit code 9 before the check did:\nout of memory",
      ],
      [
        "fails",
        `${say(hello)} ${say({ do: "failed", error: "no such block" })} process.exitCode = 3;`,
        "GradproofError: no such block",
      ],
    ];
    const { answer } = answerOf(`${checked}
import os
found = []
for os.environ["GRADPROOF"] in ${JSON.stringify(cases.map(([name, script]) => inPlace(name, script)))}:
    found.append(ended())
print(json.dumps(found))`);
    const expected = cases.map(([, , message]) =>
      typeof message === "string" ? message : expect.stringMatching(message),
    );
    expect(answer).toEqual(expected);
  });

  it("tells on a terminal how far it is, where that takes longer than a moment, and leaves nothing there", () => {
    const progress = { do: "progress", block: "W", blocksDone: 1, blocks: 3, costEvaluations: 1234, secondsLeft: 41.7 };
    const script = `${say(hello)} ${say(progress)} ${say({ do: "failed", error: "enough" })}`;
    const { answer } = answerOf(
      `${checked}
import io, sys, time
class Terminal(io.StringIO):
    def isatty(self):
        return True
sys.stderr = Terminal()
quick = (ended(), sys.stderr.getvalue())
time.monotonic = iter(range(0, 100, 5)).__next__
slow = (ended(), sys.stderr.getvalue())
print(json.dumps([quick, slow]))`,
      { env: { GRADPROOF: inPlace("progress", script) } },
    );
    const [quick, [, shown]] = answer as [string[], string[]];
    expect(quick).toEqual(["GradproofError: enough", ""]);
    expect(shown.split("\r").map((part) => part.trimEnd())).toEqual([
      "",
      "1234 cost evaluations, 1 of 3 blocks checked, about 42 s left",
      "",
      "",
    ]);
  });

  it("is ended by an interrupt from the keyboard", async () => {
    const endless = `${say(hello)} ${say({ do: "cost", parameters: { theta: [1, 2] } })}
process.on("SIGTERM", () => {}); console.error(process.pid); setInterval(() => {}, 1000);`;
    const program = `
import subprocess, sys, time
import numpy as np
from gradproof_check import check
class Popen(subprocess.Popen):
    def __init__(self, *words, **options):
        super().__init__(*words, **options)
        print(self.pid, flush=True)
subprocess.Popen = Popen
def slow(w):
    print("slow", flush=True)
    time.sleep(1000)
check(slow, slow, np.array([1.0, 2.0]))`;
    const child = spawn("python3", ["-c", program], {
      env: { ...environment, GRADPROOF: inPlace("endless", endless) },
    });
    let out = "";
    let err = "";
    child.stderr.on("data", (text) => {
      err += text;
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (text) => {
        out += text;
        if (out.includes("slow")) resolve();
      });
      child.once("exit", () => reject(new Error(err)));
    });
    const pid = Number.parseInt(out, 10);
    expect(() => process.kill(pid, 0)).not.toThrow();
    child.kill("SIGINT");
    await new Promise((resolve) => child.once("close", resolve));
    expect(err).toMatch(/KeyboardInterrupt/);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});
