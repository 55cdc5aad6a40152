// Compiles the kernels to WebAssembly.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dispatchSource } from "./operations.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const flags = "-O3 --noAssert --runtime stub --importMemory --maximumMemory 65536 --lowMemoryLimit 16384".split(" ");

/**
 * The WebAssembly of an entry of kernels/ with some operations. The dispatch is made on the way: it is no file.
 *
 * @param operations as `operationsIn` lists them
 * @param features of WebAssembly that it may use beside `simd`
 */
export async function compile(entry, operations, features = ["threads"]) {
  const { default: asc } = await import("assemblyscript/asc");
  const dispatch = dispatchSource(operations, entry === "predict.ts");
  let binary;
  // Paths from the root of the repository on, so that a kernel under src/ops/ and the others mean the same modules.
  const { error, stderr } = await asc.main(
    [`kernels/${entry}`, ...flags, "--enable", ["simd", ...features].join(), "--outFile", "kernels.wasm"],
    {
      readFile: (name, base) => {
        const path = base === "." ? name : `${base}/${name}`;
        if (path === "kernels/generated/dispatch.ts") return dispatch;
        try {
          return readFileSync(root + path, "utf8");
        } catch {
          return null;
        }
      },
      writeFile: (_name, contents) => {
        binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  return binary;
}
