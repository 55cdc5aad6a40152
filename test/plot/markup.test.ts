import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coordinate, escapeMarkup, type Markup, markup } from "../../src/plot/markup.js";
import { parseMarkup, textOf } from "./markupTree.js";

describe("markup", () => {
  it("escapes text, keeps markup, joins lists, and leaves nothing where there is nothing", () => {
    const cell = (text: string): Markup => markup`<td>${text}</td>`;
    expect(markup`<tr>${["<b>", "a & b"].map(cell)}${undefined}${false}</tr>`.source).toBe(
      "<tr><td>&lt;b&gt;</td><td>a &amp; b</td></tr>",
    );
  });

  it("escapes inside attributes, so that no quote can end one", () => {
    expect(markup`<p title="${'" onclick="alert(1)'}"></p>`.source).toBe(
      '<p title="&quot; onclick=&quot;alert(1)"></p>',
    );
  });

  it("rounds numbers to hundredths of a pixel", () => {
    expect(markup`${1 / 3} ${-0.001} ${1e6}`.source).toBe("0.33 0 1000000");
  });

  it("refuses a coordinate that is not a number rather than write NaN into a picture", () => {
    expect(() => coordinate(Number.NaN)).toThrow("chart: a coordinate came out as NaN");
    expect(() => markup`${Number.POSITIVE_INFINITY}`).toThrow("Infinity");
  });
});

describe("escapeMarkup", () => {
  it("replaces what XML forbids: control characters and halves of surrogate pairs", () => {
    expect(escapeMarkup("a\u0000b\u001Fc\uD800d\uFFFFe")).toBe("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
    expect(escapeMarkup("tab\tline\n😀 é 漢")).toBe("tab\tline\n😀 é 漢");
  });

  it("whatever the text, a reader gets it back, and it never becomes an element", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const tree = parseMarkup(markup`<p title="${text}">${text}</p>`.source);
        expect(textOf(tree)).toBe(
          Array.from(text, (character) =>
            character < " " && !"\t\n\r".includes(character) ? "\uFFFD" : character,
          ).join(""),
        );
        expect(tree.children).toHaveLength(1);
      }),
    );
  });
});

describe("the reader these tests rely on", () => {
  it.each([
    ["<a><b></a></b>", "</a> closes <b>"],
    ["<a>", "<a> is not closed"],
    ["<a b=c></a>", "<a does not end"],
    ['<a b="1" b="2"></a>', "attribute b twice"],
    ["a & b", "stray &"],
    ["1 > 0", "stray >"],
    ["<a>1 < 2</a>", "stray <"],
  ])("rejects %s", (source, message) => {
    expect(() => parseMarkup(source)).toThrow(message);
  });
});
