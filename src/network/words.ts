/** What is said of networks and their specifications, in English. */

interface CodeGiven {
  readonly where: string;
  readonly feature: string;
  readonly example: number;
  readonly given: string;
  readonly size: number;
}

export const networkWords = {
  "network.layers": ({ where, given }: { where: string; given: string }) =>
    `${where}: layers must be an array of at least one layer, such as [dense(1, "sigmoid")], got ${given}`,
  "network.depth": ({ where, most }: { where: string; most: number }) =>
    `${where}: layers may lie in each other ${most} deep at most`,
  "network.lastOnly": ({ where, activation }: { where: string; activation: string }) =>
    `${where} has activation ${activation}, which only the last layer of a network may have`,
  "network.members": ({ op }: { op: string }) =>
    `${op} would mix the rows of members, which only dense layers, activations, batch norm, scaling, dropout and residual ` +
    "blocks of one size keep apart; put it before the members",
  "network.endsNetwork": ({ where, type }: { where: string; type: string }) =>
    `${where} is ${type}, which only the last layer of a network may be`,
  "network.loss": ({
    where,
    loss,
    expected,
    given,
  }: {
    where: string;
    loss: string;
    expected: string;
    given: string;
  }) => `${where}: loss ${loss} needs a last layer with activation ${expected}, got ${given}`,
  "network.droppedOutput": ({ where, layer }: { where: string; layer: number }) =>
    `${where}: layer ${layer} drops the outputs of the network, which are its answers; leave it out, or put it before the layer ` +
    "that gives them",
  "network.noLoss": ({ activation }: { activation: string }) => `network(): name a loss for activation ${activation}`,
  "network.oneUnit": ({ where, activation }: { where: string; activation: string }) =>
    `${where}: a ${activation} layer needs at least 2 units, got 1: its output would always be 1. ` +
    "For two classes use one unit with activation sigmoid",
  "network.codes": ({ maker }: { maker: string }) =>
    `the input must be codes of categories, which have to be features, and is computed by ${maker}; ` +
    "put the layer first, or into a concatenation's branch of its own",
  "network.droppedCodes": ({ where }: { where: string }) =>
    `${where} would turn codes of categories into other codes; leave it out, or drop units after the embedding`,
  "network.code": ({ where, feature, example, given, size }: CodeGiven) =>
    `${where}: ${feature} of example ${example} is ${given}; the embedding knows ` +
    (size === 1 ? "the code 0 alone" : `the codes 0 to ${size - 1}`),
  "network.theta": ({ expected, found }: { expected: number; found: number }) =>
    `networkWith(): the specification has ${expected} parameters, θ holds ${found}`,
  "network.dtype": ({ expected, found }: { expected: string; found: string }) =>
    `networkWith(): the specification says ${expected}, θ is a ${found}`,
};
