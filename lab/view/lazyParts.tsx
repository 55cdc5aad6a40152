import type { LayerSpec } from "gradproof";
import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import type { GalleryProps } from "./Gallery.js";
import { Lazy } from "./Lazy.js";

/** The parts of the page that not every visit needs. */

interface DialogProps {
  readonly lab: Lab;
  readonly onClose: () => void;
}

const loadCheckPanel = () => import("./CheckPanel.js").then(({ CheckPanel }) => CheckPanel);
const loadShareDialog = () => import("./ShareDialog.js").then(({ ShareDialog }) => ShareDialog);
const loadOpenDialog = () => import("./OpenDialog.js").then(({ OpenDialog }) => OpenDialog);
const loadOwnDataDialog = () => import("./OwnDataDialog.js").then(({ OwnDataDialog }) => OwnDataDialog);
const loadGallery = () => import("./Gallery.js").then(({ Gallery }) => Gallery);
const loadAugmentationControls = () =>
  import("./AugmentationControls.js").then(({ AugmentationControls }) => AugmentationControls);
export const loadLossControls = () => import("./LossControls.js").then(({ LossControls }) => LossControls);
export const loadScheduleControls = () =>
  import("./ScheduleControls.js").then(({ ScheduleControls }) => ScheduleControls);
export const loadAverageControls = () => import("./AverageControls.js").then(({ AverageControls }) => AverageControls);
export const loadRateFinder = () => import("./RateFinder.js").then(({ RateFinder }) => RateFinder);
const loadLayerEditor = () => import("./LayerEditor.js").then(({ LayerEditor }) => LayerEditor);
const loadOtherRow = () => import("./LayerPicture.js").then(({ OtherRow }) => OtherRow);
const loadOtherLayer = () => import("./LayerPicture.js").then(({ OtherLayer }) => OtherLayer);

export function LazyLayerEditor(props: { readonly lab: Lab }) {
  return <Lazy load={loadLayerEditor} props={props} />;
}

export function LazyOtherRow(props: { readonly lab: Lab; readonly layer: LayerSpec; readonly k: number }) {
  return <Lazy load={loadOtherRow} props={props} />;
}

export function LazyOtherLayer(props: { readonly layer: LayerSpec }) {
  return <Lazy load={loadOtherLayer} props={props} />;
}

export function LazyCheckPanel(props: { readonly lab: Lab }) {
  return (
    <Lazy load={loadCheckPanel} props={props}>
      <p class="empty">{strings.check.waiting}</p>
    </Lazy>
  );
}

export function LazyShareDialog(props: DialogProps) {
  return <Lazy load={loadShareDialog} props={props} />;
}

export function LazyOpenDialog(props: DialogProps) {
  return <Lazy load={loadOpenDialog} props={props} />;
}

export function LazyOwnDataDialog(props: DialogProps) {
  return <Lazy load={loadOwnDataDialog} props={props} />;
}

export function LazyGallery(props: GalleryProps) {
  return <Lazy load={loadGallery} props={props} />;
}

export function LazyAugmentationControls(props: { readonly lab: Lab }) {
  return <Lazy load={loadAugmentationControls} props={props} />;
}
