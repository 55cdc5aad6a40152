// Writes the registries of the operations: one of the definitions of each kind, and one of each facet, so that nobody
// bundles a facet that is not used. An operation is a folder `<kind>/<name>/`; its definition is `<name>.ts`, a facet
// `<name>.<facet>.ts`, and each exports one constant called `<name>`.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Kinds of operations, by the folder they are in, and what there are many of. */
export const kinds = {
  activation: "activations",
  layer: "layers",
  structure: "structures",
  loss: "losses",
  optimizer: "optimizers",
  average: "averages",
  initializer: "initializers",
  schedule: "schedules",
};

/** What is no TypeScript module of the library: the kernels are compiled by themselves. */
const foreign = new Set(["kernel"]);

/** Writes the registries of the operations in a folder. */
export function generate(ops = here) {
  const generated = `${ops}generated/`;
  mkdirSync(generated, { recursive: true });
  for (const [kind, many] of Object.entries(kinds)) {
    const names = operationsOf(ops, kind);
    write(`${generated}${many}.ts`, registry(kind, many, names, ""));
    for (const facet of facetsOf(ops, kind, names)) {
      const having = names.filter((name) => existsSync(`${ops}${kind}/${name}/${name}.${facet}.ts`));
      const title = `${kind}${facet[0].toUpperCase()}${facet.slice(1)}`;
      write(`${generated}${title}.ts`, registry(kind, title, having, `.${facet}`));
    }
  }
}

/** Names of the operations of a kind, in the order of their codes. */
export function operationsOf(ops, kind) {
  return readdirSync(`${ops}${kind}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function facetsOf(ops, kind, names) {
  const facets = names.flatMap((name) =>
    readdirSync(`${ops}${kind}/${name}`).flatMap((file) => file.match(`^${name}\\.(\\w+)\\.ts$`)?.[1] ?? []),
  );
  return [...new Set(facets)].filter((facet) => !foreign.has(facet)).sort();
}

function registry(kind, title, names, facet) {
  return [
    "// Made by src/ops/generate.js",
    ...names.map((name) => `import { ${name} } from "../${kind}/${name}/${name}${facet}.js";`),
    "",
    `export const ${title} = { ${names.join(", ")} } as const;`,
    "",
  ].join("\n");
}

/** Only where it changes: an unchanged file keeps its time, by which builds go. */
function write(path, text) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  writeFileSync(path, text);
}
