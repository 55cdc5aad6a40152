import type { Dataset } from "gradproof";
import { useEffect, useRef } from "preact/hooks";
import type { LabData } from "../experiment/dataOf.js";
import type { Window } from "../experiment/window.js";
import type { Boundary } from "../worker/protocol.js";
import { classColour, classColours256, colourOf, fieldColours, schemeChanges } from "./palette.js";

/** Points drawn at most: beyond that they hide one another. */
const MOST_POINTS = 600;
/** Side of the picture of the points, in pixels of its own. */
const SIDE = 512;

/** What the network answers over the plane, with the points on it. */
export function BoundaryCanvas({
  boundary,
  data,
  window,
  label,
}: {
  readonly boundary: Boundary | undefined;
  readonly data: LabData;
  readonly window: Window;
  readonly label: string;
}) {
  const field = useRef<HTMLCanvasElement>(null);
  const points = useRef<HTMLCanvasElement>(null);
  const scheme = schemeChanges.value;
  const several = data.train.Y.rows > 1;

  useEffect(() => {
    if (field.current && boundary) drawField(field.current, boundary, several ? classColours256() : fieldColours());
  }, [boundary, scheme, several]);
  useEffect(() => {
    if (points.current) drawPoints(points.current, data, window);
  }, [data, window, scheme]);

  return (
    <div class="boundary" role="img" aria-label={label}>
      <canvas ref={field} />
      <canvas ref={points} width={SIDE} height={SIDE} />
    </div>
  );
}

function drawField(canvas: HTMLCanvasElement, { size, pixels }: Boundary, colours: Uint8ClampedArray): void {
  if (canvas.width !== size) {
    canvas.width = size;
    canvas.height = size;
  }
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(size, size);
  for (let k = 0; k < pixels.length; k++) {
    const from = pixels[k] * 3;
    image.data[4 * k] = colours[from];
    image.data[4 * k + 1] = colours[from + 1];
    image.data[4 * k + 2] = colours[from + 2];
    image.data[4 * k + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** Training points filled, test points hollow; circles and squares by class. */
function drawPoints(canvas: HTMLCanvasElement, { train, test }: LabData, window: Window): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, SIDE, SIDE);
  const paper = `rgb(${colourOf("paper").join(",")})`;
  const colours = Array.from({ length: 6 }, (_, k) => `rgb(${colourOf(classColour(k)).join(",")})`);
  for (const [data, filled] of [
    [test, false],
    [train, true],
  ] as const) {
    const step = Math.max(1, Math.ceil(data.X.columns / MOST_POINTS));
    for (let j = 0; j < data.X.columns; j += step) {
      const k = classAt(data, j);
      const x = ((data.X.get(0, j) - window.x[0]) / (window.x[1] - window.x[0])) * SIDE;
      const height = data.X.rows > 1 ? data.X.get(1, j) : 0;
      const y = (1 - (height - window.y[0]) / (window.y[1] - window.y[0])) * SIDE;
      context.beginPath();
      if (k % 2 === 0) context.arc(x, y, 6, 0, 2 * Math.PI);
      else context.rect(x - 5.5, y - 5.5, 11, 11);
      context.lineWidth = 2;
      context.fillStyle = filled ? colours[k] : paper;
      context.strokeStyle = filled ? paper : colours[k];
      context.fill();
      context.stroke();
    }
  }
}

/** The class of an example, for its colour and mark; of numbers, whether it is above the middle. */
function classAt({ Y, classNames }: Dataset, j: number): number {
  if (Y.rows === 1) return classNames ? Math.round(Y.get(0, j)) : Number(Y.get(0, j) > 0);
  let k = 0;
  while (k < Y.rows - 1 && Y.get(k, j) === 0) k++;
  return k;
}
