import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { imageSheet } from "../../src/plot/imageSheet.js";

const bitmapsOf = (svg: string): Buffer[] =>
  [...svg.matchAll(/data:image\/bmp;base64,([^"]+)/g)].map(([, data]) => Buffer.from(data, "base64"));

describe("imageSheet()", () => {
  it("draws gray from the smallest value, black, to the largest, white", () => {
    // 1 row of 2 pixels; rows of a bitmap are padded to 4 bytes: 6 + 2 of them after 54 of header.
    const X = Matrix.from([
      [-1, 1],
      [0, 1],
    ]);
    const svg = imageSheet([{ name: "<a>", X }], { title: "T & U", height: 1, width: 2 });
    const [first, second] = bitmapsOf(svg);
    expect(first.toString("latin1", 0, 2)).toBe("BM");
    expect([first.readUInt32LE(2), first.readInt32LE(18), first.readInt32LE(22)]).toEqual([62, 2, 1]);
    expect([...first.subarray(54)]).toEqual([0, 0, 0, 128, 128, 128, 0, 0]);
    expect([...second.subarray(54, 60)]).toEqual([255, 255, 255, 255, 255, 255]);
    expect(svg).toContain("&lt;a&gt;");
    expect(svg).toContain("T &amp; U");
  });

  it("draws three channels as red, green and blue, from the top down", () => {
    // Two pixels, one above the other: red and blue. A bitmap begins with the lowest row, blue first in each pixel.
    const X = Matrix.column([1, 0, 0, 0, 0, 1]);
    const [bitmap] = bitmapsOf(imageSheet([{ name: "a", X }], { title: "T", height: 2, width: 1, channels: 3 }));
    expect([...bitmap.subarray(54)]).toEqual([255, 0, 0, 0, 0, 0, 255, 0]);
  });

  it("draws images that are one colour, and no images", () => {
    expect(
      bitmapsOf(imageSheet([{ name: "a", X: Matrix.zeros(4, 1) }], { title: "T", height: 2, width: 2 })),
    ).toHaveLength(1);
    expect(imageSheet([], { title: "T", height: 2, width: 2 })).toContain("<svg");
  });
});
