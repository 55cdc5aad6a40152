import type { OwnPoints } from "gradproof/pipeline";
import { useEffect, useRef, useState } from "preact/hooks";
import { strings } from "../strings.js";
import { classColour, colourOf } from "./palette.js";

const { own: texts } = strings;
const SIDE = 300;
const CLASSES = 3;
/** Fewer points cannot be split into those to train and those to test on. */
const LEAST = 10;

interface Drawn {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

/** A square to draw points in, class by class. */
export function DrawPoints({ onUse }: { readonly onUse: (data: OwnPoints) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [points, setPoints] = useState<readonly Drawn[]>([]);
  const [k, setClass] = useState(0);
  useEffect(() => {
    if (canvas.current) drawAll(canvas.current, points);
  }, [points]);

  const add = (event: PointerEvent): void => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return;
    const x = (2 * (event.clientX - box.left)) / box.width - 1;
    const y = 1 - (2 * (event.clientY - box.top)) / box.height;
    setPoints((before) => {
      const last = before.at(-1);
      // While the pointer is drawn along, a point every so far.
      if (event.type === "pointermove" && last && Math.hypot(last.x - x, last.y - y) < 0.06) return before;
      return [...before, { x, y, k }];
    });
  };
  const used = [...new Set(points.map((point) => point.k))].sort((a, b) => a - b);
  const usable = used.length > 1 && used.every((one) => points.filter((point) => point.k === one).length >= LEAST / 2);
  return (
    <div class="draw">
      <canvas
        ref={canvas}
        width={SIDE}
        height={SIDE}
        aria-label={texts.canvas}
        onPointerDown={add}
        onPointerMove={(event) => {
          if (event.buttons === 1) add(event);
        }}
      />
      <div class="draw-controls">
        {Array.from({ length: CLASSES }, (_, c) => (
          <button key={texts.className(c)} type="button" aria-pressed={k === c} onClick={() => setClass(c)}>
            <span style={{ color: `var(--${classColour(c)})` }}>{c % 2 === 0 ? "●" : "■"}</span> {texts.className(c)}
          </button>
        ))}
        <button type="button" onClick={() => setPoints([])}>
          {texts.clear}
        </button>
        <p class="caption">{usable ? texts.drawn(points.length) : texts.drawMore(LEAST / 2)}</p>
        <button type="button" class="primary" disabled={!usable} onClick={() => onUse(asData(points, used))}>
          {texts.use}
        </button>
      </div>
    </div>
  );
}

function asData(points: readonly Drawn[], used: readonly number[]): OwnPoints {
  const rounded = (value: number): number => Number(value.toFixed(3));
  return {
    kind: "own",
    name: texts.drawnName,
    featureNames: ["x", "y"],
    classNames: used.map(texts.className),
    features: [points.map(({ x }) => rounded(x)), points.map(({ y }) => rounded(y))],
    targets: points.map(({ k }) => used.indexOf(k)),
    test: 0.25,
    seed: 0,
  };
}

function drawAll(canvas: HTMLCanvasElement, points: readonly Drawn[]): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, SIDE, SIDE);
  for (const { x, y, k } of points) {
    context.fillStyle = `rgb(${colourOf(classColour(k)).join(",")})`;
    const left = ((x + 1) / 2) * SIDE;
    const top = ((1 - y) / 2) * SIDE;
    context.beginPath();
    if (k % 2 === 0) context.arc(left, top, 4, 0, 2 * Math.PI);
    else context.rect(left - 3.5, top - 3.5, 7, 7);
    context.fill();
  }
}
