// Takes a folder's lock again and again, holds it for a moment, and now and then is killed while it does. Whoever finds
// another one alive inside prints so.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const [, , compiled, folder, rounds, killAt] = process.argv;
const { FolderLock } = await import(compiled);
const marker = `${folder}/inside`;

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
};

let held = 0;
while (held < Number(rounds)) {
  let lock;
  try {
    lock = await FolderLock.take(folder, "test", (holder) => `held by ${holder}`);
  } catch (error) {
    if (!/^held by process \d+$/.test(error.message)) console.log(`unexpected: ${error.message}`);
    await wait(1);
    continue;
  }
  if (existsSync(marker)) {
    const other = Number(readFileSync(marker, "utf8"));
    if (other !== process.pid && isAlive(other)) console.log(`two inside: ${process.pid} and ${other}`);
  }
  writeFileSync(marker, String(process.pid));
  await wait(1);
  if (readFileSync(marker, "utf8") !== String(process.pid)) console.log(`two inside: ${process.pid}`);
  held++;
  if (held === Number(killAt)) process.kill(process.pid, "SIGKILL");
  rmSync(marker, { force: true });
  await lock.release();
}
console.log(`held ${held}`);
