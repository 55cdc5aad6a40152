// Two commits of gradproof on the same jobs, turn by turn: `npm run bench -- --against REF`.
//
// Both builds are given this checkout's jobs, through public names. Each has a process of its own, since two builds in one
// share its heap and the garbage of both; and a fresh pair of processes for each row and round, since where memory comes to lie
// makes a process some percent faster or slower for as long as it lives, which no number of blocks averages out. So a round
// gives one ratio, from blocks of 20 ms in the order A B B A …, and the interval is one of rounds.
//
// One thread is timed in processor time. With 15 to 20 other processes on two cores, rounds of a commit against itself had a
// standard deviation of 1 to 3 % so, and of 14 to 40 % on the clock, which two threads need: they want a quiet machine.
import { fork } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import { ownRows } from "./ownRows.js";
import { jobOf } from "./rows.js";
import { timeText } from "./timeText.js";
import { addWorktree, buildWorktree, commitOf, isDirty } from "./worktree.js";

const jiti = createJiti(import.meta.url);
const { medianInterval } = await jiti.import("./interval.ts");
const { chooseRows } = await jiti.import("./options.ts");
const { OptionError } = await jiti.import("../src/constraint/constraint.ts");
const contestant = fileURLToPath(new URL("contestant.js", import.meta.url));

/** Pairs of blocks a round. */
const pairs = 6;
/** A ratio from which a row counts as slower. */
const slower = 1.02;

/** Measures the checkout in `root` against another commit of it and prints what comes out. */
export async function compareCommits(root, options) {
  const rows = chooseRows(ownRows, options);
  const commit = commitOf(root, options.against);
  if (commit === undefined) {
    throw new OptionError(
      `--against: git knows no commit "${options.against}" here; give a branch, a tag or a hash, as in "--against HEAD~1"`,
    );
  }
  const stop = new AbortController();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const name of signals) process.on(name, () => stop.abort(name));
  const worktree = addWorktree(root, commit);
  try {
    const ref = commit.slice(0, 9);
    console.log(`building ${ref} in ${worktree.path} …`);
    await buildWorktree(root, worktree.path, stop.signal);
    console.log(
      `this checkout${isDirty(root) ? ", with its uncommitted changes," : ""} against ${options.against} (${ref})`,
    );
    const measured = await allRounds(rows, options.rounds, [root, worktree.path], stop.signal);
    report(rows, measured, ref);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.exitCode = 128 + constants.signals[stop.signal.reason];
    console.error(`ended by ${stop.signal.reason}; removing ${worktree.path}`);
  } finally {
    worktree.remove();
  }
}

/** What each row's rounds have measured. Rounds are outside, so that a slow minute meets all rows. */
async function allRounds(rows, rounds, roots, signal) {
  const measured = rows.map(() => []);
  for (let round = 1; round <= rounds; round++) {
    for (const [r, row] of rows.entries()) {
      progress(round, rounds, r, rows);
      measured[r].push(await oneRound(jobOf(row), roots, signal));
    }
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  return measured;
}

/** Seconds that a build takes for one, in each of its blocks; both builds in fresh processes. */
async function oneRound(job, roots, signal) {
  const builds = roots.map((root) => new Contestant(root, signal));
  try {
    const counts = [];
    await Promise.all(builds.map(({ ready }) => ready));
    for (const build of builds) counts.push((await build.ask({ job })).count);
    const count = Math.max(...counts);
    const times = builds.map(() => []);
    for (let pair = 0; pair < pairs; pair++) {
      for (const k of pair % 2 === 0 ? [0, 1] : [1, 0]) times[k].push((await builds[k].ask({ count })).seconds / count);
    }
    return times;
  } finally {
    for (const build of builds) build.end();
  }
}

/** A build in a process of its own. */
class Contestant {
  constructor(root, signal) {
    // Detached from the terminal's Ctrl-C, which this program handles.
    this.child = fork(contestant, [root], { detached: true });
    this.signal = signal;
    /** Its first answer, unasked, says that it listens. */
    this.ready = this.answer();
  }

  ask(question) {
    this.child.send(question);
    return this.answer();
  }

  async answer() {
    const { child, signal } = this;
    const over = new AbortController();
    const until = { signal: AbortSignal.any([signal, over.signal]) };
    try {
      const [answer] = await Promise.race([
        once(child, "message", until),
        once(child, "exit", until).then(([code]) => [{ failure: `a process that measures has ended with ${code}` }]),
      ]);
      if (answer.failure !== undefined) throw new Error(answer.failure);
      return answer;
    } finally {
      over.abort();
    }
  }

  end() {
    this.child.kill();
  }
}

/** One line a row, and which rows are slower. */
function report(rows, measured, ref) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const time = (which, rounds) => timeText(1e6 * Math.min(...rounds.flatMap((round) => round[which]))).padStart(16);
  const slow = [];
  console.log(`${"".padEnd(width)}  this/${ref}  95 % interval     this, at best   ${ref}`);
  for (const [r, { name }] of rows.entries()) {
    const { median, low, high } = medianInterval(measured[r].map(roundRatio));
    if (low > slower) slow.push(name);
    console.log(
      `${name.padEnd(width)}  ${median.toFixed(3).padStart(14)}  ${low.toFixed(3)} … ${high.toFixed(3)}` +
        `${time(0, measured[r])}${time(1, measured[r])}`,
    );
  }
  console.log(
    slow.length === 0
      ? `\nNo row's interval lies wholly above ${slower}.`
      : `\nSlower, with an interval wholly above ${slower}: ${slow.join("; ")}.`,
  );
}

/** this/REF of a round: of the least times, since whatever disturbs a block only makes it longer. */
function roundRatio([ours, theirs]) {
  return Math.min(...ours) / Math.min(...theirs);
}

/** One line that is overwritten on a terminal; elsewhere one a round. */
function progress(round, rounds, r, rows) {
  const text = `round ${round} of ${rounds}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}, row ${r + 1} of ${rows.length}: ${rows[r].name}`);
  else if (r === 0) console.error(text);
}
