import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { table } from "./table.js";

/** Everything that made the run what it is, to read and to copy, with the command that runs it again. */
export function configurationSection(configuration: Readonly<Record<string, unknown>>, command: string): Markup {
  return markup`<h2>Run it again</h2>
<pre class="command"><code>${command}</code></pre>
<h2>Configuration</h2>
${table("Options as used", [{ label: "option" }, { label: "value", kind: "long" }], configurationRows(configuration))}
<details><summary>As JSON</summary><pre><code>${JSON.stringify(configuration, undefined, 2)}</code></pre></details>`;
}

/** One row a value, nested names joined by dots. A list of plain values is one row; of objects, such as layers, one row each. */
export function configurationRows(value: unknown, path = ""): string[][] {
  if (typeof value !== "object" || value === null) return [[path, inWords(value)]];
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item !== "object" || item === null);
    return plain ? [[path, inWords(value)]] : value.map((item, i) => [`${path} ${i + 1}`, inWords(item)]);
  }
  return Object.entries(value).flatMap(([name, part]) =>
    part === undefined ? [] : configurationRows(part, path === "" ? name : `${path}.${name}`),
  );
}

function inWords(value: unknown): string {
  if (typeof value === "number") return formatNumber(value, 15);
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(inWords).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${name} ${inWords(part)}`)
    .join(", ");
}
