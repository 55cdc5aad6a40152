import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { Lazy } from "./Lazy.js";

/** The parts of the page that not every visit needs. */

interface DialogProps {
  readonly lab: Lab;
  readonly onClose: () => void;
}

const loadCheckPanel = () => import("./CheckPanel.js").then(({ CheckPanel }) => CheckPanel);
const loadShareDialog = () => import("./ShareDialog.js").then(({ ShareDialog }) => ShareDialog);
const loadOwnDataDialog = () => import("./OwnDataDialog.js").then(({ OwnDataDialog }) => OwnDataDialog);

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

export function LazyOwnDataDialog(props: DialogProps) {
  return <Lazy load={loadOwnDataDialog} props={props} />;
}
