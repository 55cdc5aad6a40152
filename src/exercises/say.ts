import { type Say, sayingOf } from "../constraint/message.js";
import type { exerciseWords } from "./words.js";

/** Makes a message of the exercises. */
export const say: Say<typeof exerciseWords> = sayingOf();
