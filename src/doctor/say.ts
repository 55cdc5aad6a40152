import { type Say, sayingOf } from "../constraint/message.js";
import type { words } from "./words.js";

/** Makes a message of the doctor. */
export const say: Say<typeof words> = sayingOf();
