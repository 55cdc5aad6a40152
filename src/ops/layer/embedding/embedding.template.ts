import { OptionError } from "../../../constraint/constraint.js";
import type { LayerTemplate } from "../template.js";
import type { EmbeddingSpec } from "./embedding.js";

/** An embedding whose sizes are the data's, with 8 numbers a category unless it says otherwise. */
export type EmbeddingTemplate = Omit<EmbeddingSpec, "sizes" | "dimension"> &
  Partial<Pick<EmbeddingSpec, "sizes" | "dimension">>;

/** Sizes follow from the codes of the features that it takes. */
export const embedding: LayerTemplate<EmbeddingTemplate> = {
  example: { type: "embedding" },
  embeds: true,
  fill(where, { sizes, dimension = 8, ...others }, features) {
    if (sizes !== undefined) return { ...others, sizes, dimension };
    if (features === undefined) {
      const standIns = Array.isArray(dimension) && dimension.length > 0 ? dimension.map(() => 1) : [1];
      return { ...others, sizes: standIns, dimension };
    }
    if (features.length === 0) {
      throw new OptionError(`${where}: sizes follow from the data only where the layer takes features; name the sizes`);
    }
    const found = features.map(({ name, codes }) => {
      if (codes !== undefined) return codes;
      throw new OptionError(
        `${where}: ${name} is no code of categories, which an embedding takes; ` +
          'set data.categories to "codes" (--categories codes), and give the embedding a branch of a concatenation with those columns',
      );
    });
    return { ...others, sizes: found, dimension };
  },
};
