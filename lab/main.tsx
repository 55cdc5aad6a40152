import { render } from "preact";
import { CHART_STYLE } from "../src/plot/theme.js";
import { type Preset, presetOf } from "./experiment/presets.js";
import { readLink } from "./experiment/shareLink.js";
import { Lab } from "./state/lab.js";
import { App } from "./view/App.js";

// The palette of the library's charts, for the page as well.
const palette = new CSSStyleSheet();
palette.replaceSync(CHART_STYLE);
document.adoptedStyleSheets = [palette, ...document.adoptedStyleSheets];

const lab = open();
const place = document.getElementById("lab");
if (place) render(<App lab={lab} />, place);
lab.play();

function frame(now: number): void {
  lab.look(now);
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);

window.addEventListener("hashchange", () => {
  try {
    const linked = readLink(location.hash);
    if (linked) {
      lab.topic.value = "free";
      lab.take(linked);
    }
  } catch (error) {
    lab.notice.value = String(error instanceof Error ? error.message : error);
  }
});

/** The lab with what the address asks for: an experiment, a preset, or the first one. */
function open(): Lab {
  const named = /^#preset=(\w+)$/.exec(location.hash)?.[1];
  try {
    const linked = readLink(location.hash);
    if (linked) return new Lab(presetOf("spiral"), linked);
    return new Lab(named === undefined ? first() : presetOf(named));
  } catch (error) {
    const lab = new Lab(first());
    lab.notice.value = error instanceof Error ? error.message : String(error);
    return lab;
  }
}

function first(): Preset {
  return presetOf("starts");
}
