// The most that 128-bit multiplications and additions give on this processor, one thread: what kernels without fused
// multiply-add are measured against. `node bench/ceiling.js` prints it.
import { pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";

/**
 * How many chains `x ← x · ½ + ½` run side by side, all in registers. A chain waits for its own last result, so
 * there have to be as many as the processor can have on the way: two a cycle, six cycles each, make 12 on AMD's Zen 3 to 5.
 * Processors differ, so the best of these counts. V8 has 15 registers, one of which holds ½.
 */
const counts = [8, 9, 10, 11, 12, 13];

/** FLOP a call, about: 0.1 to 0.3 ms. */
const flopsPerCall = 5e6;

/**
 * GFLOP/s of the 128-bit ceiling.
 *
 * @param {"f32" | "f64"} type
 */
export async function ceiling(type) {
  const loops = await Promise.all(counts.map((chains) => loop(type, chains)));
  let best = 0;
  // In turns, and the best counts: whatever disturbs a loop only makes it slower. The first turns warm up.
  for (let turn = 0; turn < 200; turn++) for (const run of loops) best = Math.max(best, run());
  return best;
}

/** A function that runs some chains for a moment and returns their GFLOP/s. */
async function loop(type, chains) {
  const { run } = await compiled(type, chains);
  const flopsPerRound = 2 * chains * (type === "f32" ? 4 : 2);
  const rounds = Math.round(flopsPerCall / flopsPerRound);
  return () => {
    const start = performance.now();
    run(rounds, 0.5);
    const seconds = (performance.now() - start) / 1000;
    return (rounds * flopsPerRound) / seconds / 1e9;
  };
}

async function compiled(type, chains) {
  const x = Array.from({ length: chains }, (_, i) => `x${i}`);
  // ½ is an argument: a constant would be put together anew in every round. The values tend to 1, far from subnormal
  // numbers; their sum is returned so that no chain is left out.
  const source = `export function run(rounds: i32, half: ${type}): ${type} {
    const h = v128.splat<${type}>(half);
    ${x.map((name, i) => `let ${name} = v128.splat<${type}>(${i});`).join("\n")}
    for (let k = 0; k < rounds; k++) {
      ${x.map((name) => `${name} = v128.add<${type}>(v128.mul<${type}>(${name}, h), h);`).join("\n")}
    }
    return v128.extract_lane<${type}>(${x.reduce((sum, name) => `v128.add<${type}>(${sum}, ${name})`)}, 0);
  }`;
  const { error, stderr, binary } = await asc.compileString(source, {
    optimizeLevel: 3,
    noAssert: true,
    runtime: "stub",
    enable: ["simd"],
  });
  if (error) throw new Error(`the loop of the ceiling does not compile: ${stderr.toString()}`);
  const { instance } = await WebAssembly.instantiate(binary);
  return instance.exports;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const type of ["f32", "f64"]) console.log(`${type}: ${(await ceiling(type)).toFixed(1)} GFLOP/s`);
}
