import { useEffect, useRef } from "preact/hooks";
import { colourOf, schemeChanges } from "./palette.js";

/** Rows of small images in one picture, dark ink on paper or the other way round, as the scheme has it. */
export function ImageCanvas({
  side,
  rows,
  label,
  marks = [],
}: {
  /** Pixels along each side of an image. */
  readonly side: number;
  /** Pixels of 0 (paper) to 255 (ink), row by row. */
  readonly rows: readonly (readonly Uint8Array[])[];
  readonly label: string;
  /** What is written onto an image, by its place in reading order; undefined for nothing. */
  readonly marks?: readonly (string | undefined)[];
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = schemeChanges.value;
  useEffect(() => {
    if (canvas.current) draw(canvas.current, side, rows, marks);
  }, [side, rows, marks, scheme]);
  return <canvas ref={canvas} class="images" role="img" aria-label={label} />;
}

/** Each image is drawn twice as large as it is, so that what is written on it is sharp. */
const ZOOM = 2;

function draw(
  canvas: HTMLCanvasElement,
  side: number,
  rows: readonly (readonly Uint8Array[])[],
  marks: readonly (string | undefined)[],
): void {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const cell = side + 1;
  canvas.width = columns * cell * ZOOM;
  canvas.height = rows.length * cell * ZOOM;
  const context = canvas.getContext("2d");
  if (!context) return;
  const paper = colourOf("paper");
  const ink = colourOf("ink");
  const small = new OffscreenCanvas(side, side);
  const smallContext = small.getContext("2d");
  if (!smallContext) return;
  for (const [r, row] of rows.entries()) {
    for (const [c, pixels] of row.entries()) {
      const image = smallContext.createImageData(side, side);
      for (let k = 0; k < pixels.length; k++) {
        const share = pixels[k] / 255;
        for (let i = 0; i < 3; i++) image.data[4 * k + i] = ink[i] * share + paper[i] * (1 - share);
        image.data[4 * k + 3] = 255;
      }
      smallContext.putImageData(image, 0, 0);
      const x = c * cell * ZOOM;
      const y = r * cell * ZOOM;
      context.drawImage(small, x, y, side * ZOOM, side * ZOOM);
      const mark = marks[r * columns + c];
      if (mark === undefined) continue;
      const colour = `rgb(${colourOf("class-0").join(",")})`;
      context.lineWidth = 2;
      context.strokeStyle = colour;
      context.strokeRect(x + 1, y + 1, side * ZOOM - 2, side * ZOOM - 2);
      context.font = "bold 24px system-ui, sans-serif";
      context.fillStyle = colour;
      context.fillText(mark, x + 4, y + 23);
    }
  }
}
