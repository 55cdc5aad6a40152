import { Plan, Step } from "../../../../../kernels/generated/shared";
import { Tile, valueAt } from "../../../../../kernels/tile";
import { constant, loadSplat, sumOfLanes } from "../../../../../kernels/vector";

const TURN: f64 = 6.283185307179586;

/** `sin(2π c x)` above, `cos(2π c x)` below, for each feature and its frequencies. */
export function forward<T>(p: Plan, s: Step): void {
  const count = s.rows / 2;
  const frequencies = count / s.inputRows;
  for (let i = 0; i < count; i++) {
    const c = loadSplat<T>(p.theta + s.parameters + <usize>i * sizeof<T>());
    const X = valueAt(s.input) + <usize>(i / frequencies) * <usize>p.stride;
    const sines = valueAt(s.output) + <usize>i * <usize>p.stride;
    const cosines = sines + <usize>count * <usize>p.stride;
    for (let x: usize = 0; x < <usize>Tile.vectors << 4; x += 16) {
      wave<T>(v128.mul<T>(c, v128.load(X + x)), sines + x, cosines + x);
    }
  }
}

/**
 * Stores sine and cosine of t whole turns: of `f = t − n/4`, n the nearest whole number to 4t, by their series, |2π f| ≤ π/4;
 * then by quadrant.
 */
function wave<T>(t: v128, sineAt: usize, cosineAt: usize): void {
  const one = constant<T>(1);
  const n = v128.nearest<T>(v128.mul<T>(t, constant<T>(4)));
  const y = v128.mul<T>(v128.sub<T>(t, v128.mul<T>(n, constant<T>(0.25))), constant<T>(TURN));
  const z = v128.mul<T>(y, y);
  let sine = one;
  let cosine = one;
  for (let k: f64 = 9; k >= 1; k--) {
    sine = v128.sub<T>(one, v128.mul<T>(v128.mul<T>(z, constant<T>(1 / (2 * k * (2 * k + 1)))), sine));
    cosine = v128.sub<T>(one, v128.mul<T>(v128.mul<T>(z, constant<T>(1 / ((2 * k - 1) * 2 * k))), cosine));
  }
  sine = v128.mul<T>(y, sine);
  const quadrant = v128.sub<T>(n, v128.mul<T>(constant<T>(4), v128.floor<T>(v128.mul<T>(n, constant<T>(0.25)))));
  const isOne = v128.eq<T>(quadrant, one);
  const isTwo = v128.eq<T>(quadrant, constant<T>(2));
  const isThree = v128.eq<T>(quadrant, constant<T>(3));
  const odd = v128.or(isOne, isThree);
  const s = v128.bitselect(cosine, sine, odd);
  const c = v128.bitselect(sine, cosine, odd);
  v128.store(sineAt, v128.bitselect(v128.neg<T>(s), s, v128.or(isTwo, isThree)));
  v128.store(cosineAt, v128.bitselect(v128.neg<T>(c), c, v128.or(isOne, isTwo)));
}

/** `dx = Σ 2π c (cos ds − sin dc)`, `dc += Σ_j 2π x (cos ds − sin dc)`. */
export function backward<T>(p: Plan, s: Step): void {
  const count = s.rows / 2;
  const frequencies = count / s.inputRows;
  const below = <usize>count * <usize>p.stride;
  const turn = constant<T>(TURN);
  for (let i = 0; i < count; i++) {
    const row = <usize>(i / frequencies) * <usize>p.stride;
    const offset = <usize>i * <usize>p.stride;
    const c = loadSplat<T>(p.theta + s.parameters + <usize>i * sizeof<T>());
    const sines = valueAt(s.output) + offset;
    const dSines = valueAt(s.dOutput) + offset;
    let sum = constant<T>(0);
    for (let x: usize = 0; x < <usize>Tile.vectors << 4; x += 16) {
      const forSine = v128.mul<T>(v128.load(sines + below + x), v128.load(dSines + x));
      const forCosine = v128.mul<T>(v128.load(sines + x), v128.load(dSines + below + x));
      const dAngle = v128.mul<T>(turn, v128.sub<T>(forSine, forCosine));
      sum = v128.add<T>(sum, v128.mul<T>(v128.load(valueAt(s.input) + row + x), dAngle));
      if (s.dInput != 0) {
        const dX = valueAt(s.dInput) + row + x;
        const share = v128.mul<T>(c, dAngle);
        v128.store(dX, i % frequencies == 0 ? share : v128.add<T>(v128.load(dX), share));
      }
    }
    const at = Tile.gradient + s.parameters + <usize>i * sizeof<T>();
    store<T>(at, Tile.overwrite ? sumOfLanes<T>(sum) : load<T>(at) + sumOfLanes<T>(sum));
  }
}
