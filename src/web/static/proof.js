// The work that is asked of suspects: a number after the challenge that makes its SHA-256 begin
// with enough zero bits. In slices, so that the page stays awake. Loaded by widget.js when asked.

/** Milliseconds of a slice. */
const SLICE = 12;

const constants = (count, power) => {
  const found = [];
  for (let n = 2; found.length < count; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n && prime; d += 1) prime = n % d !== 0;
    if (prime) found.push(((n ** power % 1) * 2 ** 32) | 0);
  }
  return found;
};
const START = constants(8, 1 / 2);
const ROUND = constants(64, 1 / 3);
const schedule = new Int32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

/** Zero bits at the beginning of the hash of at most 55 ASCII characters. */
const zeros = (text) => {
  const w = schedule.fill(0);
  for (let i = 0; i < text.length; i += 1) w[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
  w[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8);
  w[15] = text.length * 8;
  for (let i = 16; i < 64; i += 1) {
    const [a, b] = [w[i - 15], w[i - 2]];
    w[i] = (w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  const [first, second] = [(a + START[0]) | 0, (b + START[1]) | 0];
  return first ? Math.clz32(first) : 32 + Math.clz32(second);
};

/** The challenge with what was found, as the service reads them. */
export const prove = async (challenge, bits) => {
  for (let nonce = 0; ;) {
    const until = performance.now() + SLICE;
    for (; performance.now() < until; nonce += 1) {
      const text = `${challenge}:${nonce}`;
      if (zeros(text) >= bits) return text;
    }
    await new Promise((resolve) => { setTimeout(resolve); });
  }
};
