import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { RandomState } from "../../src/random/randomState.js";
import { course } from "../course.js";

/** SHA-256 of the numbers as they lie in memory (little-endian, as on every machine Node runs on but s390x). */
const sha256 = (values: Float64Array | Float32Array | Uint32Array): string =>
  createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe("RandomState against the course's numbers (NumPy 1.24)", () => {
  it.each(Object.entries(course.rng))("seed %s", (text, golden) => {
    const fresh = (): RandomState => new RandomState(Number(text));
    expect(Array.from(fresh().rand(1, golden.rand.length).data)).toEqual(golden.rand);
    expect(Array.from(fresh().randn(1, golden.randn.length).data)).toEqual(golden.randn);
    expect(Array.from(fresh().permutation(10))).toEqual(golden.permutation10);
    expect(Array.from(fresh().randint(0, 100, 8))).toEqual(golden.randint100);
  });
});

// numpy/random/tests/test_randomstate.py, classes TestSeed and TestRandomDist.
describe("RandomState against NumPy's own test vectors, seed 1234567890", () => {
  const random = (): RandomState => new RandomState(1234567890);

  it("starts right at both ends of the seeds", () => {
    expect(new RandomState(0).randint(0, 1000, 1)[0]).toBe(684);
    expect(new RandomState(4294967295).randint(0, 1000, 1)[0]).toBe(419);
  });

  it("rand", () => {
    expect(random().rand(3, 2).toArray()).toEqual([
      [0.61879477158567997, 0.59162362775974664],
      [0.88868358904449662, 0.89165480011560816],
      [0.4575674820298663, 0.7781880808593471],
    ]);
    expect(random().random()).toBe(0.61879477158567997);
  });

  it("randn", () => {
    expect(random().randn(3, 2).toArray()).toEqual([
      [1.3401634577186312, 1.7375912277193608],
      [1.498988344300628, -0.2286433324536169],
      [2.031033998682787, 2.1703249460565526],
    ]);
    expect(random().gauss()).toBe(1.3401634577186312);
  });

  it("randint", () => {
    expect(Array.from(random().randint(-99, 99, 6))).toEqual([31, 3, -52, 41, -48, -66]);
  });

  it("choice, with and without replacement and probabilities", () => {
    expect(Array.from(random().choice(4, { size: 4 }))).toEqual([2, 3, 2, 3]);
    expect(Array.from(random().choice(4, { size: 4, p: [0.4, 0.4, 0.1, 0.1] }))).toEqual([1, 1, 2, 2]);
    expect(Array.from(random().choice(4, { size: 3, replace: false }))).toEqual([0, 1, 3]);
    const p = [0.1, 0.3, 0.5, 0.1];
    expect(Array.from(random().choice(4, { size: 3, replace: false, p }))).toEqual([2, 3, 1]);
  });

  it("shuffle and permutation", () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];
    expect(random().permutation(values)).toEqual([0, 1, 9, 6, 2, 4, 5, 8, 7, 3]);
    expect(values).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
    random().shuffle(values);
    expect(values).toEqual([0, 1, 9, 6, 2, 4, 5, 8, 7, 3]);
    expect(Array.from(random().permutation(10))).toEqual([9, 0, 8, 5, 1, 3, 4, 7, 6, 2]);
  });
});

// Made with NumPy 2.4:
//   sha = lambda a, t: hashlib.sha256(np.ascontiguousarray(a).astype(t).tobytes()).hexdigest()
//   R = np.random.RandomState
//   sha(R(s).rand(100000), '<f8'); sha(R(s).randint(0, 6, 100000), '<f8')
//   sha(R(s).randint(-2**40, 2**52, 100000), '<f8'); sha(R(s).permutation(100000), '<u4')
// and, since NumPy's own randn takes whatever log its C library has, `gauss` with a correctly rounded one:
//   decimal.getcontext().prec = 50
//   while len(out) < 100000:
//       x1, x2 = 2 * random.random_sample() - 1, 2 * random.random_sample() - 1
//       r2 = x1 * x1 + x2 * x2
//       if r2 >= 1 or r2 == 0: continue
//       f = math.sqrt(-2 * float(decimal.Decimal(r2).ln()) / r2)
//       out += [f * x2, f * x1]
// Of those 100,000, glibc's log gives NumPy others 29, 44, 31 and 35 times, by one or two units in the last place.
describe("RandomState over 100,000 draws, by their SHA-256", () => {
  it.each([
    {
      seed: 0,
      rand: "4eab6ef74e08db6c6862e2a8b71d05432cf5fa505622a499b9dcc7dfc6f5440a",
      randint: "0d5e145ffb0aae03f4958fc8bae8ab84a1419c1b0f61bf9cf1dbab6740e72cf1",
      wideRandint: "963bb90bbe1135c9c8dbb8ad310da59362b5a560d9d029409f229dbb44c4f01f",
      permutation: "34f3a59f4f4f0234b8235ad101fdef34abf841d164ed0c4865c120c572aa8dc5",
      randn: "c62a1605e6440a0b39a59c6ebe2d7a900bf04bd012e156170bbc2be1d340252b",
    },
    {
      seed: 1,
      rand: "4398aaacc52f6e6dd7cb837e73ddefd35ede3dae223d8daecd44d098ade1b343",
      randint: "9b8d9e921bc11380602e680df222804f4031f99e9db831e6478ac70d8dcd68c4",
      wideRandint: "2ba44a66783cb0a715976e3b867726650dfcd63423c74a57b421fd0522c24a32",
      permutation: "46f7d3de6e9cd26506b18b89bc55cc9b3017483a488963f2991e836c38f2686e",
      randn: "c63a6dec38dab6751542a1a3970e8cacbdb9ffb8026bbad1bb730c2387bee063",
    },
    {
      seed: 1234567890,
      rand: "3f70c1f87de884e861ab2d07b634d4fadf4d28b97490aa9d7a44ff3857b0d4eb",
      randint: "de46f416c38342b66b85b14ddb5550d8e9614471c4949171fc643378d309aea0",
      wideRandint: "41fdb2771112681fb7d18d23a83394a4a8088532285f55a92a244c218bf5096e",
      permutation: "9823b021d53b0392fa9ca6aacb4b28d0b7813505d96ca72ecd276fbf0434b7e8",
      randn: "ab5ee8579814b6d92a80bf6cbc57c98c79365313b1b54b2cf9a61898f74a7006",
    },
    {
      seed: 4294967295,
      rand: "047fc7e29c5b845610dbf700b994d0b1e29f056e4d7b81f9fb02d07f09ee211b",
      randint: "e07208a25195e8d7bb866373d441c7f6b9e0af5645d541453d6a16c4b68e7a3c",
      wideRandint: "a3a692822c2d10f0835db5024d7a39c96eb5537874bec394f0b7c4027c94ae01",
      permutation: "e3800f924af0aed9eb94b2db732d82853a71dd1cdfa35996bf75c9e75130c59d",
      randn: "35cd59a94f436fdb7219cd82abbc44c596cfd9d53617252a8841251154ecb297",
    },
  ])("seed $seed", (golden) => {
    const fresh = (): RandomState => new RandomState(golden.seed);
    expect(sha256(fresh().rand(250, 400).data)).toBe(golden.rand);
    expect(sha256(fresh().randint(0, 6, 100_000))).toBe(golden.randint);
    expect(sha256(fresh().randint(-(2 ** 40), 2 ** 52, 100_000))).toBe(golden.wideRandint);
    expect(sha256(fresh().permutation(100_000))).toBe(golden.permutation);
    expect(sha256(fresh().randn(100, 1000).data)).toBe(golden.randn);
  });
});

// Made with NumPy 2.4, e.g. `r = R(3); r.uniform(-2, 3, (2, 2)).tolist(); r.normal(10, .5, (2, 2)).tolist()`.
describe("RandomState call after call", () => {
  it("uniform and normal continue one sequence", () => {
    const random = new RandomState(3);
    expect(random.uniform(-2, 3, 2, 2).toArray()).toEqual([
      [0.7539895128728773, 1.540739113090524],
      [-0.5454763054352783, 0.5541380259883151],
    ]);
    expect(random.normal(10, 0.5, 2, 2).toArray()).toEqual([
      [9.8613058987428, 9.822620510365507],
      [9.95862925925877, 9.686499661588076],
    ]);
  });

  it("gauss keeps its second value across other draws", () => {
    const random = new RandomState(4);
    expect([random.gauss(), random.random(), random.gauss(), random.gauss()]).toEqual([
      0.05056170714293955, 0.9726843599648843, 0.499951333237829, 0.9934697016087651,
    ]);
  });

  it("choice in all its forms", () => {
    const random = new RandomState(9);
    expect(Array.from(random.choice(10, { size: 4 }))).toEqual([5, 6, 8, 6]);
    expect(Array.from(random.choice(10, { size: 5, replace: false }))).toEqual([7, 8, 5, 9, 2]);
    expect(Array.from(random.choice(4, { size: 6, p: [0.1, 0.2, 0.3, 0.4] }))).toEqual([2, 1, 3, 3, 0, 3]);
    const p = [0.5, 0.1, 0.1, 0.1, 0.1, 0.1];
    expect(Array.from(random.choice(6, { size: 5, replace: false, p }))).toEqual([1, 4, 2, 3, 0]);
    expect(random.random()).toBe(0.6944386777644582);
    // p = np.arange(1000) / 499500.; sha(R(2).choice(1000, 999, replace=False, p=p), '<u4'); sha(R(2).choice(1000, 100000, p=p), '<u4')
    const rising = Array.from({ length: 1000 }, (_, k) => k / 499500);
    expect(sha256(new RandomState(2).choice(1000, { size: 999, replace: false, p: rising }))).toBe(
      "1c84c202d534cf0995c4d67af2569919f55601c7cd875baab993e5004312bb39",
    );
    expect(sha256(new RandomState(2).choice(1000, { size: 100_000, p: rising }))).toBe(
      "7cbfae4b4b3115b9cc3405fac4614bdc1b2c4aa8fdbd3d98d024b9c9a372ce2b",
    );
  });

  it("randint at the edges of its ranges", () => {
    expect(Array.from(new RandomState(5).randint(0, 2 ** 32, 4))).toEqual([
      953453411, 236996814, 3739766767, 3570525885,
    ]);
    expect(Array.from(new RandomState(5).randint(0, 2 ** 32 + 1, 4))).toEqual([
      1562238070, 4206684233, 385778404, 2090094288,
    ]);
    expect(Array.from(new RandomState(5).randint(-(2 ** 53) + 1, 0, 3))).toEqual([
      -3224442165507889, -6667507954751810, -5757152989946761,
    ]);
    expect(Array.from(new RandomState(7).randint(0, 2 ** 31, 4))).toEqual([
      327741615, 976413892, 1202242073, 1369975286,
    ]);
    expect(Array.from(new RandomState(7).randint(3, 4, 3))).toEqual([3, 3, 3]);
  });
});

describe("RandomState for any seed", () => {
  it("permutes: every value once", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 0, max: 200 }), (s, n) => {
        expect(Array.from(new RandomState(s).permutation(n)).sort((a, b) => a - b)).toEqual(
          Array.from({ length: n }, (_, k) => k),
        );
      }),
    );
  });

  it("draws whole numbers within the bounds", () => {
    const bound = fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 });
    fc.assert(
      fc.property(seed, bound, bound, (s, a, b) => {
        const low = Math.min(a, b);
        const high = Math.max(a, b) + 1;
        for (const value of new RandomState(s).randint(low, high, 20)) {
          expect(Number.isInteger(value) && value >= low && value < high).toBe(true);
        }
      }),
    );
  });

  it("draws different outcomes without replacement, none of probability 0", () => {
    fc.assert(
      fc.property(seed, fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 }), (s, weights) => {
        const total = weights.reduce((sum, w) => sum + w, 0);
        fc.pre(total > 0);
        const p = weights.map((w) => w / total);
        const possible = weights.flatMap((w, k) => (w > 0 ? [k] : []));
        const drawn = new RandomState(s).choice(p.length, { size: possible.length, replace: false, p });
        expect(Array.from(drawn).sort((a, b) => a - b)).toEqual(possible);
      }),
    );
  });

  it("shuffles typed arrays and arrays alike", () => {
    const texts = ["a", "b", "c", "d"];
    const numbers = Float64Array.of(0, 1, 2, 3);
    new RandomState(6).shuffle(texts);
    new RandomState(6).shuffle(numbers);
    expect(texts).toEqual(Array.from(numbers, (k) => "abcd"[k]));
  });
});

describe("RandomState rejects", () => {
  const random = new RandomState(0);
  it.each<[string, () => unknown, string]>([
    [
      "a negative seed",
      () => new RandomState(-1),
      "seed must be a whole number of at least 0 and of at most 4294967295",
    ],
    ["a seed of 33 bits", () => new RandomState(2 ** 32), "got 4294967296"],
    ["half a seed", () => new RandomState(0.5), "got 0.5"],
    ["no seed", () => new RandomState(Number.NaN), "got NaN"],
    ["an empty range", () => random.randint(3, 3, 1), "randint(): low must be below high, got 3 and 3"],
    ["a range beyond 2⁵³", () => random.randint(-(2 ** 53) + 1, 2 ** 53 - 1, 1), "randint(): high − 1 − low must be"],
    ["a broken bound", () => random.randint(0.5, 3, 1), "randint(): low must be a whole number, got 0.5"],
    ["a negative count", () => random.randint(0, 3, -1), "randint(): count"],
    ["bounds in the wrong order", () => random.uniform(1, 0, 1, 1), "uniform(): low must not exceed high, got 1 and 0"],
    ["an infinite bound", () => random.uniform(0, Number.POSITIVE_INFINITY, 1, 1), "uniform(): high"],
    ["a negative spread", () => random.normal(0, -1, 1, 1), "normal(): standardDeviation"],
    ["a permutation of half a value", () => random.permutation(1.5), "permutation(): n"],
    ["too few outcomes", () => random.choice(3, { size: 4, replace: false }), "draw 4 different outcomes from 3"],
    [
      "outcomes of probability 0",
      () => random.choice(3, { size: 2, replace: false, p: [1, 0, 0] }),
      "draw 2 different outcomes from 1",
    ],
    ["nothing to draw from", () => random.choice(0, { size: 1 }), "choice(): there is no outcome to draw 1 from"],
    [
      "probabilities of another number",
      () => random.choice(2, { size: 3, p: [0.4, 0.4, 0.2] }),
      "each of the 2 outcomes",
    ],
    ["a negative probability", () => random.choice(2, { size: 3, p: [1.1, -0.1] }), "p[1] must be"],
    ["no probability", () => random.choice(2, { size: 3, p: [1, Number.NaN] }), "p[1] must be a finite number"],
    [
      "probabilities that sum to 0.8",
      () => random.choice(2, { size: 3, p: [0.4, 0.4] }),
      "p must sum to 1, got a sum of 0.8",
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });

  it("nothing that is empty but harmless", () => {
    expect(random.randint(0, 3, 0).length).toBe(0);
    expect(random.choice(0, { size: 0 }).length).toBe(0);
    expect(random.rand(0, 3).shape).toEqual([0, 3]);
  });
});
