import { type Say, sayingOf } from "../../constraint/message.js";
import type { networkWords } from "./words.js";

/** Makes a message of the check of a network. */
export const say: Say<typeof networkWords> = sayingOf();
