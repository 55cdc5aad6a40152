import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A part of the page that is loaded when it is first shown, so that the page itself is there at once. */
export function Lazy<Props>({
  load,
  props,
  children,
}: {
  readonly load: () => Promise<(props: Props) => JSX.Element | null>;
  readonly props: Props;
  /** Shown until then. */
  readonly children?: ComponentChildren;
}) {
  const [Part, setPart] = useState<((props: Props) => JSX.Element | null) | undefined>();
  useEffect(() => {
    // A function given to a setter would be called by it.
    void load().then((part) => setPart(() => part));
  }, [load]);
  return Part ? <Part {...(props as Props & JSX.IntrinsicAttributes)} /> : children;
}
