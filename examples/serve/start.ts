/** Serves model.safetensors: PORT=8080 node start.ts */

import { loadModel } from "gradproof/node";
import { appOf } from "./app.ts";
import { serve } from "./serve.ts";

const app = appOf(await loadModel("model.safetensors"));
const { address, ended } = await serve(app, { port: Number(process.env.PORT ?? 3000) });
console.log(`listening on ${address}`);
await ended;
console.log("stopped");
