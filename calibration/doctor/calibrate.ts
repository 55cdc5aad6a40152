// npm run calibrate-doctor: every preset over 20 seeds, and healthy runs of everything; writes RESULTS.md.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type SymptomName, symptomInWords } from "gradproof";
import { judge, judgeDrawn } from "./judge.js";
import { presets } from "./presets.js";

const seeds = Number(process.argv[2] ?? 20);
const drawn = 20 * seeds;
const lines = [
  "# Calibration of the doctor",
  "",
  `Made by \`npm run calibrate-doctor\`: each run with the seeds 1 to ${seeds} of weights and data, Node ${process.version}.`,
  "`during` counts the runs in which it was said before the end.",
  "",
  "| run | has | found | during | beside it | of that during |",
  "|---|---|--:|--:|---|---|",
];
for (const preset of presets) {
  const after = new Map<SymptomName, number>();
  const during = new Map<SymptomName, number>();
  for (let seed = 1; seed <= seeds; seed++) {
    const judgement = await judge(preset, seed);
    count(after, judgement.after);
    count(during, judgement.during);
  }
  const own = (counts: Map<SymptomName, number>): string =>
    preset.symptom === undefined ? "" : `${counts.get(preset.symptom) ?? 0} of ${seeds}`;
  const beside = (counts: Map<SymptomName, number>): string =>
    [...counts]
      .filter(([symptom]) => symptom !== preset.symptom)
      .map(([symptom, times]) => `${symptomInWords(symptom)} ${times}`)
      .join(", ");
  const cells = [
    preset.name,
    preset.symptom === undefined ? "nothing" : symptomInWords(preset.symptom),
    own(after),
    own(during),
    beside(after),
    beside(during),
  ];
  lines.push(`| ${cells.join(" | ")} |`);
  console.log(lines.at(-1));
}
const alarms: string[] = [];
const runsWith = new Map<string, number>();
for (let index = 0; index < drawn; index++) {
  const { during, after, parts } = await judgeDrawn(1, index);
  for (const part of parts) runsWith.set(part, (runsWith.get(part) ?? 0) + 1);
  const said = [...new Set([...during, ...after])].map((symptom) => symptomInWords(symptom)).join(", ");
  if (said !== "") alarms.push(`- run ${index}: ${said} (${parts.join(", ")})`);
}
lines.push(
  "",
  "## Healthy runs of everything",
  "",
  `${drawn} runs are drawn: every loss, optimizer, hidden activation but one, schedule, average and penalty; residual blocks, branches, ` +
    "norms, dropout layers; numbers, codes and encodings for inputs. The test on 16 examples follows where `gradproof train` asks for it.",
  "",
  `Runs with an alarm: ${alarms.length} of ${drawn}.`,
  ...alarms,
  "",
  "| runs with | drawn |",
  "|---|--:|",
  ...[...runsWith].sort().map(([part, runs]) => `| ${part} | ${runs} |`),
);
if (seeds === 20) writeFileSync(fileURLToPath(new URL("RESULTS.md", import.meta.url)), `${lines.join("\n")}\n`);

function count(counts: Map<SymptomName, number>, symptoms: readonly SymptomName[]): void {
  for (const symptom of new Set(symptoms)) counts.set(symptom, (counts.get(symptom) ?? 0) + 1);
}
