import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that is gone after the tests, and files in it. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), "gradproof-cli-"));

  /** Writes a file and returns its path. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  join(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Numbers in [0, 1), the same at every run: a linear congruential generator (Numerical Recipes' constants). */
function* uniform(seed = 1): Generator<number, never> {
  for (let state = seed >>> 0; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Rows `size,color,shade,kind`: a box is "big" when size > 5, or 2 less where the color is red; shade says nothing. */
export function boxes(rows: number, seed = 1): string {
  const random = uniform(seed);
  const lines = Array.from({ length: rows }, () => {
    const size = Math.round(random.next().value * 1000) / 100;
    const color = ["red", "green", "blue"][Math.floor(random.next().value * 3)];
    const shade = Math.round(random.next().value * 100);
    return `${size},${color},${shade},${size > (color === "red" ? 3 : 5) ? "big" : "small"}`;
  });
  return `size,color,shade,kind\n${lines.join("\n")}\n`;
}

/** Rows `x,price` with price = 100,000 + 30,000 x: a target whose unit is far from 1. */
export function prices(rows: number): string {
  const random = uniform(7);
  const lines = Array.from({ length: rows }, () => {
    const x = random.next().value * 4 - 2;
    return `${x},${Math.round(100_000 + 30_000 * x)}`;
  });
  return `x,price\n${lines.join("\n")}\n`;
}

/** Rows `x,y,corner`: the corner of the unit square that is nearest. */
export function corners(rows: number): string {
  const random = uniform(3);
  const lines = Array.from({ length: rows }, () => {
    const [x, y] = [random.next().value, random.next().value];
    return `${x},${y},${y > 0.5 ? "north" : "south"} ${x > 0.5 ? "east" : "west"}`;
  });
  return `x,y,corner\n${lines.join("\n")}\n`;
}
