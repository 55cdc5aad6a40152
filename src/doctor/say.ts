import { type Message, messageOf, type Values } from "../constraint/message.js";
import type { words } from "./words.js";

type English = typeof words;

/** A sentence of the doctor as data: its id, and what stands in it. */
export function say<Id extends keyof English>(id: Id, ...values: Parameters<English[Id]>): Message<Id> {
  const [given] = values as readonly Values[];
  return messageOf<Record<Id, (values: Values) => string>, Id>(id, given ?? {});
}
