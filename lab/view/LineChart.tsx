import {
  type Axis,
  type ChartPoint,
  fitText,
  linearAxis,
  logAxis,
  spreadLabels,
  textWidth,
  thin,
  tightAxis,
} from "gradproof/report";
import { useEffect, useId, useRef, useState } from "preact/hooks";

/** A curve with the name at its end. */
export interface Curve {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  readonly colour: string;
  readonly dash: string;
  /** A second curve of the same run. */
  readonly faint?: boolean;
}

const TOP = 8;
const BOTTOM = 40;
const LABEL_HEIGHT = 15;

/** Curves with axes, drawn as wide as there is room. */
export function LineChart({
  curves,
  height,
  log,
  logX = false,
  xLabel,
  yLabel,
  cursor,
  onCursor,
  marks = [],
}: {
  readonly curves: readonly Curve[];
  readonly height: number;
  readonly log: boolean;
  readonly logX?: boolean;
  readonly xLabel: string;
  readonly yLabel: string;
  /** The x that is read, where one is. */
  readonly cursor?: number | undefined;
  readonly onCursor?: (x: number | undefined) => void;
  /** Lines across at values that matter. */
  readonly marks?: readonly { readonly y: number; readonly label: string }[];
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const clip = useId();
  const labelWidth = Math.min(width * 0.28, Math.max(0, ...curves.map(({ name }) => textWidth(name))) + 12);
  const shown = curves.map((curve) => ({ ...curve, points: thin(curve.points, Math.max(50, Math.round(width))) }));
  const ys = shown.flatMap(({ points }) => points.map(([, y]) => y)).concat(marks.map(({ y }) => y));
  const yRange = [height - BOTTOM, TOP] as const;
  const y = (log ? logAxis : linearAxis)(ys, yRange);
  const left = 20 + Math.max(24, ...y.ticks.map(({ label }) => textWidth(label) + 8));
  const right = Math.max(left + 50, width - labelWidth);
  const x = (logX ? logAxis : tightAxis)(
    shown.flatMap(({ points }) => points.map(([at]) => at)),
    [left, right],
  );
  const read = (clientX: number): void => {
    const from = box.current?.getBoundingClientRect().left ?? 0;
    onCursor?.(valueAt(x, shown, clientX - from));
  };
  return (
    <div
      ref={box}
      class="chart"
      onPointerMove={onCursor && ((event) => read(event.clientX))}
      onPointerDown={onCursor && ((event) => read(event.clientX))}
      onPointerLeave={onCursor && (() => onCursor(undefined))}
    >
      <svg class="gradproof" width={width} height={height} aria-hidden="true">
        <clipPath id={clip}>
          <rect x={left} y={TOP - 2} width={right - left + 2} height={height - BOTTOM - TOP + 4} />
        </clipPath>
        {y.ticks.map((tick) => (
          <g key={tick.value}>
            <line class="grid" x1={left} x2={right} y1={tick.at} y2={tick.at} opacity={tick.label === "" ? 0.4 : 1} />
            <text class="quiet end" x={left - 6} y={tick.at + 4}>
              {tick.label}
            </text>
          </g>
        ))}
        {x.ticks.map((tick) => (
          <text key={tick.value} class="quiet middle" x={tick.at} y={height - BOTTOM + 16}>
            {tick.label}
          </text>
        ))}
        <line class="axis" x1={left} x2={right} y1={height - BOTTOM} y2={height - BOTTOM} />
        <text class="quiet middle" x={(left + right) / 2} y={height - 6}>
          {xLabel}
        </text>
        <text
          class="quiet middle"
          transform={`rotate(-90 12 ${(height - BOTTOM) / 2})`}
          x={12}
          y={(height - BOTTOM) / 2 + 4}
        >
          {yLabel}
        </text>
        {marks.map((mark) => {
          const at = y.place(mark.y);
          return (
            at !== undefined && (
              <g key={mark.label}>
                <line class="axis" x1={left} x2={right} y1={at} y2={at} stroke-dasharray="2 3" />
                <text class="quiet end" x={right} y={at - 4}>
                  {mark.label}
                </text>
              </g>
            )
          );
        })}
        <g clip-path={`url(#${clip})`}>
          {shown.map((curve) => (
            <path
              key={curve.name}
              class="line"
              d={pathOf(curve.points, x, y)}
              stroke={curve.colour}
              stroke-dasharray={curve.dash}
              opacity={curve.faint ? 0.5 : 1}
            />
          ))}
        </g>
        <EndLabels curves={shown} y={y} at={right + 6} room={width - right - 6} low={TOP + 8} high={height - BOTTOM} />
        {cursor !== undefined && x.place(cursor) !== undefined && (
          <line class="axis" x1={x.place(cursor)} x2={x.place(cursor)} y1={TOP} y2={height - BOTTOM} />
        )}
      </svg>
    </div>
  );
}

/** The names of the curves at their ends, moved apart where they would collide. */
function EndLabels({
  curves,
  y,
  at,
  room,
  low,
  high,
}: {
  readonly curves: readonly Curve[];
  readonly y: Axis;
  readonly at: number;
  readonly room: number;
  readonly low: number;
  readonly high: number;
}) {
  const ends = curves.flatMap((curve) => {
    const last = curve.points.findLast(([, value]) => y.place(value) !== undefined);
    const place = last && y.place(last[1]);
    return place === undefined ? [] : [{ curve, place }];
  });
  const places = spreadLabels(
    ends.map(({ place }) => place),
    LABEL_HEIGHT,
    low,
    high,
  );
  return (
    <>
      {ends.map(({ curve }, k) => (
        <text key={curve.name} class="start" x={at} y={places[k] + 4} style={{ fill: curve.colour }}>
          {fitText(curve.name, room)}
        </text>
      ))}
    </>
  );
}

function pathOf(points: readonly ChartPoint[], x: Axis, y: Axis): string {
  let path = "";
  let pen = "M";
  for (const [a, b] of points) {
    const left = x.place(a);
    const top = y.place(b);
    if (left === undefined || top === undefined) {
      pen = "M";
      continue;
    }
    path += `${pen}${left.toFixed(1)} ${top.toFixed(1)}`;
    pen = "L";
  }
  return path;
}

/** The x among the points whose place is nearest. */
function valueAt(x: Axis, curves: readonly Curve[], pixel: number): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const { points } of curves) {
    for (const [value] of points) {
      const distance = Math.abs((x.place(value) ?? Number.POSITIVE_INFINITY) - pixel);
      if (distance < least) {
        least = distance;
        best = value;
      }
    }
  }
  return best;
}

function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth || 600));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
