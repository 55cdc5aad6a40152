import type { Finding } from "../doctor/finding.js";
import { findingInWords } from "../doctor/findingInWords.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { table } from "./table.js";

/** What is wrong with a run, measured and against which threshold, and what to change. */
export function doctorSection(findings: readonly Finding[]): Markup {
  if (findings.length === 0) {
    return markup`<h2>Doctor</h2>
<p>Healthy: none of the symptoms that are looked for was found.</p>`;
  }
  return markup`<h2>Doctor</h2>
${table(
  "Symptoms, causes before their effects",
  [
    { label: "symptom" },
    { label: "layer" },
    { label: "measured", kind: "number" },
    { label: "threshold", kind: "number" },
    { label: "why it is bad", kind: "long" },
    { label: "what to change", kind: "long" },
  ],
  findings.map((finding) => {
    const { layer, measured, threshold } = finding;
    const { symptom, why, advice } = findingInWords(finding);
    return [
      symptom,
      layer === undefined ? "" : String(layer),
      formatNumber(measured, 3),
      formatNumber(threshold, 3),
      why,
      advice,
    ];
  }),
)}`;
}
