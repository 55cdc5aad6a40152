// Compiles the kernels to WebAssembly and writes them as TypeScript modules, so that bundlers, browsers, Node, Deno and
// workers load them like any other module. Does nothing where the modules are newer than the sources.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generate } from "./generate.js";

const kernels = fileURLToPath(new URL(".", import.meta.url));
const generated = fileURLToPath(new URL("../src/engine/wasm/generated/", import.meta.url));
const generatedForTests = fileURLToPath(new URL("../test/kernels/generated/", import.meta.url));

// The sources that both languages are written from come first; what is made of them is compiled with the others.
generate();

const sources = readdirSync(kernels, { recursive: true })
  .filter((name) => name.endsWith(".ts") || name.endsWith(".js"))
  .sort();
const hash = createHash("sha256");
for (const name of sources) hash.update(`${name}\0`).update(readFileSync(kernels + name));
const version = hash.digest("hex");

// The same sources without relaxed operations, whose results depend on the processor, and with fused multiply-add; and
// the parts one by one, for the tests.
const variants = [
  { name: "simd", constant: "simdBinary", entry: "index.ts", features: [], folder: generated },
  { name: "fma", constant: "fmaBinary", entry: "index.ts", features: ["--enable", "relaxed-simd"], folder: generated },
  { name: "parts", constant: "partsBinary", entry: "parts.ts", features: [], folder: generatedForTests },
];

for (const { name, constant, entry, features, folder } of variants) {
  const path = `${folder}${name}.ts`;
  if (isCurrent(path)) continue;
  const binary = await compile(entry, features);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path,
    `// Made by kernels/build.js from sources ${version}\n` +
      `/** The kernels as base64, ${binary.length} bytes. */\n` +
      `export const ${constant} =\n  "${Buffer.from(binary).toString("base64")}";\n`,
  );
  console.log(`kernels ${name}: ${binary.length} bytes`);
}

function isCurrent(path) {
  try {
    return readFileSync(path, "utf8").startsWith(`// Made by kernels/build.js from sources ${version}\n`);
  } catch {
    return false;
  }
}

async function compile(entry, features) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const flags =
    "-O3 --converge --noAssert --runtime stub --importMemory --maximumMemory 65536 --lowMemoryLimit 16384 --enable simd,threads".split(
      " ",
    );
  const { error, stderr } = await asc.main([entry, ...flags, ...features, "--outFile", "kernels.wasm"], {
    readFile: (name, base) => {
      try {
        return readFileSync(`${base === "." ? kernels : `${base}/`}${name}`, "utf8");
      } catch {
        return null;
      }
    },
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  return binary;
}
