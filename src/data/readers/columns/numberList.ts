const pieceLength = 1 << 15;

/** Numbers of which nobody knows how many come: kept in pieces, so that no more memory is taken than they need. */
export class NumberList {
  length = 0;
  private readonly pieces: Float64Array[] = [];
  private piece = new Float64Array(64);
  private at = 0;

  push(value: number): void {
    if (this.at === this.piece.length) {
      this.pieces.push(this.piece);
      this.piece = new Float64Array(pieceLength);
      this.at = 0;
    }
    this.piece[this.at++] = value;
    this.length++;
  }

  /** Whether at most so many of them differ, NaN left out. */
  isOfFew(most: number): boolean {
    const seen = new Set<number>();
    for (const piece of [...this.pieces, this.piece.subarray(0, this.at)]) {
      for (const value of piece) {
        if (!Number.isNaN(value)) seen.add(value);
        if (seen.size > most) return false;
      }
    }
    return true;
  }

  /** All of them in one array; the list is empty then. */
  take(): Float64Array {
    const whole = new Float64Array(this.length);
    let at = 0;
    for (const piece of [...this.pieces, this.piece.subarray(0, this.at)]) {
      whole.set(piece, at);
      at += piece.length;
    }
    this.pieces.length = 0;
    this.piece = new Float64Array(0);
    this.at = 0;
    this.length = 0;
    return whole;
  }
}
