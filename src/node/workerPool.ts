import { Worker } from "node:worker_threads";

/** What the pool sends to a worker: `{ id, task }`; a worker answers `{ id, result }` or `{ id, failure }`. */
export interface PoolTask<Task> {
  readonly id: number;
  readonly task: Task;
}

export type PoolAnswer<Result> =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly failure: string };

export interface WorkerPoolOptions {
  /** Module that each worker runs. */
  readonly module: URL;
  /** Workers at most; they start when there is work for them. */
  readonly workers: number;
  /** Copied to each worker as its `workerData`. */
  readonly workerData?: unknown;
}

/** How often a task is given to a worker before it is given up. */
const attempts = 3;

interface Job<Task, Result> {
  readonly id: number;
  readonly task: Task;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  died: number;
}

interface Place<Task, Result> {
  readonly worker: Worker;
  job: Job<Task, Result> | undefined;
}

/**
 * Worker threads that take tasks in their order, one each at a time. A worker that dies in the middle of one, by a crash,
 * `process.exit` or too little memory, is replaced, and its task tried again, three times in all. A task that a worker
 * answers with a failure has failed and is not tried again: it would fail again.
 */
export class WorkerPool<Task, Result> {
  private readonly options: WorkerPoolOptions;
  private readonly waiting: Job<Task, Result>[] = [];
  private readonly places = new Set<Place<Task, Result>>();
  private nextId = 1;
  private closed = false;

  constructor(options: WorkerPoolOptions) {
    this.options = options;
  }

  /** Hands a task to the next free worker. */
  run(task: Task): Promise<Result> {
    if (this.closed) return Promise.reject(new Error("the worker pool is closed"));
    return new Promise<Result>((resolve, reject) => {
      this.waiting.push({ id: this.nextId++, task, resolve, reject, died: 0 });
      this.assign();
    });
  }

  /** Ends all workers; tasks under way or waiting are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    const places = [...this.places];
    this.places.clear();
    for (const job of this.waiting.splice(0)) job.reject(new Error("the worker pool was closed"));
    for (const { job } of places) job?.reject(new Error("the worker pool was closed"));
    await Promise.all(places.map(({ worker }) => worker.terminate()));
  }

  private assign(): void {
    while (this.waiting.length > 0 && !this.closed) {
      const idle = [...this.places].find(({ job }) => job === undefined);
      if (idle === undefined && this.places.size >= this.options.workers) return;
      const place = idle ?? this.start();
      const job = this.waiting.shift();
      if (job === undefined) return;
      place.job = job;
      place.worker.postMessage({ id: job.id, task: job.task } satisfies PoolTask<Task>);
    }
  }

  private start(): Place<Task, Result> {
    const worker = new Worker(this.options.module, { workerData: this.options.workerData });
    const place: Place<Task, Result> = { worker, job: undefined };
    this.places.add(place);
    let why = "it ended";
    worker.on("message", (answer: PoolAnswer<Result>) => {
      const { job } = place;
      if (job === undefined || job.id !== answer.id) return;
      place.job = undefined;
      if ("failure" in answer) job.reject(new Error(answer.failure));
      else job.resolve(answer.result);
      this.assign();
    });
    worker.on("error", (error: unknown) => {
      why = error instanceof Error ? error.message : String(error);
    });
    worker.on("exit", (code) => this.bury(place, `${why} (exit code ${code})`));
    return place;
  }

  /** A worker is dead: its task goes back to the head of the line. */
  private bury(place: Place<Task, Result>, why: string): void {
    if (!this.places.delete(place)) return;
    const { job } = place;
    if (job !== undefined) {
      job.died++;
      if (job.died < attempts) this.waiting.unshift(job);
      else job.reject(new Error(`its worker died ${attempts} times, last because ${why}`));
    }
    this.assign();
  }
}
