type Parameters = Record<string, number[][]>;

/** A draw from N(0, 1), by Box and Muller. */
function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

function layers(layersDims: number[], weight: (inputs: number) => number): Parameters {
  const parameters: Parameters = {};
  for (let l = 1; l < layersDims.length; l++) {
    const inputs = layersDims[l - 1];
    parameters[`W${l}`] = Array.from({ length: layersDims[l] }, () =>
      Array.from({ length: inputs }, () => weight(inputs)),
    );
    parameters[`b${l}`] = Array.from({ length: layersDims[l] }, () => [0]);
  }
  return parameters;
}

export const initialize_parameters_zeros = (layersDims: number[]) => layers(layersDims, () => 0);
export const initialize_parameters_random = (layersDims: number[]) => layers(layersDims, () => 10 * normal());
export async function initialize_parameters_he(layersDims: number[]): Promise<Parameters> {
  return layers(layersDims, (inputs) => normal() * Math.sqrt(2 / inputs));
}
