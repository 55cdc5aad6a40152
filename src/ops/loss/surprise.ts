import { log } from "../../numeric/log.js";

/** `−p log p`: what a class of share p adds to the entropy; 0 where there is none of it. */
export function surprise(p: number): number {
  return p > 0 ? -p * log(p) : 0;
}
