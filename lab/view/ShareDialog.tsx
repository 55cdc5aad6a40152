import { OptionError } from "gradproof";
import { useState } from "preact/hooks";
import { configurationFile } from "../experiment/configurationFile.js";
import { linkOf } from "../experiment/shareLink.js";
import { download } from "../state/download.js";
import type { Lab } from "../state/lab.js";
import { csvOf } from "../state/pointsCsv.js";
import { weightsArchive, weightsFile } from "../state/weights.js";
import { strings } from "../strings.js";
import { CodeOfRun } from "./CodeOfRun.js";
import { Dialog } from "./Dialog.js";

const { share: texts } = strings;

/** A link to the experiment, and the selected run as files. */
export function ShareDialog({ lab, onClose }: { readonly lab: Lab; readonly onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  const experiment = lab.replayable();
  const run = experiment.runs[lab.selected.value];
  const { data } = experiment;
  const link = linkOr(() => location.href.replace(/#.*$/, "") + linkOf(experiment));
  const letter = strings.run.letter(lab.selected.value);
  const takeWeights = async (file: string, write: typeof weightsFile): Promise<void> => {
    const weights = await lab.selectedClient.value?.weights();
    if (weights) download(file, write(run, weights), "application/octet-stream");
  };
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <p>{texts.link}</p>
      {typeof link === "string" ? (
        <div class="row">
          <input readOnly value={link} aria-label={texts.linkLabel} onFocus={(event) => event.currentTarget.select()} />
          <button
            type="button"
            class="primary"
            onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}
          >
            {copied ? texts.copied : texts.copy}
          </button>
        </div>
      ) : (
        <p class="notice">{link.why}</p>
      )}
      <h3>
        {texts.run} <span class="of">{`${letter}, ${run.name}`}</span>
      </h3>
      <div class="row">
        <button type="button" onClick={() => download("data.csv", csvOf(data), "text/csv")}>
          {texts.data}
        </button>
        <button type="button" onClick={() => download("config.json", configurationFile(run, data), "application/json")}>
          {texts.config}
        </button>
        <button type="button" onClick={() => void takeWeights("weights.safetensors", weightsFile)}>
          {texts.weights}
        </button>
        <button type="button" onClick={() => void takeWeights("weights.npz", weightsArchive)}>
          {texts.arrays}
        </button>
      </div>
      <p>
        {texts.command} <code>{texts.commandLine}</code>
      </p>
      <p class="caption">{texts.commandNote}</p>
      <CodeOfRun run={run} data={data} />
    </Dialog>
  );
}

/** The link, or why there is none. */
function linkOr(make: () => string): string | { readonly why: string } {
  try {
    return make();
  } catch (error) {
    if (error instanceof OptionError) return { why: error.message };
    throw error;
  }
}
