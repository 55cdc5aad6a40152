// Writes what shared.js tells in both languages: classes and constants for the kernels, offsets and constants for the library.
// Files that would not change are left alone, so that nothing is built anew for nothing.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, structs } from "./shared.js";

const kernels = fileURLToPath(new URL("./generated/", import.meta.url));
const library = fileURLToPath(new URL("../src/", import.meta.url));
const header = "// Made by kernels/generate.js from kernels/shared.js.\n";

/** Bytes of a field, which lies at a multiple of them. */
const sizes = { i32: 4, u32: 4, usize: 4, f64: 8 };

/** Writes all generated sources. */
export function generate() {
  write(`${kernels}shared.ts`, header + kernelConstants() + Object.entries(structs).map(kernelClass).join(""));
  write(`${kernels}offsets.ts`, header + kernelOffsets());
  const modules = new Map([["engine/wasm/generated/shared.ts", Object.entries(structs).map(libraryStruct).join("")]]);
  for (const [name, group] of Object.entries(constants)) {
    modules.set(group.module, (modules.get(group.module) ?? "") + libraryConstants(name, group));
  }
  for (const [path, text] of modules) write(library + path, header + text);
}

/** Writes a file where it has another text, and its folder. */
export function write(path, text) {
  try {
    if (readFileSync(path, "utf8") === text) return;
  } catch {
    mkdirSync(dirname(path), { recursive: true });
  }
  writeFileSync(path, text);
}

/** `tileBytes` → `TILE_BYTES` */
export function upperSnake(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function kernelConstants() {
  return Object.entries(constants)
    .map(([group, { about, kind, values }]) => {
      const lines = Object.entries(values).map(
        ([name, value]) => `export const ${upperSnake(group)}_${upperSnake(name)}: ${kind} = ${value};\n`,
      );
      return `\n// ${about}\n${lines.join("")}`;
    })
    .join("");
}

function kernelClass([name, { about, fields }]) {
  const lines = fields.map(([field, kind, says]) => `${says ? `  /** ${says} */\n` : ""}  ${field}: ${kind};\n`);
  return (
    `\n/** ${about} */\n// @ts-ignore: decorator\n@unmanaged\nexport class ${name} {\n${lines.join("")}}\n` +
    `/** From one to the next in a table. */\nexport const ${upperSnake(name).slice(1)}_BYTES: usize = ${layoutOf(fields).bytes};\n`
  );
}

/** Where AssemblyScript has put each field, for the test that holds it against the library's offsets. */
function kernelOffsets() {
  const names = Object.keys(structs);
  const lines = names.flatMap((name) => [
    `export const ${name}__bytes: i32 = offsetof<${name}>();\n`,
    ...structs[name].fields.map(([field]) => `export const ${name}__${field}: i32 = offsetof<${name}>("${field}");\n`),
  ]);
  return `import { ${names.join(", ")} } from "./shared";\n\n${lines.join("")}`;
}

/** Where the fields lie, each at a multiple of its size, and the bytes of all. */
function layoutOf(fields) {
  let end = 0;
  const offsets = fields.map(([, kind]) => {
    const offset = Math.ceil(end / sizes[kind]) * sizes[kind];
    end = offset + sizes[kind];
    return offset;
  });
  const widest = Math.max(...fields.map(([, kind]) => sizes[kind]));
  return { offsets, bytes: Math.ceil(end / widest) * widest };
}

function libraryStruct([name, { about, fields }]) {
  const { offsets, bytes } = layoutOf(fields);
  const lines = fields.map(
    ([field, kind, says], k) =>
      `${says ? `  /** ${says} */\n` : ""}  ${field}: { offset: ${offsets[k]}, kind: "${kind}" },\n`,
  );
  const variable = `${name[0].toLowerCase()}${name.slice(1)}`;
  return (
    `\n/** ${about} */\nexport const ${variable}Fields = {\n${lines.join("")}} as const;\n` +
    `export const ${variable}Bytes = ${bytes};\n`
  );
}

function libraryConstants(name, { about, values }) {
  const lines = Object.entries(values).map(([key, value]) => `  ${key}: ${value},\n`);
  return `\n/** ${about} */\nexport const ${name} = {\n${lines.join("")}} as const;\n`;
}
