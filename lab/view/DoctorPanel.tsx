import { type Finding, findingInWords, type SymptomName } from "gradproof";
import { formatNumber } from "gradproof/report";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";

/** Every finding of the doctor about the selected run, with what was measured and what to change. */
export function DoctorPanel({ lab }: { readonly lab: Lab }) {
  const { doctor: texts } = strings;
  const client = lab.selectedClient.value;
  const findings = client?.findings.value;
  const snapshot = client?.snapshot.value;
  const letter = strings.run.letter(lab.selected.value);
  return (
    <section class="panel doctor" aria-labelledby="doctor-title">
      <h2 id="doctor-title">
        {texts.title} <span class="of">{letter}</span>
      </h2>
      {snapshot?.broken !== undefined && (
        <div class="finding">
          <h3>▲ {texts.broken}</h3>
          <p>{snapshot.broken}</p>
        </div>
      )}
      {(findings === undefined || snapshot?.iteration === 0) && <p class="empty">{texts.waiting}</p>}
      {findings?.length === 0 && snapshot?.broken === undefined && (snapshot?.iteration ?? 0) > 0 && (
        <p class="health well">✓ {texts.healthy}</p>
      )}
      {(snapshot?.iteration ?? 0) > 0 &&
        bySymptom(findings ?? []).map(({ finding, alsoIn }) => (
          <FindingBox key={finding.symptom} lab={lab} finding={finding} alsoIn={alsoIn} />
        ))}
    </section>
  );
}

interface FindingBoxProps {
  readonly lab: Lab;
  readonly finding: Finding;
  /** Other layers it was found in. */
  readonly alsoIn: readonly number[];
}

function FindingBox({ lab, finding, alsoIn }: FindingBoxProps) {
  const { doctor: texts } = strings;
  const { symptom, why, advice } = findingInWords(finding);
  return (
    <div class="finding">
      <h3>
        ▲ {symptom}
        {finding.layer !== undefined && <span class="of">{texts.layer(finding.layer)}</span>}
      </h3>
      <p>
        {why}.{alsoIn.length > 0 && <> {texts.alsoIn(alsoIn)}</>}
      </p>
      <p class="measure">
        {texts.measured} <b>{formatNumber(finding.measured, 3)}</b>, {texts.threshold}{" "}
        <b>{formatNumber(finding.threshold, 3)}</b>
        {finding.iteration !== undefined && <>, {texts.step(finding.iteration.toLocaleString("en-US"))}</>}
      </p>
      <p>
        <b>{texts.advice}:</b> {advice}.
      </p>
      {finding.patch !== undefined && (
        <button type="button" onClick={() => lab.fork(finding)}>
          {texts.apply}
        </button>
      )}
    </div>
  );
}

/** One finding a symptom: the first, and the layers of the others. */
function bySymptom(findings: readonly Finding[]): { finding: Finding; alsoIn: number[] }[] {
  const found = new Map<SymptomName, { finding: Finding; alsoIn: number[] }>();
  for (const finding of findings) {
    const before = found.get(finding.symptom);
    if (before === undefined) found.set(finding.symptom, { finding, alsoIn: [] });
    else if (finding.layer !== undefined) before.alsoIn.push(finding.layer);
  }
  return [...found.values()];
}
