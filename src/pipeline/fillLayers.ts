import { requireDepth } from "../network/parseSpec.js";
import { layerTemplate } from "../ops/generated/layerTemplate.js";
import type { Features, LayerTemplate } from "../ops/layer/template.js";
import { type FeaturesTemplate, features } from "./featuresTemplate.js";

/** Layers that may leave something to the data, as plain data. */
export type TemplateSpec =
  | FeaturesTemplate
  | {
      [Type in keyof typeof layerTemplate]: (typeof layerTemplate)[Type] extends LayerTemplate<infer Given>
        ? Given
        : never;
    }[keyof typeof layerTemplate];

const templates: Readonly<Record<string, Pick<LayerTemplate<{ readonly type: string }>, "fill" | "embeds">>> = {
  ...layerTemplate,
  features,
};

/** Whether some layer takes codes of categories. */
export function embedsCodes(layers: unknown): boolean {
  if (Array.isArray(layers)) return layers.some(embedsCodes);
  if (typeof layers !== "object" || layers === null) return false;
  if ("type" in layers && typeof layers.type === "string" && Object.hasOwn(templates, layers.type)) {
    if (templates[layers.type].embeds) return true;
  }
  return Object.values(layers).some(embedsCodes);
}

/**
 * A layer with what it leaves to the data; one that leaves nothing out, or is no layer, comes back as it is.
 *
 * @param known what the layer takes: see {@link Features}
 * @param depth layers that it lies in
 * @throws OptionError where the data cannot say it
 */
export function fillLayer(where: string, layer: unknown, known: Features, depth = 0): unknown {
  requireDepth(where, depth);
  if (typeof layer !== "object" || layer === null || !("type" in layer)) return layer;
  const { type } = layer;
  if (typeof type !== "string" || !Object.hasOwn(templates, type)) return layer;
  return templates[type].fill(where, { ...layer }, known, (at, inner, own) => fillLayer(at, inner, own, depth + 1));
}
