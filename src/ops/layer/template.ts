/** What is known of a feature that a layer takes as it is. */
export interface Feature {
  readonly name: string;
  /** The column of the table that it comes from. */
  readonly column: string;
  /** Where it is a code: how many there are. */
  readonly codes: number | undefined;
  /** Its values in the training examples, as the network takes them. */
  values(): ArrayLike<number>;
}

/**
 * The features that a layer takes: undefined while nobody knows the data, when stand-ins will do; none where it takes what
 * other layers compute.
 */
export type Features = readonly Feature[] | undefined;

/** Fills in a layer of whatever type, as {@link LayerTemplate} does. */
export type FillLayer = (where: string, layer: unknown, features: Features) => unknown;

/** What a configuration may leave to the data of a layer. */
export interface LayerTemplate<Given extends { readonly type: string }> {
  /** A specification that leaves it out. */
  readonly example: Given;
  /** Whether it takes codes of categories. Default: not itself. */
  readonly embeds?: boolean;
  /**
   * The specification with what it leaves out; whatever else it says is checked by the layer's own `parse`.
   *
   * @param where what messages begin with
   * @param given a plain object of this type
   * @param fillLayer for the layers that it holds
   * @throws OptionError where the data cannot say it
   */
  fill(
    where: string,
    given: Readonly<Record<string, unknown>>,
    features: Features,
    fillLayer: FillLayer,
  ): Readonly<Record<string, unknown>>;
}

/** Layers in a row with what they leave out: the first takes the features, the others what those before them compute. */
export function fillRow(
  where: string,
  layers: readonly unknown[],
  features: Features,
  fillLayer: FillLayer,
): readonly unknown[] {
  return layers.map((layer, l) => fillLayer(`${where}: layer ${l + 1}`, layer, l === 0 || !features ? features : []));
}
