// Finds the number for which SHA-256 of the puzzle with the number behind it begins with so many zero bits, then sends the form.
// A puzzle is 44 characters and a number ten at most: always one block.

const fraction = (x) => ((x - Math.floor(x)) * 0x100000000) | 0;
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
const START = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));
const ROUND = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
const words = new Int32Array(64);

/** SHA-256 of the block in `words`: eight words into `out`. */
function compress(out) {
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15];
    const y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let a = START[0], b = START[1], c = START[2], d = START[3], e = START[4], f = START[5], g = START[6], h = START[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  out[0] = START[0] + a;
  out[1] = START[1] + b;
  out[2] = START[2] + c;
  out[3] = START[3] + d;
  out[4] = START[4] + e;
  out[5] = START[5] + f;
  out[6] = START[6] + g;
  out[7] = START[7] + h;
}

/** Puts ASCII text of at most 55 characters into the block, from word `from` on; what stands before stays. */
function put(text, from) {
  words.fill(0, from, 16);
  const start = from * 4;
  for (let i = 0; i < text.length; i++) words[(start + i) >> 2] |= text.charCodeAt(i) << (24 - ((start + i) & 3) * 8);
  const end = start + text.length;
  words[end >> 2] |= 0x80 << (24 - (end & 3) * 8);
  words[15] = end * 8;
}

/** SHA-256 of a short ASCII text, as eight words. */
export function digest(text) {
  const out = new Int32Array(8);
  put(text, 0);
  compress(out);
  return out;
}

/** Looks at so many numbers from `first` on: the first that solves the puzzle, or -1. */
export function search(puzzle, bits, first, count) {
  const out = new Int32Array(8);
  const whole = puzzle.length >> 2;
  const rest = puzzle.slice(whole * 4);
  put(puzzle, 0);
  for (let n = first; n < first + count; n++) {
    put(rest + n, whole);
    compress(out);
    if (Math.clz32(out[0]) >= bits) return n;
  }
  return -1;
}

/** Lets the page draw and listen, without the pause that timers take. */
function breathe() {
  return new Promise((next) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      next();
    };
    port2.postMessage(0);
  });
}

/** The whole search in slices of some milliseconds; undefined when it is called off. */
async function solve(puzzle, bits, goesOn, tell) {
  let slice = 500;
  for (let next = 0; goesOn(); ) {
    const began = performance.now();
    const found = search(puzzle, bits, next, slice);
    if (found >= 0) return found;
    next += slice;
    // Fast machines do more at once, slow ones stay awake.
    slice = performance.now() - began < 8 ? slice * 2 : Math.max(100, slice >> 1);
    tell(1 - Math.exp(-next / 2 ** bits));
    await breathe();
  }
}

function watch(box) {
  const form = box.closest("form");
  const { puzzle, solution, phone } = form.elements;
  const [status, progress] = [document.getElementById("robot-status"), document.getElementById("robot-progress")];
  // Then the puzzle is good as it is: on the slowest machines that comes first.
  const readyAt = performance.now() + Number(box.dataset.wait ?? Infinity) * 1000;
  let state = "idle";

  async function work() {
    state = "working";
    status.textContent = box.dataset.working;
    progress.hidden = false;
    const goesOn = () => state === "working" && performance.now() < readyAt;
    const found = await solve(puzzle.value, Number(box.dataset.bits), goesOn, (part) => (progress.value = part));
    if (state !== "working") return;
    state = "done";
    progress.value = 1;
    status.textContent = box.dataset.done;
    solution.value = found ?? "";
    form.submit();
  }

  // The puzzle is for the number that was typed before: another gets another.
  phone.addEventListener("input", () => {
    state = "off";
    box.hidden = true;
    puzzle.value = solution.value = "";
  });
  form.addEventListener("submit", (event) => {
    // A language switch sends the form elsewhere.
    if (state === "off" || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    event.stopPropagation();
    if (state === "idle") work();
  });
  // Back by the browser's button: the puzzle is used up.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  if ("unasked" in box.dataset) work();
  else status.textContent = box.dataset.idle;
}

const box = globalThis.document?.getElementById("robot");
if (box) watch(box);
