import { useEffect, useRef } from "preact/hooks";
import type { LabPoints } from "../worker/points.js";
import type { Boundary } from "../worker/protocol.js";
import { classColour, classColours256, colourOf, fieldColours, schemeChanges } from "./palette.js";

/** Side of the picture of the points, in pixels of its own. */
const SIDE = 512;

/** What the network answers over the plane, with the points on it. */
export function BoundaryCanvas({
  boundary,
  points,
  label,
}: {
  readonly boundary: Boundary | undefined;
  readonly points: LabPoints | undefined;
  readonly label: string;
}) {
  const field = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const scheme = schemeChanges.value;
  const several = (points?.classNames?.length ?? 0) > 2;

  useEffect(() => {
    if (!field.current) return;
    if (boundary) drawField(field.current, boundary, several ? classColours256() : fieldColours());
    // A canvas that is given a size is blank.
    else field.current.width = 1;
  }, [boundary, scheme, several]);
  useEffect(() => {
    if (marks.current && points) drawPoints(marks.current, points);
  }, [points, scheme]);

  return (
    <div class="boundary" role="img" aria-label={label}>
      <canvas ref={field} />
      <canvas ref={marks} width={SIDE} height={SIDE} />
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
function drawPoints(canvas: HTMLCanvasElement, { train, test, window, classNames, range }: LabPoints): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, SIDE, SIDE);
  const paper = `rgb(${colourOf("paper").join(",")})`;
  const colours = Array.from({ length: 6 }, (_, k) => `rgb(${colourOf(classColour(k)).join(",")})`);
  // Numbers bear the mark of their half of the range.
  const middle = (range[0] + range[1]) / 2;
  for (const [points, filled] of [
    [test, false],
    [train, true],
  ] as const) {
    for (const [j, target] of points.targets.entries()) {
      const k = classNames ? target : Number(target > middle);
      const x = ((points.x[j] - window.x[0]) / (window.x[1] - window.x[0])) * SIDE;
      const y = (1 - (points.y[j] - window.y[0]) / (window.y[1] - window.y[0])) * SIDE;
      context.beginPath();
      if (k % 2 === 0) context.arc(x, y, 6, 0, 2 * Math.PI);
      else context.rect(x - 5.5, y - 5.5, 11, 11);
      context.lineWidth = 2;
      context.fillStyle = filled ? colours[k % 6] : paper;
      context.strokeStyle = filled ? paper : colours[k % 6];
      context.fill();
      context.stroke();
    }
  }
}
