import { useState } from "preact/hooks";
import type { Lab } from "../state/lab.js";
import { openFile } from "../state/openFile.js";
import { strings } from "../strings.js";
import { Dialog } from "./Dialog.js";

const { open: texts } = strings;

/** Takes up a run from a file: a configuration, or a model. Dropping the file onto the page does the same. */
export function OpenDialog({ lab, onClose }: { readonly lab: Lab; readonly onClose: () => void }) {
  const [problem, setProblem] = useState<string | undefined>();
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const wrong = await openFile(lab, file);
    if (wrong === undefined) onClose();
    else setProblem(wrong);
  };
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <p>{texts.what}</p>
      <p>
        <label>
          {texts.file}{" "}
          <input
            type="file"
            accept=".json,.safetensors,application/json"
            onChange={(event) => void open(event.currentTarget.files?.[0])}
          />
        </label>
      </p>
      <p class="caption">{texts.drop}</p>
      {problem !== undefined && (
        <p class="notice" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
