/** Trains the model of the page: payments, some of them fraud. */

import { payments } from "gradproof/data";
import { saveModel } from "gradproof/node";
import { fit } from "gradproof/pipeline";

const { table } = payments({ rows: 20_000, seed: 1 });
const training = { epochs: 20, batchSize: 256, classWeight: [1, 5] };
const { model } = await fit(table, { data: { target: "fraud" }, training });
await saveModel("public/model.safetensors", model);
