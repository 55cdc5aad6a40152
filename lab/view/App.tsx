import { useEffect, useState } from "preact/hooks";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { CheckDrawer } from "./CheckDrawer.js";
import { ControlPanel } from "./ControlPanel.js";
import { CostChart } from "./CostChart.js";
import { DoctorPanel } from "./DoctorPanel.js";
import { LayerStrip } from "./LayerStrip.js";
import { LazyCheckPanel, LazyOpenDialog, LazyOwnDataDialog, LazyShareDialog } from "./lazyParts.js";
import { PointKey } from "./PointKey.js";
import { Tile } from "./Tile.js";
import { PresetBar, TopBar, Transport } from "./TopBar.js";

/** The whole page. */
export function App({ lab }: { readonly lab: Lab }) {
  const [dialog, setDialog] = useState<"share" | "open" | "data" | undefined>();
  useKeys(lab);
  useDrop(lab);
  const clients = lab.clients.value;
  return (
    <>
      <a class="skip" href="#runs">
        {strings.skip}
      </a>
      <TopBar lab={lab} />
      <Transport lab={lab} onShare={() => setDialog("share")} onOpen={() => setDialog("open")} />
      <div class="columns">
        <aside class="settings" aria-label={strings.settings.title}>
          <ControlPanel lab={lab} onOwnData={() => setDialog("data")} />
        </aside>
        <main id="runs" tabIndex={-1}>
          <PresetBar lab={lab} />
          {lab.topic.value === "check" && <LazyCheckPanel lab={lab} />}
          <div class={`tiles tiles-${clients.length}`}>
            {clients.map((client, r) => (
              <Tile key={r} lab={lab} client={client} r={r} />
            ))}
          </div>
          <PointKey lab={lab} />
          <CostChart lab={lab} />
          {lab.topic.value !== "check" && <CheckDrawer lab={lab} />}
        </main>
        <aside class="findings" aria-label={`${strings.doctor.title}, ${strings.layers.title}`}>
          <DoctorPanel lab={lab} />
          <LayerStrip lab={lab} />
        </aside>
      </div>
      {dialog === "share" && <LazyShareDialog lab={lab} onClose={() => setDialog(undefined)} />}
      {dialog === "open" && <LazyOpenDialog lab={lab} onClose={() => setDialog(undefined)} />}
      {dialog === "data" && <LazyOwnDataDialog lab={lab} onClose={() => setDialog(undefined)} />}
      <footer>{strings.footer.local}</footer>
    </>
  );
}

/** A file that is dropped onto the page is opened, but for one that is dropped where tables are read. */
function useDrop(lab: Lab): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = async (event: DragEvent): Promise<void> => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined || event.defaultPrevented) return;
      event.preventDefault();
      const { openFile } = await import("../state/openFile.js");
      const wrong = await openFile(lab, file);
      if (wrong !== undefined) lab.notice.value = wrong;
    };
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
    };
  }, [lab]);
}

/** Space, S and R, unless they are meant for what has the focus. */
function useKeys(lab: Lab): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (target instanceof Element && target.closest("input, select, textarea, button, summary, a, dialog")) return;
      const actions: Readonly<Record<string, () => void>> = {
        " ": () => (lab.playing.value ? lab.pause() : lab.play()),
        s: () => lab.step(),
        r: () => lab.reset(),
      };
      const action = actions[event.key.toLowerCase()];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [lab]);
}
