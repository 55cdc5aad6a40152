import { CHART_STYLE } from "gradproof/report";
import { render } from "preact";
import type { Experiment } from "./experiment/experiment.js";
import { presetOf } from "./experiment/presets.js";
import { Lab } from "./state/lab.js";
import { App } from "./view/App.js";

/** What a first visit shows. */
const first = "starts";

// The palette of the library's charts, for the page as well.
const palette = new CSSStyleSheet();
palette.replaceSync(CHART_STYLE);
document.adoptedStyleSheets = [palette, ...document.adoptedStyleSheets];

const lab = new Lab(presetOf(/^#preset=(\w+)$/.exec(location.hash)?.[1] ?? first));
const place = document.getElementById("lab");
if (place) render(<App lab={lab} />, place);
if (location.hash.startsWith("#lab=")) void followLink();
else lab.play();
window.addEventListener("hashchange", () => void followLink());

function frame(now: number): void {
  lab.look(now);
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);

/** Takes up the experiment that the address holds, if it holds one. What reads links is loaded only for them. */
async function followLink(): Promise<void> {
  const { readLink } = await import("./experiment/shareLink.js");
  try {
    const linked: Experiment | undefined = readLink(location.hash);
    if (linked === undefined) return;
    lab.topic.value = "free";
    lab.presetId.value = "linked";
    lab.take(linked);
  } catch (error) {
    lab.notice.value = error instanceof Error ? error.message : String(error);
  }
  lab.play();
}
