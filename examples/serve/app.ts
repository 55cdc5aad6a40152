/** The model behind HTTP: POST /predict takes one record or an array of them, GET /health says how it is. */

import Fastify, { type FastifyInstance } from "fastify";
import type { TableRecord, TrainedModel } from "gradproof";

/** Records of one request at most: a longer file is sent in several. */
const most = 1000;

export function appOf(model: TrainedModel): FastifyInstance {
  const app = Fastify({
    bodyLimit: 1 << 20,
    forceCloseConnections: "idle",
    // A body is right or wrong: "12" is not turned into 12, and no entry is taken away.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  const record = recordSchema(model);
  const records = { type: "array", minItems: 1, maxItems: most, items: record };
  // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
  const body = { if: { type: "array" }, then: records, else: record };
  let predictions = 0;

  app.post<{ Body: TableRecord | TableRecord[] }>("/predict", { schema: { body } }, ({ body }) => {
    const predicted = Array.isArray(body) ? model.predict(body) : model.predict(body);
    predictions += Array.isArray(predicted) ? predicted.length : 1;
    return predicted;
  });
  app.get("/health", () => ({ status: "ok", predicts: model.encoder?.target.name, predictions }));
  return app;
}

/** What a record must hold: each column the model was trained on, of its kind, or null where a value is missing. */
function recordSchema({ encoder }: TrainedModel): object {
  const columns = encoder?.features ?? [];
  const typeOf = { numeric: "number", categorical: "string", date: "string" } as const;
  return {
    type: "object",
    required: columns.map(({ name }) => name),
    properties: Object.fromEntries(columns.map(({ name, kind }) => [name, { type: [typeOf[kind], "null"] }])),
  };
}
