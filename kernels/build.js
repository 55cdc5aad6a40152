// Compiles the kernels to WebAssembly and writes them as TypeScript modules, so that bundlers, browsers, Node, Deno and
// workers load them like any other module. Does nothing where the modules are newer than the sources.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { generate as generateRegistries } from "../src/ops/generate.js";
import { compile } from "./compile.js";
import { generate as generateShared, write } from "./generate.js";
import { operationsIn, operationTable } from "./operations.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const generated = `${root}src/engine/wasm/generated/`;
const generatedForTests = `${root}test/kernels/generated/`;

// What is generated comes first; what is made of it is compiled with the other sources.
generateRegistries();
generateShared();
const operations = operationsIn();
write(
  `${generated}operations.ts`,
  "// Made by kernels/build.js: the operations that have kernels, with their codes and what plans of memory go by.\n" +
    `export const operations = ${JSON.stringify(operationTable(operations), null, 2)} as const;\n`,
);

const hash = createHash("sha256");
for (const path of [...sourcesIn("kernels"), ...sourcesIn("src/ops").filter((name) => name.endsWith(".kernel.ts"))]) {
  hash.update(`${path}\0`).update(readFileSync(root + path));
}
const version = hash.digest("hex");

// The same sources without relaxed operations, whose results depend on the processor, and with fused multiply-add; forward
// alone, for prediction; and the parts one by one, for the tests.
const variants = [
  { name: "simd", constant: "simdBinary", entry: "index.ts", features: ["threads"], folder: generated },
  { name: "fma", constant: "fmaBinary", entry: "index.ts", features: ["threads", "relaxed-simd"], folder: generated },
  {
    name: "predict",
    constant: "predictBinary",
    entry: "predict.ts",
    features: [],
    folder: generated,
  },
  { name: "parts", constant: "partsBinary", entry: "parts.ts", features: ["threads"], folder: generatedForTests },
];

for (const { name, constant, entry, features, folder } of variants) {
  const path = `${folder}${name}.ts`;
  if (isCurrent(path)) continue;
  const binary = await compile(entry, operations, features);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path,
    `// Made by kernels/build.js from sources ${version}\n` +
      `/** The kernels, ${binary.length} bytes, a character each. */\n` +
      `export const ${constant} =\n  "${asText(binary)}";\n`,
  );
  console.log(`kernels ${name}: ${binary.length} bytes, ${gzipSync(binary).length} compressed`);
}

/**
 * Bytes as characters of a string literal, U+0000 to U+00FF. Compressed on its way to a browser this is a third shorter than
 * base64, in which no two alike stretches look alike. The byte 0 is the character 0, so that the frequent bytes, which are
 * small, or those of vector instructions, are neither control characters nor two bytes of UTF-8: 6 % less, compressed.
 */
function asText(binary) {
  const escapes = { 0: "\\x00", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\" };
  const escaped = (byte) => {
    const code = (byte + 48) & 255;
    return escapes[code] ?? String.fromCharCode(code);
  };
  return Array.from(binary, escaped)
    .join("")
    .replace(/\\x00(?![0-9])/g, "\\0");
}

function sourcesIn(folder) {
  return readdirSync(root + folder, { recursive: true })
    .filter((name) => /\.[jt]s$/.test(name))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .sort();
}

function isCurrent(path) {
  try {
    return readFileSync(path, "utf8").startsWith(`// Made by kernels/build.js from sources ${version}\n`);
  } catch {
    return false;
  }
}
