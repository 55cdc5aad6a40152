const stateLength = 624;
const shift = 397;

/**
 * MT19937, the generator behind NumPy's `RandomState`: 2¹⁹⁹³⁷ − 1 numbers of 32 bits before it repeats.
 *
 * Source: M. Matsumoto & T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random
 * number generator", ACM TOMACS 8 (1998); seeding as in the authors' `init_genrand` of 2002.
 */
export class MersenneTwister {
  private readonly state = new Int32Array(stateLength);
  private position = stateLength;

  /** @param seed 0 … 2³²−1 */
  constructor(seed: number) {
    this.state[0] = seed;
    for (let i = 1; i < stateLength; i++) {
      const last = this.state[i - 1];
      this.state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
    }
  }

  /** The next number, 0 … 2³²−1. */
  uint32(): number {
    if (this.position === stateLength) this.twist();
    let y = this.state[this.position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A multiple of 2⁻⁵³ in [0, 1), from two draws: 27 upper and 26 lower bits. */
  double(): number {
    const upper = this.uint32() >>> 5;
    const lower = this.uint32() >>> 6;
    return (upper * 67108864 + lower) / 9007199254740992;
  }

  private twist(): void {
    const { state } = this;
    for (let i = 0; i < stateLength; i++) {
      const y = (state[i] & 0x80000000) | (state[(i + 1) % stateLength] & 0x7fffffff);
      state[i] = state[(i + shift) % stateLength] ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    }
    this.position = 0;
  }
}
