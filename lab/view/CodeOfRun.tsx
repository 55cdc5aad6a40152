import { OptionError } from "gradproof";
import type { PointSource } from "gradproof/pipeline";
import { useMemo, useState } from "preact/hooks";
import type { RunSpec } from "../experiment/experiment.js";
import { download } from "../state/files.js";
import { type Language, languages, programOf } from "../state/programs.js";
import { strings } from "../strings.js";

const { share: texts } = strings;
const names = Object.keys(languages) as Language[];

/** The run as a program in one of three languages, to read and to take away. */
export function CodeOfRun({ run, data }: { readonly run: RunSpec; readonly data: PointSource }) {
  const [language, setLanguage] = useState<Language>("numpy");
  const program = useMemo(() => programOr(language, run, data), [language, run, data]);
  return (
    <>
      <h3>{texts.code}</h3>
      <div class="row">
        {names.map((name) => (
          <button key={name} type="button" aria-pressed={language === name} onClick={() => setLanguage(name)}>
            {texts.languages[name]}
          </button>
        ))}
        {program.text !== undefined && (
          <button type="button" onClick={() => download(languages[language].file, program.text, "text/plain")}>
            {texts.download}
          </button>
        )}
      </div>
      {program.text === undefined ? (
        <p class="notice">{program.why}</p>
      ) : (
        <textarea
          class="program"
          readOnly
          rows={12}
          wrap="off"
          spellcheck={false}
          aria-label={texts.codeLabel(texts.languages[language])}
          value={program.text}
        />
      )}
    </>
  );
}

type Program = { readonly text: string; readonly why?: never } | { readonly text?: undefined; readonly why: string };

function programOr(language: Language, run: RunSpec, data: PointSource): Program {
  try {
    return { text: programOf(language, run, data) };
  } catch (error) {
    if (error instanceof OptionError || error instanceof RangeError) return { why: error.message };
    throw error;
  }
}
