import { batch, computed, type Signal, signal } from "@preact/signals";
import { type Finding, OptionError } from "gradproof";
import type { PointSource } from "gradproof/pipeline";
import { type Experiment, MOST_RUNS } from "../experiment/experiment.js";
import { parseRun } from "../experiment/parseRun.js";
import { type Preset, presetOf, type Topic } from "../experiment/presets.js";
import { type Edit, fitted, liveChange, patched, settled } from "./edits.js";
import { LookSchedule } from "./lookSchedule.js";
import { openRunWorker, RunClient, type RunWorker } from "./runClient.js";

/** Steps a second that can be chosen; the last one is as fast as the machine can. */
export const speeds = [1, 10, 100, 1000, 3000, 10_000, Number.POSITIVE_INFINITY] as const;

/** Of the cores beside the page's: the browser draws on them too. */
const TRAINING_SHARE = 0.75;

/** The state of the page, and everything that can be done to it. */
export class Lab {
  readonly topic: Signal<Topic>;
  readonly presetId: Signal<string>;
  readonly experiment: Signal<Experiment>;
  readonly clients: Signal<readonly RunClient[]> = signal([]);
  /** The run whose settings, findings and layers are shown. */
  readonly selected = signal(0);
  /** Whether an edit goes to all runs. */
  readonly editsAll = signal(false);
  readonly speed: Signal<number> = signal(3000);
  readonly playing = signal(false);
  /** Grows when the chart is to be drawn again. */
  readonly chartTick = signal(0);
  /** What went wrong with the last thing that was asked for. */
  readonly notice: Signal<string | undefined> = signal(undefined);
  /** The points, as soon as a run has made them. */
  readonly points = computed(() => this.clients.value.find((client) => client.points.value)?.points.value);
  readonly selectedRun = computed(() => this.experiment.value.runs[this.selected.value]);
  readonly selectedClient = computed(() => this.clients.value[this.selected.value]);
  private readonly looks = new LookSchedule();

  private readonly newWorker: () => RunWorker;

  /** @param newWorker makes the worker of a run */
  constructor(preset: Preset, newWorker: () => RunWorker = openRunWorker) {
    this.topic = signal(preset.topic);
    this.presetId = signal(preset.id);
    this.experiment = signal(preset.experiment);
    this.newWorker = newWorker;
    this.startAll();
  }

  /** Takes up a preset from its start, and runs it. */
  choose(id: string): void {
    const preset = presetOf(id);
    batch(() => {
      this.topic.value = preset.topic;
      this.presetId.value = preset.id;
      this.take(preset.experiment);
    });
    this.play();
  }

  /** Takes up an experiment from outside, a link or a file, and runs it. */
  takeUp(id: "linked" | "opened", experiment: Experiment): void {
    batch(() => {
      this.topic.value = "free";
      this.presetId.value = id;
      this.take(experiment);
    });
    this.play();
  }

  /** Takes up another experiment. */
  take(experiment: Experiment): void {
    batch(() => {
      this.playing.value = false;
      this.experiment.value = experiment;
      this.selected.value = Math.min(this.selected.value, experiment.runs.length - 1);
      this.notice.value = undefined;
      this.startAll();
    });
  }

  play(): void {
    if (this.clients.value.every((client) => client.ended)) this.reset();
    this.drive();
  }

  pause(): void {
    this.playing.value = false;
    for (const client of this.clients.value) client.pause();
  }

  /** One step of every run. */
  step(): void {
    this.pause();
    for (const client of this.clients.value) client.advance(1, Number.POSITIVE_INFINITY);
  }

  /** Back to step 0, with the settings as they are now: the same weights, batches and masks. */
  reset(): void {
    const { data, runs } = this.experiment.value;
    this.take({ data, runs: runs.map(settled) });
  }

  /** Other weights, batches and masks on the same points; the same for all runs, as before. */
  newSeed(): void {
    const { data, runs } = this.experiment.value;
    const seed = Math.max(...runs.map(({ network, training }) => Math.max(network.seed ?? 0, training.seed ?? 0))) + 1;
    const again = this.playing.value;
    this.take({
      data,
      runs: runs.map(settled).map((run) => ({
        ...run,
        network: { ...run.network, seed },
        training: { ...run.training, seed },
      })),
    });
    if (again) this.play();
  }

  setSpeed(perSecond: number): void {
    this.speed.value = perSecond;
    if (this.playing.value) this.drive();
  }

  /** Changes the selected run, or all of them; they go on where they can, and otherwise start anew. */
  edit(change: Edit): void {
    const { data, runs } = this.experiment.value;
    const edited = runs.map((run, r) => (this.editsAll.value || r === this.selected.value ? change(run) : run));
    if (this.refused({ data, runs: edited })) return;
    this.experiment.value = { data, runs: edited };
    for (const [r, run] of edited.entries()) {
      if (run === runs[r]) continue;
      const client = this.clients.value[r];
      const begun = (client.snapshot.value?.iteration ?? 0) > 0;
      const live = begun && !client.ended ? liveChange(runs[r], run) : undefined;
      if (live === undefined) this.restart(r, client.ended);
      else client.change(live);
    }
  }

  /** Other points for all runs. */
  setData(source: PointSource): void {
    const { data, runs } = this.experiment.value;
    const again = this.playing.value;
    const experiment = { data: source, runs: runs.map((run) => fitted(settled(run), source, data)) };
    if (this.refused(experiment)) return;
    this.take(experiment);
    if (again) this.play();
  }

  /** One run more: a copy of the selected one, with what a finding advises. */
  fork(finding?: Finding): void {
    const { data, runs } = this.experiment.value;
    const source = settled(this.selectedRun.value);
    const name = finding ? `${source.name}, ${changeInWords(finding)}` : `${source.name}, copy`;
    const forked = { ...(finding?.patch ? patched(source, finding.patch) : source), name: name.slice(0, 100) };
    // Where there is no room, the last run that is not the one forked gives way.
    const giving = this.selected.value === MOST_RUNS - 1 ? MOST_RUNS - 2 : MOST_RUNS - 1;
    const r = Math.min(runs.length, giving);
    const next = runs.length < MOST_RUNS ? [...runs, forked] : runs.map((run, k) => (k === r ? forked : run));
    this.experiment.value = { data, runs: next };
    this.restart(r, true);
    this.selected.value = r;
  }

  /** Takes a run away; the last one stays. */
  remove(r: number): void {
    const { data, runs } = this.experiment.value;
    if (runs.length === 1) return;
    batch(() => {
      this.clients.value[r].dispose();
      this.clients.value = this.clients.value.filter((_, k) => k !== r);
      this.experiment.value = { data, runs: runs.filter((_, k) => k !== r) };
      this.selected.value = Math.min(this.selected.value, runs.length - 2);
    });
    this.settle();
  }

  /**
   * Makes a run anew, at step 0.
   *
   * @param train whether it trains at once, also where the others rest
   */
  restart(r: number, train = this.playing.value): void {
    const { data, runs } = this.experiment.value;
    const run = runs[r];
    const client = this.clients.value[r] ?? this.addClient();
    client.start(run, data);
    this.looks.forget(client);
    if (!train && !this.playing.value) return;
    this.playing.value = true;
    client.advance(Number.POSITIVE_INFINITY, this.speed.value, this.share());
  }

  /** The experiment with the changes made on the way, so that it replays to the same numbers. */
  replayable(): Experiment {
    const { data, runs } = this.experiment.value;
    return {
      data,
      runs: runs.map((run, r) => {
        const changed = this.clients.value[r]?.changed;
        return changed ? { ...run, training: changed } : run;
      }),
    };
  }

  /** Looks at the runs that need it; called once a frame. */
  look(now: number): void {
    const { clients } = this;
    this.looks.look(clients.value, this.selected.value, now);
    if (this.looks.chartIsDue(clients.value, now)) this.chartTick.value++;
  }

  /** All runs on their way at the speed that is set; one that has ended may have its last word still before it. */
  private drive(): void {
    this.playing.value = true;
    for (const client of this.clients.value) {
      if (client.ended && client.running.value) continue;
      client.advance(Number.POSITIVE_INFINITY, this.speed.value, this.share());
    }
  }

  /** Part of its time that a worker may train: one core is left to the page, most of the others is shared. */
  private share(): number {
    const cores = Math.max(1, navigator.hardwareConcurrency - 1);
    return Math.min(1, (TRAINING_SHARE * cores) / this.experiment.value.runs.length);
  }

  private startAll(): void {
    const { runs } = this.experiment.value;
    const { value: clients } = this.clients;
    for (const client of clients.slice(runs.length)) client.dispose();
    this.clients.value = clients.slice(0, runs.length);
    for (const r of runs.keys()) this.restart(r);
  }

  private addClient(): RunClient {
    const client: RunClient = new RunClient(
      {
        idle: () => this.settle(),
        // The settings are those of a run to come, as when a run is changed that is known to have ended.
        missed: () => this.restart(this.clients.value.indexOf(client), true),
      },
      this.newWorker,
    );
    this.clients.value = [...this.clients.value, client];
    return client;
  }

  /** Whether a run of the experiment would be none, since its layers do not fit the data: then the page says so, and stays. */
  private refused({ data, runs }: Experiment): boolean {
    try {
      for (const run of runs) parseRun(run.name, run, data);
      this.notice.value = undefined;
      return false;
    } catch (thrown) {
      if (!(thrown instanceof OptionError)) throw thrown;
      this.notice.value = thrown.message;
      return true;
    }
  }

  /** Playing ends when no run is under way. */
  private settle(): void {
    if (this.clients.value.every((client) => !client.running.value)) this.playing.value = false;
  }
}

/** A finding's patch in a few words, such as `he` or `learningRate 0.03`. */
function changeInWords({ patch }: Finding): string {
  const words = Object.entries({ ...patch?.network, ...patch?.training }).map(([key, value]) =>
    typeof value === "string" ? value : `${key} ${String(value)}`,
  );
  return [...words, ...(patch?.normalize ? ["normalized"] : [])].join(", ") || "copy";
}
