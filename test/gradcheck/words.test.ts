import { describe, expect, it } from "vitest";
import type { SameWords, Words } from "../../src/constraint/message.js";
import { circles } from "../../src/data/generators/circles.js";
import { checkGradients } from "../../src/gradcheck/checkGradients.js";
import { checkNetwork } from "../../src/gradcheck/network/checkNetwork.js";
import { messageInWords } from "../../src/gradcheck/network/messageInWords.js";
import { plantBugs } from "../../src/gradcheck/network/planting/plantBugs.js";
import { type CheckWords, networkWords } from "../../src/gradcheck/network/words.js";
import { reportText } from "../../src/gradcheck/reportText.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import type { DerivativeBugs } from "../../src/ops/activation/derivativeBug.js";
import { activationBugs } from "../../src/ops/generated/activationBugs.js";

describe("the sentences of the check", () => {
  it.each(Object.entries<DerivativeBugs>(activationBugs))(
    "of %s stand beside its bugs, and no other's",
    (name, facet) => {
      const fixed = facet.bugs.flatMap((bug) => ("id" in bug ? [bug.id] : []));
      const planted = facet.bugs.flatMap((bug) =>
        "planted" in bug && bug.planted ? [`planted.${bug.planted.name}`] : [],
      );
      expect(Object.keys(facet.words)).toEqual(expect.arrayContaining([...fixed, ...planted]));
      for (const id of Object.keys(facet.words)) expect(id).toMatch(new RegExp(`^(${name}|planted)\\.`));
    },
  );
});

/** Every sentence of a catalogue in a language that names the sentence and what stands in it. */
function foreign<English extends Words>(english: English): SameWords<English> {
  const say = (id: string, values: unknown): string => `⟨${id} ${Object.values(values ?? {}).join(" ")}⟩`;
  return Object.fromEntries(
    Object.keys(english).map((id) => [id, (values: unknown) => say(id, values)]),
  ) as unknown as SameWords<English>;
}

describe("another language", () => {
  const language: CheckWords = foreign(networkWords);
  const twice = checkGradients({
    parameters: { w: [1, 2, 3] },
    cost: ({ w }) => w.reduce((J, value) => J + value ** 2, 0),
    gradients: ({ w }) => ({ dw: w.map((value) => 4 * value) }),
  });

  it("tells the same report in other words, and the check knows nothing of it", () => {
    const text = reportText(twice, language);
    expect(text).toContain("⟨report.heading 1 3 ");
    expect(text).toContain("⟨report.wrong ⟩");
    expect(text.replace(/\s+/g, " ")).toMatch(/⟨cause\.factor (2|1\.9{6}\d*|2\.0{6}\d*) 3 3 dw ⟨factor\.extra 2⟩⟩/);
    expect(text).not.toMatch(/numerical gradient|claimed|block/);
    expect(String(twice)).toContain("dw is 2.000 × the numerical gradient in all 3 entries");
  });

  it("names a bug of a network, planted in the same language", async () => {
    const model = network({ inputs: 2, layers: [dense(3, "relu"), dense(1, "sigmoid")], seed: 3 });
    const data = circles({ examples: 12, noise: 0.05, seed: 1 });
    const { bugs, gradients } = plantBugs(model, data, ["reluOfGradient"]);
    expect(messageInWords(bugs[0].title, language)).toBe("⟨planted.reluOfGradient ⟩");
    expect(messageInWords(bugs[0].written, language)).toBe("⟨formula.is dZ1 = dA1 ∘ (dA1 > 0)⟩");
    const report = await checkNetwork(model, data, { gradients });
    const [W1] = report.blocks;
    expect(W1.explanation && messageInWords(W1.explanation, language)).toBe("⟨relu.gradientAsked 1⟩");
    expect(W1.explanation).toEqual({ id: "relu.gradientAsked", numbers: {}, names: { l: "1" } });
  });

  it("is plain data on the way there", () => {
    expect(JSON.parse(JSON.stringify(twice)).blocks[0].explanation).toEqual(twice.blocks[0].explanation);
  });
});
