import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { chosenBy, noFile } from "../../src/cli/options/configFile.js";
import type { OptionValues } from "../../src/cli/options/options.js";
import { advisedChanges } from "../../src/cli/train/advice.js";
import type { Finding } from "../../src/doctor/finding.js";
import { say } from "../../src/doctor/say.js";
import { boxes, TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

describe("gradproof train --apply-advice", () => {
  const file = folder.file("boxes.csv", boxes(300));
  const small = ["--hidden", "16,16", "--members", "2"];

  it("trains again with what the doctor advises, and shows both runs", async () => {
    const out = folder.join("ill");
    const words = [
      "train",
      file,
      "--target",
      "kind",
      "--epochs",
      "30",
      ...small,
      "--init",
      "zeros",
      "--out",
      out,
      "--apply-advice",
    ];
    const { exitCode, stdout, stderr } = await gradproof(words);
    expect(exitCode).toBe(0);
    // Said while the run went on; what went wrong in the first run is gone in the second.
    expect(stderr.match(/symmetry/g)).toHaveLength(1);
    expect(stdout).toMatch(/^doctor +symmetry \(members 1, 2\): all 16 units of layer 1 are equal/m);
    expect(stdout).toMatch(/^advice {2}trained again with init he$/m);
    expect(stdout).toMatch(/^init +zeros +he$/m);
    const config = JSON.parse(readFileSync(`${out}-advised/config.json`, "utf8"));
    expect(config.network.initializer).toBe("he");
    expect(config).not.toHaveProperty("applyAdvice");
  });

  it("changes nothing of a healthy run", async () => {
    const out = folder.join("healthy");
    const words = ["train", file, "--target", "kind", "--epochs", "30", ...small, "--out", out, "--apply-advice"];
    const { exitCode, stdout } = await gradproof(words);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^doctor +healthy$/m);
    expect(stdout).toMatch(/^advice {2}nothing to change$/m);
    expect(existsSync(`${out}-advised`)).toBe(false);
  });

  it("is no part of one JSON document", async () => {
    const { exitCode, stderr } = await gradproof(["train", file, "--target", "kind", "--json", "--apply-advice"]);
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/--apply-advice shows two runs, --json is one document/);
  });
});

describe("advisedChanges()", () => {
  const he: Finding = {
    ...{ symptom: "startTooLarge", measured: 9, threshold: 2.7 },
    why: say("doctor.why.startTooLargeCosts", { layer: 1, times: 9, costTimes: 4 }),
    advice: say("doctor.advice.fittingStart", { initializer: "he" }),
    patch: { network: { initializer: "he" } },
  };
  const chosen = (flags: OptionValues) => chosenBy(noFile, { target: "y", ...flags });

  it("takes an initializer with gain 1", () => {
    expect(advisedChanges(chosen({ init: ["he"], gain: 5 }), [he])).toEqual({ gain: 1 });
    expect(advisedChanges(chosen({ init: ["zeros"] }), [he])).toEqual({ init: ["he"] });
    expect(advisedChanges(chosen({}), [he])).toEqual({});
  });
});
