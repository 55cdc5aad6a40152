import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { configurationFile } from "../../lab/experiment/configurationFile.js";
import type { Experiment } from "../../lab/experiment/experiment.js";
import { presets, topics } from "../../lab/experiment/presets.js";
import { linkOf, readLink } from "../../lab/experiment/shareLink.js";
import { csvOf } from "../../lab/state/pointsCsv.js";
import { languages, programOf } from "../../lab/state/programs.js";
import { weightsArchive, weightsFile } from "../../lab/state/weights.js";
import { strings } from "../../lab/strings.js";
import { costText, metricText } from "../../lab/view/numbers.js";
import { LabRun } from "../../lab/worker/labRun.js";
import { hiddenActivations } from "../../src/ops/names.js";
import { chromiumPath } from "../browser/chromium.js";
import {
  atStep,
  begun,
  button,
  endless,
  fast,
  finished,
  he,
  numbers,
  reset,
  start,
  starts,
  tile,
  Visits,
} from "./visits.js";

// What only a browser can show. What runs come to, and what page and worker tell each other, is tested without one.

if (chromiumPath === undefined) console.log("skipped: the tests of the lab need Chromium, which is not installed");

describe.runIf(chromiumPath !== undefined)("the page of the lab", () => {
  const visits = new Visits();

  /** Runs of an experiment in Node, so many steps on. */
  async function inNode({ data, runs }: Experiment, steps: number): Promise<LabRun[]> {
    return Promise.all(
      runs.map(async (spec) => {
        const run = new LabRun(spec, data);
        await run.advance(steps, new AbortController().signal);
        return run;
      }),
    );
  }

  it("trains four starts at once on the first visit", async () => {
    const page = await visits.open();
    await button(page, "Pause").waitFor();
    for (const [r, { name }] of presets[0].experiment.runs.entries()) {
      const letter = strings.run.letter(r);
      await tile(page, letter).getByText(name, { exact: true }).waitFor();
      await atStep(page, letter, begun);
    }
  });

  it("comes to the numbers of Node in its workers, and shows them", async () => {
    const experiment = starts(1500);
    const page = await visits.open(linkOf(experiment));
    await fast(page);
    for (const [r, run] of (await inNode(experiment, 1500)).entries()) {
      await atStep(page, strings.run.letter(r), finished);
      const { train, test } = run.look({ boundary: 0, layers: false, doctor: "nothing", known: 0 });
      const expected = [metricText(train), metricText(test), costText(train.cost), costText(test.cost)];
      expect(await numbers(page, strings.run.letter(r))).toEqual(expected);
      run.release();
    }
    await tile(page, "A").getByText("symmetry").waitFor();
  });

  it("shows every preset under its topic, with the numbers each run starts from", async () => {
    const page = await visits.open();
    // What trains takes the processor from what is to be tested.
    await page.getByLabel("Speed").selectOption("1");
    for (const topic of topics) {
      await button(page, strings.topics[topic]).click();
      for (const { id, experiment } of presets.filter((preset) => preset.topic === topic)) {
        const choice = page.locator("select.preset-choice");
        if ((await choice.count()) > 0) await choice.selectOption(id);
        await page.getByText(strings.presets[id].look, { exact: true }).waitFor();
        // Some break at their second step, and have no numbers then.
        await reset(page);
        for (const [r, { name }] of experiment.runs.entries()) {
          const letter = strings.run.letter(r);
          await page.getByRole("article", { name: `${letter} ${name}`, exact: true }).waitFor();
          await atStep(page, letter, start);
          expect((await numbers(page, letter)).join()).toMatch(/%/);
          if (experiment.data.kind === "digits") await tile(page, letter).locator("canvas.images").waitFor();
        }
        expect(await page.locator(".tile").count()).toBe(experiment.runs.length);
      }
    }
  });

  it("pauses, steps, and resets to the same numbers", async () => {
    const page = await visits.open(endless);
    await atStep(page, "C", begun);
    await button(page, "Pause").click();
    const threeSteps = async (): Promise<string[][]> => {
      await button(page, "Reset, same seed").click();
      await atStep(page, "C", start);
      const seen = [await numbers(page, "C")];
      for (let k = 0; k < 3; k++) {
        await button(page, "Step").click();
        await atStep(page, "C", new RegExp(`^${k + 1} /`));
        seen.push(await numbers(page, "C"));
      }
      return seen;
    };
    const first = await threeSteps();
    expect(first[3]).not.toEqual(first[0]);
    expect(await threeSteps()).toEqual(first);
    await button(page, "New seed").click();
    await atStep(page, "C", start);
    expect(await numbers(page, "C")).not.toEqual(first[0]);
  });

  it("takes up another λ on the way, and the link that is shared replays it", async () => {
    const page = await visits.open(linkOf(he(300)));
    await reset(page);
    await button(page, "Step").click();
    await atStep(page, "A", /^1 \//);
    const slider = page.getByLabel("λ of L2");
    await slider.focus();
    for (let k = 0; k < 8; k++) await slider.press("ArrowRight");
    await fast(page);
    await button(page, "Play").click();
    await atStep(page, "A", finished);
    await tile(page, "A").getByText("penalty").waitFor();
    const expected = await numbers(page, "A");
    await button(page, "Share and export").click();
    const link = await page.getByLabel("Link", { exact: true }).inputValue();
    const other = await visits.open(link.slice(visits.url.length));
    await fast(other);
    await atStep(other, "A", finished);
    expect(await numbers(other, "A")).toEqual(expected);
  });

  it("hands out a run as programs, points, a configuration and weights, which are those of Node", async () => {
    const link = linkOf(he(300));
    const { data, runs } = readLink(link) ?? he(300);
    const [spec] = runs;
    const [run] = await inNode({ data, runs }, 1);
    const page = await visits.open(link);
    await reset(page);
    await button(page, "Step").click();
    await atStep(page, "A", /^1 \//);
    await button(page, "Share and export").click();
    const program = page.locator("textarea.program");
    for (const [name, language] of [
      ["NumPy", "numpy"],
      ["PyTorch", "pytorch"],
      ["TypeScript", "typescript"],
    ] as const) {
      await button(page, name).click();
      await page.getByLabel(strings.share.codeLabel(name)).waitFor();
      const written = await program.inputValue();
      expect(written).toBe(programOf(language, spec, data));
      expect(await saved(page, "Download")).toEqual([languages[language].file, Buffer.from(written)]);
    }
    const weights = run.weights();
    expect(await saved(page, "Points (CSV)")).toEqual(["data.csv", Buffer.from(csvOf(data))]);
    expect(await saved(page, "Configuration (JSON)")).toEqual([
      "config.json",
      Buffer.from(configurationFile(spec, data)),
    ]);
    expect(await saved(page, "Weights (safetensors)")).toEqual([
      "weights.safetensors",
      Buffer.from(weightsFile(spec, weights)),
    ]);
    expect(await saved(page, "Weights (.npz)")).toEqual(["weights.npz", Buffer.from(weightsArchive(spec, weights))]);
    run.release();
  });

  it("refuses hostile links in words, and goes on with what it had", async () => {
    const encoded = (value: unknown) => `#lab=${Buffer.from(JSON.stringify(value)).toString("base64url")}`;
    const good = JSON.parse(Buffer.from(endless.slice(5), "base64url").toString());
    const [run] = good.runs;
    const wide = { ...run.network, layers: [{ ...run.network.layers[0], units: 1e9 }, run.network.layers.at(-1)] };
    const links: readonly [string, RegExp][] = [
      ["#lab=%%%", /damaged/],
      [encoded({ ...good, version: 99 }), /another version/],
      [encoded({ ...good, runs: [{ ...run, network: wide }] }), /parameters/],
      [encoded({ ...good, data: { ...good.data, examples: 1e12 } }), /examples/],
      [encoded({ ...good, runs: [{ ...run, training: { l2: "x" } }] }), /l2/],
      ["#lab=AAAA", /damaged/],
    ];
    const page = await visits.open(links[0][0]);
    for (const [link, message] of links) {
      await page.evaluate(`location.hash = ${JSON.stringify(link)}`);
      await page.getByRole("alert").filter({ hasText: message }).waitFor();
    }
    await atStep(page, "D", begun);
    // A name is text and nothing else.
    const name = "<img src=x onerror=alert(1)>";
    await page.evaluate(`location.hash = ${JSON.stringify(encoded({ ...good, runs: [{ ...run, name }] }))}`);
    await tile(page, "A").getByText(name).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("stops a run that breaks at its last finite state, says what broke, and lives on", async () => {
    const page = await visits.open("#preset=spiral");
    await fast(page);
    const rate = page.getByLabel("Learning rate α");
    await page.getByLabel("Method").selectOption("gradientDescent");
    await rate.fill("1e200");
    await rate.press("Enter");
    await tile(page, "A").getByText("is not finite").waitFor();
    await page.locator(".doctor").getByText("The cost is no longer finite").waitFor();
    // A run that has ended trains anew at once.
    await rate.fill("0.1");
    await rate.press("Enter");
    await atStep(page, "A", finished);
    expect(await page.getByText("is not finite").count()).toBe(0);
  });

  it("says of a run that was stopped early when, and whose weights it has", async () => {
    const page = await visits.open("#preset=stopping");
    await fast(page);
    await atStep(page, "A", finished);
    await atStep(page, "B", /^stopped early at step [\d,]+$/);
    await tile(page, "B")
      .getByText(/^weights of step [\d,]+ given back$/)
      .waitFor();
  });

  it("says of a number out of range what would be right, and changes nothing", async () => {
    const page = await visits.open(endless);
    await atStep(page, "A", begun);
    const rate = page.getByLabel("Learning rate α");
    await rate.fill("-1");
    await rate.press("Enter");
    await page.getByText("a finite number above 0").waitFor();
    expect(await tile(page, "A").locator(".step").textContent()).toMatch(begun);
  });

  it("keeps what is being typed while the runs are drawn anew", async () => {
    const page = await visits.open(endless);
    await reset(page);
    const rate = page.getByLabel("Learning rate α");
    await rate.fill("0.5");
    // Without taking the focus from the box, as a message of a worker does.
    await button(page, "New seed").evaluate((one) => (one as HTMLElement).click());
    await atStep(page, "A", start);
    expect(await rate.inputValue()).toBe("0.5");
    await rate.press("Enter");
    await button(page, "Share and export").click();
    await page.getByLabel(strings.share.codeLabel("NumPy")).waitFor();
    expect(await page.locator("textarea.program").inputValue()).toMatch(/\b0\.5\b/);
  });

  it("offers every activation, draws the one that is chosen, and takes its option", async () => {
    const page = await visits.open(endless);
    const select = page.getByLabel(strings.settings.activation(1));
    const values = await select
      .locator("option")
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    expect(values.sort()).toEqual([...hiddenActivations].sort());
    const drawn = async (): Promise<string | null> =>
      page.locator("svg.activation path.value").first().getAttribute("d");
    const relu = await drawn();
    await select.selectOption("leakyRelu");
    await page.getByRole("img", { name: "Curve of leaky ReLU 0.01" }).waitFor();
    const slope = page.getByLabel(strings.settings.ofLayer("Slope below 0", 1));
    await slope.fill("0.5");
    await slope.press("Enter");
    await page.getByRole("img", { name: "Curve of leaky ReLU 0.5" }).waitFor();
    expect(await drawn()).not.toBe(relu);
    await button(page, "Share and export").click();
    const link = await page.getByLabel("Link", { exact: true }).inputValue();
    expect(readLink(new URL(link).hash)?.runs[0].network.layers[0]).toMatchObject({
      activation: { type: "leakyRelu", slope: 0.5 },
    });
  });

  it("forks a run with the doctor's fix", async () => {
    const page = await visits.open("#preset=symmetry");
    await fast(page);
    await page.locator(".doctor .finding h3").filter({ hasText: "symmetry" }).waitFor();
    await button(page, "Fork this run with the fix").first().click();
    await tile(page, "B").getByText("symmetry, he", { exact: true }).waitFor();
    await atStep(page, "B", finished);
    await tile(page, "B").getByText("no finding").waitFor();
  });

  it("finds each planted bug in exactly its entries", async () => {
    const page = await visits.open("#preset=plantedBugs");
    await reset(page);
    const select = page.getByLabel("Planted bug");
    const wrong = page.locator('.entry[data-verdict="wrong"]');
    await button(page, "Check the weights as they are now").click();
    await page
      .locator(".verdict.wrong")
      .filter({ hasText: "dW2" })
      .filter({ hasText: "at the weights of step 0" })
      .waitFor();
    await page.getByText("dW2 is 2.000 × the numerical gradient in all 15 entries").first().waitFor();
    const labels = await wrong.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    expect(labels).toHaveLength(15);
    expect(labels.every((label) => label?.startsWith("dW2["))).toBe(true);
    await select.selectOption("dbFourTimes");
    await page.locator(".verdict.wrong").filter({ hasText: "db1" }).waitFor();
    await page.getByText("4.000 ×").first().waitFor();
    expect(await wrong.count()).toBe(5);
    await wrong.first().click();
    await page.locator(".entry-reading").getByText("4", { exact: true }).waitFor();
    await select.selectOption({ label: "none: the right gradient" });
    await page.locator(".verdict.correct").waitFor();
    expect(await wrong.count()).toBe(0);
    expect(await select.locator("option:not([disabled])").count()).toBeGreaterThan(10);
  });

  it("tells of a worker that died, and starts its run again", async () => {
    const page = await visits.open("#preset=spiral");
    await atStep(page, "A", /^[1-9]/);
    const worker = page.workers().find((one) => one.url().includes("runWorker"));
    expect(worker).toBeDefined();
    await worker?.evaluate("setTimeout(() => { throw new Error('out of memory'); })");
    await page.getByText("This run cannot go on").waitFor();
    await button(page, "Start it again").click();
    await atStep(page, "A", begun);
    expect(await page.getByText("This run cannot go on").count()).toBe(0);
  });

  it("is served with nothing around it", async () => {
    const page = await visits.open();
    const answer = await page.request.get(`${visits.url}../package.json`);
    expect(answer.status()).toBe(404);
  });
});

/** Name and bytes of the file that a button hands out. */
async function saved(page: Page, name: string): Promise<[string, Buffer]> {
  const download = page.waitForEvent("download");
  await button(page, name).click();
  const file = await download;
  return [file.suggestedFilename(), readFileSync(await file.path())];
}
