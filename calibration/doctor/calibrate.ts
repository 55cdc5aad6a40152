// npm run calibrate-doctor: every preset over 20 seeds; writes RESULTS.md.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { judge } from "./judge.js";
import { presets } from "./presets.js";

const seeds = Number(process.argv[2] ?? 20);
const lines = [
  "# Calibration of the doctor",
  "",
  `Made by \`npm run calibrate-doctor\`: each run with the seeds 1 to ${seeds} of weights and data, Node ${process.version}.`,
  "",
  "| run | has | found | beside it |",
  "|---|---|--:|---|",
];
for (const preset of presets) {
  const found = new Map<string, number>();
  for (let seed = 1; seed <= seeds; seed++) {
    for (const symptom of new Set(await judge(preset, seed))) found.set(symptom, (found.get(symptom) ?? 0) + 1);
  }
  const own = preset.symptom === undefined ? "" : `${found.get(preset.symptom) ?? 0} of ${seeds}`;
  const beside = [...found]
    .filter(([symptom]) => symptom !== preset.symptom)
    .map(([symptom, count]) => `${symptom} ${count}`);
  lines.push(`| ${preset.name} | ${preset.symptom ?? "nothing"} | ${own} | ${beside.join(", ")} |`);
  console.log(lines.at(-1));
}
if (seeds === 20) writeFileSync(fileURLToPath(new URL("RESULTS.md", import.meta.url)), `${lines.join("\n")}\n`);
