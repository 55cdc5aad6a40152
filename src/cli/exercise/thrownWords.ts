import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { show } from "../../constraint/constraint.js";

/** What a module threw, in one line, with the place in its folder where it came from: `TypeError: … (line 12)`. */
export function thrownWords(file: string, thrown: unknown): string {
  if (!(thrown instanceof Error)) return `threw ${show(thrown)}`;
  const path = resolve(file);
  const unparsed = /^ParseError: (.*?)\.?\s+\S.*:(\d+):\d+$/s.exec(thrown.message);
  if (unparsed !== null) return `SyntaxError: ${unparsed[1]} (line ${unparsed[2]})`;
  const folder = path.slice(0, -basename(path).length);
  for (const line of (thrown.stack ?? "").split("\n")) {
    const place = /(?:\(|at (?:async )?)((?:file:\/\/)?[^()]+):(\d+):\d+\)?$/.exec(line);
    if (place === null) continue;
    const at = place[1].startsWith("file://") ? fileURLToPath(place[1]) : place[1];
    if (!at.startsWith(folder)) continue;
    const other = at === path ? "" : `${at.slice(folder.length)}, `;
    return `${thrown.name}: ${thrown.message} (${other}line ${place[2]})`;
  }
  return `${thrown.name}: ${thrown.message}`;
}
