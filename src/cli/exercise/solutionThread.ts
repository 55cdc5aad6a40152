import { parentPort, workerData } from "node:worker_threads";
import type { CallOptions } from "../../exercises/solution.js";
import type { ExerciseValue } from "../../exercises/value.js";
import { ModuleFunctions } from "./moduleFunctions.js";
import { thrownWords } from "./thrownWords.js";
import { UnreadableValue } from "./wireValue.js";

/** A call, as the thread is asked for it. */
export interface ThreadCall {
  readonly name: string;
  readonly args: readonly ExerciseValue[];
  readonly options: CallOptions;
}

/** What the thread says: once that the module is loaded, then the answer to each call. */
export type ThreadAnswer =
  | { readonly kind: "loaded"; readonly names: readonly string[] }
  | { readonly kind: "value"; readonly value: ExerciseValue }
  | { readonly kind: "threw" | "unreadable"; readonly words: string };

const file = workerData as string;
// What the module replaces later is not what answers are sent by.
const port = parentPort;
const answer = port?.postMessage.bind(port) as (message: ThreadAnswer) => void;

const outputs = [process.stdout, process.stderr].map((output) => output.write.bind(output));

/** Waits until what the module has printed is there: it comes by another way than answers. */
async function printed(): Promise<void> {
  await Promise.all(outputs.map((write) => new Promise((resolve) => write("", resolve))));
}

function failed(thrown: unknown): ThreadAnswer {
  if (thrown instanceof UnreadableValue) return { kind: "unreadable", words: thrown.message };
  return { kind: "threw", words: thrownWords(file, thrown) };
}

try {
  const functions = await ModuleFunctions.load(file);
  port?.on("message", async ({ name, args, options }: ThreadCall) => {
    try {
      answer({ kind: "value", value: await functions.call(name, args, options) });
    } catch (thrown) {
      answer(failed(thrown));
    }
  });
  await printed();
  answer({ kind: "loaded", names: functions.names });
} catch (thrown) {
  await printed();
  answer(failed(thrown));
}
