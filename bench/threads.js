// Two threads of one run beside two processes of one thread each: how much of two cores a step can use. By itself:
// `node bench/threads.js [PATTERN] [ROUNDS]`.
//
// Two runs side by side take turns with one run on two threads, and with one alone. All are timed on the clock, in blocks; of each
// the fastest block counts, since whatever else the machine does only slows it down.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import { ownRows } from "./ownRows.js";
import { jobOf } from "./rows.js";

const { targetLine } = await createJiti(import.meta.url).import("./targets.ts");
const contestant = fileURLToPath(new URL("contestant.js", import.meta.url));
const root = fileURLToPath(new URL("..", import.meta.url));

/** Throughput of two threads over that of two processes. */
const target = { to: "two processes", atLeast: 0.9 };
const aimedAt = /784|20,000/;

/** As lines of Markdown, one a row of two threads in `ownRows`. */
export async function besideProcesses({ rows = /./, rounds = 10 } = {}) {
  const lines = [];
  const shares = [];
  for (const row of ownRows.filter(({ name, threads, kind }) => threads === 2 && kind === "train" && rows.test(name))) {
    const { one, pair, two } = await rates(row, rounds);
    const [name] = row.name.split(/, 2 threads/);
    if (aimedAt.test(name)) shares.push({ name, share: two / pair });
    lines.push(`| ${name} | ${(two / one).toFixed(2)} × | ${(pair / one).toFixed(2)} × | ${(two / pair).toFixed(2)} |`);
  }
  const least = shares.length > 0 && shares.reduce((a, b) => (a.share < b.share ? a : b));
  return [
    "### Two threads",
    "",
    "Steps a second, as multiples of one process on one thread that has the machine for itself: one run on two threads, and two runs " +
      "in two processes at the same time, together.",
    "",
    "| step | two threads | two processes | threads / processes |",
    "|---|--:|--:|--:|",
    ...lines,
    ...(least ? ["", `- Target, at the lowest (${least.name}): ${targetLine(target, least.share)}`] : []),
  ];
}

/** The most steps a second of one process, two at a time, and one on two threads. */
async function rates(row, rounds) {
  const job = { ...jobOf(row), clock: "wall" };
  const single = { ...job, threads: 1 };
  const children = [];
  try {
    for (const given of [single, single, job]) children.push(await begun(given));
    const [first, second, threaded] = children;
    const best = { one: 0, pair: 0, two: 0 };
    const rate = async (child, count) => count / (await ask(child, { count })).seconds;
    // All take as many steps, those of 0.1 s alone.
    const count = first.count * 5;
    for (let round = 0; round < rounds; round++) {
      best.two = Math.max(best.two, await rate(threaded.process, 2 * count));
      const [a, b] = await Promise.all([first, second].map((child) => rate(child.process, count)));
      best.pair = Math.max(best.pair, 2 * Math.min(a, b));
      best.one = Math.max(best.one, await rate(first.process, count));
    }
    return best;
  } finally {
    for (const child of children) child.process.kill();
  }
}

/** A process that has warmed up. */
async function begun(job) {
  const child = fork(contestant, [root]);
  await once(child, "message"); // it listens
  const { count } = await ask(child, { job });
  return { process: child, count };
}

async function ask(child, question) {
  child.send(question);
  const [answer] = await once(child, "message");
  if (answer.failure !== undefined) throw new Error(answer.failure);
  return answer;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , pattern, rounds] = process.argv;
  const lines = await besideProcesses({
    ...(pattern !== undefined && { rows: new RegExp(pattern) }),
    ...(rounds !== undefined && { rounds: Number(rounds) }),
  });
  console.log(lines.join("\n"));
}
