import { useMemo } from "preact/hooks";
import { strings } from "../strings.js";
import type { LabImages } from "../worker/points.js";
import type { Gallery as Predictions } from "../worker/protocol.js";
import { ImageCanvas } from "./ImageCanvas.js";

const COLUMNS = 5;

export interface GalleryProps {
  readonly letter: string;
  readonly images: LabImages;
  readonly predictions: Predictions | undefined;
}

/** Test images with what the network takes them for, where that is wrong. */
export function Gallery({ letter, images, predictions }: GalleryProps) {
  const rows = useMemo(
    () =>
      Array.from({ length: Math.ceil(images.shown.length / COLUMNS) }, (_, r) =>
        images.shown.slice(r * COLUMNS, (r + 1) * COLUMNS),
      ),
    [images],
  );
  const marks = useMemo(
    () =>
      images.classes.map((k, j) =>
        predictions && predictions.predicted[j] !== k ? `${predictions.predicted[j]}` : undefined,
      ),
    [images, predictions],
  );
  const wrong = marks.filter((mark) => mark !== undefined).length;
  return (
    <div>
      <ImageCanvas
        side={images.side}
        rows={rows}
        marks={marks}
        label={strings.run.gallery(letter, wrong, images.shown.length)}
      />
      <p class="caption">{strings.run.galleryKey}</p>
    </div>
  );
}
