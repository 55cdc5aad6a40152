import { concatenation, dense, network, type TrainingSpec } from "gradproof";
import type { PointSource } from "gradproof/pipeline";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunSpec } from "../../lab/experiment/experiment.js";
import { presetOf } from "../../lab/experiment/presets.js";
import { linkOf, readLink } from "../../lab/experiment/shareLink.js";
import type { Edit } from "../../lab/state/edits.js";
import { Lab } from "../../lab/state/lab.js";
import type { RunClient } from "../../lab/state/runClient.js";
import { HeldWorker } from "./heldWorker.js";

// Page and worker run side by side, so their messages cross: each test lets them through in an order that a busy
// machine may bring about.

const run: RunSpec = {
  name: "small",
  network: { inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 1 },
  training: { optimizer: "gradientDescent", learningRate: 0.1, iterations: 20 },
  normalize: false,
};
const data = { kind: "circles", examples: 40, test: 20, noise: 0.05, seed: 1 } as const;

/** A page with one run, and its worker. */
function page(spec: RunSpec = run, source: PointSource = data) {
  const workers: HeldWorker[] = [];
  const lab = new Lab({ id: "small", topic: "free", experiment: { data: source, runs: [spec] } }, () => {
    const worker = new HeldWorker();
    workers.push(worker);
    return worker;
  });
  lab.setSpeed(Number.POSITIVE_INFINITY);
  const [worker] = workers;
  const [client] = lab.clients.value;
  let now = 0;
  return {
    lab,
    worker,
    client,
    /** The page asks for a look, a second after the last one, and sees it. */
    see(): void {
      now += 1000;
      lab.look(now);
      worker.obey();
      worker.tell();
    },
    /** Trains as far as it was told to; the page has heard nothing of it. */
    async train(): Promise<void> {
      worker.obey();
      await worker.rest();
    },
  };
}

const training =
  (change: TrainingSpec): Edit =>
  (run) => ({ ...run, training: { ...run.training, ...change } });

describe("the page and the worker of a run", () => {
  // What Node 20 does not have.
  beforeEach(() => vi.stubGlobal("navigator", { hardwareConcurrency: 4 }));
  afterEach(() => vi.unstubAllGlobals());

  it("a change that comes after the last step is not lost: the run trains anew with it", async () => {
    const { lab, worker, client, see, train } = page();
    lab.step();
    await train();
    worker.tell();
    see();
    lab.play();
    await train();
    // The page still sees step 1.
    expect([client.snapshot.value?.iteration, client.running.value]).toEqual([1, true]);
    lab.edit(training({ learningRate: 0.5 }));
    worker.obey();
    worker.tell();
    expect([client.snapshot.value, lab.playing.value]).toEqual([undefined, true]);
    await train();
    worker.tell();
    see();
    const { stopped, training: trained } = client.snapshot.value ?? {};
    expect([stopped, trained?.learningRate, trained?.changes]).toEqual(["finished", 0.5, undefined]);
  });

  it("a run that has ended is known to have, before the look that shows it", async () => {
    const { lab, worker, client, train } = page();
    lab.play();
    await train();
    worker.tell();
    expect([client.snapshot.value, client.ended, lab.playing.value]).toEqual([undefined, true, false]);
    // So a change that starts it anew trains it as well.
    lab.edit(training({ batchSize: 10 }));
    expect([client.ended, client.running.value, lab.playing.value]).toEqual([false, true, true]);
    await train();
    worker.tell();
    expect(client.ended).toBe(true);
    // And so does Play.
    lab.play();
    expect([client.ended, client.running.value]).toEqual([false, true]);
    expect(worker.orders.map(({ message }) => message.type)).toEqual(["start", "advance"]);
  });

  it("a link holds the run as it is seen: a change on its way is not in it, and then with the step it came at", async () => {
    const { lab, worker, client, see, train } = page();
    lab.step();
    await train();
    worker.tell();
    see();
    lab.edit(training({ learningRate: 0.5, l2: 0.1 }));
    expect(lab.replayable().runs[0].training).toMatchObject({ learningRate: 0.1, l2: 0 });
    see();
    const changes = [{ iteration: 1, learningRate: 0.5, l2: 0.1 }];
    expect(lab.replayable().runs[0].training).toMatchObject({ learningRate: 0.1, changes });
    lab.play();
    await train();
    worker.tell();
    see();
    const other = page(readLink(linkOf(lab.replayable()))?.runs[0]);
    other.lab.play();
    await other.train();
    other.worker.tell();
    other.see();
    const outcome = ({ snapshot, curve }: RunClient) => [snapshot.value?.stopped, snapshot.value?.test, curve.value];
    expect(outcome(client)[0]).toBe("finished");
    expect(outcome(other.client)).toEqual(outcome(client));
  });

  it("the end of an order does not end the next one, which the worker has not had yet", async () => {
    const { lab, worker, client, see, train } = page();
    lab.step();
    await train();
    lab.play();
    worker.tell();
    expect([client.running.value, lab.playing.value]).toEqual([true, true]);
    await train();
    worker.tell();
    expect([client.running.value, lab.playing.value]).toEqual([false, false]);
    see();
    expect(client.snapshot.value?.iteration).toBe(20);
  });

  it("another speed does not start a run anew whose doctor is still at its last word", async () => {
    const { lab, worker, client, see, train } = page();
    lab.play();
    await train();
    // That all is said is yet to be heard; a look shows the end before.
    worker.answers.splice(0);
    see();
    expect([client.snapshot.value?.stopped, client.running.value]).toEqual(["finished", true]);
    lab.setSpeed(10);
    expect(worker.orders).toEqual([]);
  });

  it("a look at the points before does not come up over the new ones", async () => {
    const { lab, worker, client, see, train } = page();
    see();
    expect(client.boundary.value?.size).toBe(256);
    const circles = client.points.value;
    // The same points: the picture stays until there is a newer one.
    lab.reset();
    worker.obey();
    worker.tell();
    expect([client.boundary.value?.size, client.snapshot.value]).toEqual([256, undefined]);
    lab.play();
    await train();
    lab.look(10_000);
    worker.obey();
    lab.setData({ ...data, kind: "moons" });
    worker.tell();
    expect(client.snapshot.value).toBeUndefined();
    worker.obey();
    worker.tell();
    expect(client.points.value).not.toEqual(circles);
    expect(client.boundary.value).toBeUndefined();
    see();
    expect(client.boundary.value?.size).toBe(128);
  });

  it("the chart is drawn again for a run anew of as many points as the one before", async () => {
    const { lab, worker, client, see, train } = page();
    lab.play();
    await train();
    worker.tell();
    see();
    const before = client.curve.value;
    const drawn = lab.chartTick.value;
    see();
    expect(lab.chartTick.value).toBe(drawn + 1);
    // All of it between two frames.
    lab.newSeed();
    lab.play();
    await train();
    worker.tell();
    client.look({ boundary: 0, layers: false, doctor: "nothing" }, 0);
    worker.obey();
    worker.tell();
    expect(client.curve.value).toHaveLength(before.length);
    expect(client.curve.value).not.toEqual(before);
    see();
    expect(lab.chartTick.value).toBe(drawn + 2);
  });

  it("weights asked for just before a run starts anew, or its worker dies, are none: never those of another run", async () => {
    const { lab, worker, client } = page();
    const early = client.weights();
    lab.newSeed();
    expect(await early).toBeUndefined();
    const late = client.weights();
    worker.obey();
    worker.tell();
    expect((await late)?.theta).toEqual(network({ ...run.network, seed: 2 }).theta);
    const last = client.weights();
    worker.onerror?.({ message: "out of memory", preventDefault: () => undefined } as ErrorEvent);
    expect([client.problem.value, await last, await client.weights()]).toEqual(["out of memory", undefined, undefined]);
  });

  it("a machine that stood still is waited for; a worker that stays silent while the page is awake is not", () => {
    const { lab, worker, client } = page();
    lab.look(0);
    lab.look(3_600_000);
    expect(client.problem.value).toBeUndefined();
    worker.obey();
    worker.tell();
    expect(client.snapshot.value?.iteration).toBe(0);
    lab.step();
    const frames = Array.from({ length: 1200 }, (_, k) => 4_000_000 + (k * 1000) / 60);
    for (const now of frames.slice(0, 600)) lab.look(now);
    expect(client.problem.value).toBeUndefined();
    for (const now of frames.slice(600)) lab.look(now);
    expect(client.problem.value).toBe("the run has not answered for ten seconds");
    lab.restart(0);
    expect(client.problem.value).toBeUndefined();
  });

  it("playing ends when the only run under way is taken away", () => {
    const { lab } = page();
    lab.fork();
    expect(lab.playing.value).toBe(true);
    lab.remove(1);
    expect(lab.playing.value).toBe(false);
  });

  it("a run that breaks stops at its last finite weights, says what broke, and trains anew when it is changed", async () => {
    const spiral = presetOf("spiral").experiment;
    const { lab, worker, client, see, train } = page(spiral.runs[0], spiral.data);
    lab.edit(training({ optimizer: "gradientDescent", learningRate: 1e200 }));
    lab.play();
    await train();
    worker.tell();
    see();
    expect(client.snapshot.value?.broken).toContain("is not finite");
    expect([client.ended, lab.playing.value]).toEqual([true, false]);
    lab.edit(training({ learningRate: 0.1, epochs: 1 }));
    expect(lab.playing.value).toBe(true);
    await train();
    worker.tell();
    see();
    expect(client.snapshot.value).toMatchObject({ iteration: 10, stopped: "finished", broken: undefined });
  });

  it("a change after which a run would be none is refused in words, and the experiment stays", () => {
    const { lab } = page();
    const before = lab.experiment.value;
    const rows = [[0, 2]] as const;
    lab.edit((run) => ({
      ...run,
      network: { ...run.network, layers: [concatenation([{ rows }, { rows: [[1, 3]] }]), dense(1, "sigmoid")] },
    }));
    expect(lab.experiment.value).toBe(before);
    expect(lab.notice.value).toContain("takes rows 1 to 2, the input has 2 rows");
    lab.edit((run) => ({
      ...run,
      network: { ...run.network, layers: [concatenation([{ rows }]), dense(1, "sigmoid")] },
    }));
    expect(lab.notice.value).toBeUndefined();
    const fitting = lab.experiment.value;
    lab.setData({
      kind: "own",
      name: "",
      featureNames: ["x"],
      features: [[0, 1, 2, 3]],
      targets: [0, 1, 0, 1],
      test: 0.5,
      seed: 0,
    });
    expect(lab.experiment.value).toBe(fitting);
    expect(lab.notice.value).toContain("takes rows 0 to 1, the input has 1 row");
  });
});
