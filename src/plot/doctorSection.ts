import type { Finding } from "../doctor/finding.js";
import { findingInWords } from "../doctor/findingInWords.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { table } from "./table.js";

/**
 * What is wrong with a run, measured and against which threshold, and what to change.
 *
 * @param ofMembers what was found, of each member of an ensemble; of a network alone one list. A symptom that several members have in
 *   one layer is told of the first, with the numbers of all.
 */
export function doctorSection(ofMembers: readonly (readonly Finding[])[]): Markup {
  const several = ofMembers.length > 1;
  const isSame = (a: Finding, b: Finding): boolean => a.symptom === b.symptom && a.layer === b.layer;
  const findings = ofMembers.flatMap((own, k) =>
    own
      .filter(
        (finding) =>
          !several ||
          !ofMembers
            .slice(0, k)
            .flat()
            .some((before) => isSame(before, finding)),
      )
      .map((finding) => ({
        finding,
        members: ofMembers.flatMap((others, j) => (others.some((one) => isSame(one, finding)) ? [j + 1] : [])),
      })),
  );
  if (findings.length === 0) {
    return markup`<h2>Doctor</h2>
<p>Healthy: none of the symptoms that are looked for was found.</p>`;
  }
  return markup`<h2>Doctor</h2>
${table(
  "Symptoms, causes before their effects",
  [
    { label: "symptom" },
    ...(several ? [{ label: "members", kind: "long" as const }] : []),
    { label: "layer" },
    { label: "measured", kind: "number" },
    { label: "threshold", kind: "number" },
    { label: "why it is bad", kind: "long" },
    { label: "what to change", kind: "long" },
  ],
  findings.map(({ finding, members }) => {
    const { layer, measured, threshold } = finding;
    const { symptom, why, advice } = findingInWords(finding);
    return [
      symptom,
      ...(several ? [members.join(", ")] : []),
      layer === undefined ? "" : String(layer),
      formatNumber(measured, 3),
      formatNumber(threshold, 3),
      why,
      advice,
    ];
  }),
)}`;
}
