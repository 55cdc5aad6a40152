import type { Lab } from "../state/lab.js";
import { strings } from "../strings.js";
import { classColour } from "./palette.js";

/** Which mark is which class, and which points are tested on. */
export function PointKey({ lab }: { readonly lab: Lab }) {
  const { classNames, images } = lab.points.value ?? {};
  if (images) return null;
  return (
    <p class="key caption">
      {classNames?.map((name, k) => (
        <span key={name}>
          <span style={{ color: `var(--${classColour(k)})` }}>{k % 2 === 0 ? "●" : "■"}</span> {name}
        </span>
      ))}
      <span>{strings.run.filled}</span>
    </p>
  );
}
