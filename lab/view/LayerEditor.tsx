import { OptionError } from "gradproof";
import { useState } from "preact/hooks";
import type { RunSpec } from "../experiment/experiment.js";
import { hiddenOf } from "../experiment/layers.js";
import { parseRun } from "../experiment/parseRun.js";
import { withHidden } from "../state/edits.js";
import type { Lab } from "../state/lab.js";
import { type LayerChange, plainLayer } from "../state/layerEdits.js";
import { strings } from "../strings.js";
import { LayerList } from "./LayerList.js";

/** Every hidden layer with its type and all its options; layers are added, moved and removed. */
export function LayerEditor({ lab }: { readonly lab: Lab }) {
  const [refused, setRefused] = useState<{ readonly of: RunSpec; readonly why: string } | undefined>();
  const run = lab.selectedRun.value;
  const { data } = lab.experiment.value;
  const edit = (change: LayerChange): void => {
    try {
      parseRun(strings.settings.network, withHidden(run, change), data);
      setRefused(undefined);
      lab.edit((one) => withHidden(one, change));
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      setRefused({ of: run, why: error.message });
    }
  };
  return (
    <>
      <LayerList
        layers={hiddenOf(run.network.layers)}
        editor={{
          edit,
          put: (type, insert) => edit((hidden) => insert(plainLayer(type, insert, run, data))(hidden)),
        }}
      />
      {/* What was refused of another network says nothing of this one. */}
      {refused !== undefined && refused.of === run && (
        <p class="notice" role="alert">
          {refused.why}
        </p>
      )}
      <p class="caption">{strings.settings.restarts}</p>
    </>
  );
}
