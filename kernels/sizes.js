// What each operation adds to the kernels, in bytes: `node kernels/sizes.js`. Every one is left out once, so it takes minutes.
import { gzipSync } from "node:zlib";
import { compile } from "./compile.js";
import { operationsIn } from "./operations.js";

const operations = operationsIn();

for (const entry of ["index.ts", "predict.ts"]) {
  const whole = await sizeOf(entry, operations);
  console.log(`${entry}: ${whole.bytes} bytes, ${whole.compressed} compressed; of them`);
  for (const [kind, list] of Object.entries(operations)) {
    for (const operation of list) {
      const rest = { ...operations, [kind]: list.filter((other) => other !== operation) };
      const without = await sizeOf(entry, rest);
      const bytes = whole.bytes - without.bytes;
      const compressed = whole.compressed - without.compressed;
      console.log(
        `  ${operation.name.padEnd(26)} ${String(bytes).padStart(6)} ${String(compressed).padStart(6)} compressed`,
      );
    }
  }
}

async function sizeOf(entry, some) {
  const binary = await compile(entry, some);
  return { bytes: binary.length, compressed: gzipSync(binary, { level: 9 }).length };
}
