import { useMemo, useState } from "preact/hooks";
import type { Lab } from "../state/lab.js";
import { OwnTable, type Table } from "../state/ownTable.js";
import { strings } from "../strings.js";
import { Dialog } from "./Dialog.js";
import { DrawPoints } from "./DrawPoints.js";

const { own: texts } = strings;

/** A table of one's own, from a file, pasted, or drawn by hand. It never leaves the page. */
export function OwnDataDialog({ lab, onClose }: { readonly lab: Lab; readonly onClose: () => void }) {
  const [pasted, setPasted] = useState("");
  const own = useMemo(() => new OwnTable(), []);
  const table = own.table.value;
  const busy = own.busy.value;
  const problem = own.problem.value;
  const readFile = (given: File | undefined): void => {
    if (given) void own.read({ name: given.name, file: given.arrayBuffer() });
  };
  const use = (data: Table["data"]): void => {
    lab.setData(data);
    lab.play();
    onClose();
  };

  return (
    <Dialog title={texts.title} onClose={onClose}>
      <p class="caption">{strings.footer.local}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut; the button beside it does the same */}
      <div
        class="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          readFile(event.dataTransfer?.files[0]);
        }}
      >
        <label>
          {texts.file}{" "}
          <input
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            onChange={(event) => readFile(event.currentTarget.files?.[0])}
          />
        </label>
        <p class="caption">{texts.drop}</p>
      </div>
      <label class="paste">
        {texts.paste}
        <textarea
          rows={5}
          spellcheck={false}
          placeholder={"x,y,label\n0.5,1.2,inside\n-1.4,0.3,outside"}
          value={pasted}
          onInput={(event) => setPasted(event.currentTarget.value)}
        />
      </label>
      <button
        type="button"
        disabled={pasted.trim() === "" || busy}
        onClick={() => void own.read({ name: texts.pasted, file: pasted })}
      >
        {texts.read}
      </button>
      <div aria-live="polite">
        {busy && <p>{texts.reading}</p>}
        {problem !== undefined && (
          <p class="notice" role="alert">
            {problem}
          </p>
        )}
      </div>
      {table && (
        <div class="read-table">
          <p>{texts.found(table.rows.toLocaleString("en-US"), table.columns.length, table.data.featureNames.length)}</p>
          <label>
            {texts.target}{" "}
            <select value={own.target.value} onChange={(event) => void own.predict(event.currentTarget.value)}>
              {table.columns.map((column) => (
                <option key={column} value={column}>
                  {column}
                </option>
              ))}
            </select>
          </label>
          <p>{table.data.classNames ? texts.classes(table.data.classNames) : texts.numbers}</p>
          <button type="button" class="primary" disabled={busy} onClick={() => use(table.data)}>
            {texts.use}
          </button>
        </div>
      )}
      <details>
        <summary>{texts.draw}</summary>
        <DrawPoints onUse={use} />
      </details>
    </Dialog>
  );
}
