/** A smooth function h of an error e = a − y, and the interval on which a loss follows it; it is smooth a little beyond. */
export interface ErrorPiece {
  /** Where the interval ends, the end included; it begins where the one before ends. Default infinity. */
  readonly to?: number;
  /** h(e) */
  value(e: number): number;
  /** h'(e) */
  derivative(e: number): number;
}

/** The place among the pieces of the one that an error is on; the last where it is NaN, which has to stay NaN. */
export function errorPieceAt(pieces: readonly ErrorPiece[], e: number): number {
  let p = 0;
  while (p < pieces.length - 1 && !(e <= (pieces[p].to ?? Number.POSITIVE_INFINITY))) p++;
  return p;
}
