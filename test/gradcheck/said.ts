import type { Message } from "../../src/constraint/message.js";
import { messageInWords } from "../../src/gradcheck/network/messageInWords.js";

/** A message as a person reads it; nothing where there is none. */
export function said(message: Message | undefined): string {
  return message === undefined ? "" : messageInWords(message);
}
