// The keys of the admin, and the palette that Ctrl K opens. All it does can be done without it: the sidebar leads to the same pages, the box
// on the page of people finds the same people, and /admin/help lists the keys.

const palette = document.getElementById("palette");
const help = document.getElementById("keys");
const input = document.getElementById("palette-input");
const list = document.getElementById("palette-list");
const find = document.getElementById("go-find");
const none = palette?.querySelector(".palette-none");
const status = palette?.querySelector("[role=status]");

const isLatin = (event) => /^[\x21-\x7e]$/.test(event.key);

/** The letter of a key. What a Latin layout writes counts; on an Arabic one, where K writes ن, it is the place of the key. */
function letterOf(event) {
  if (isLatin(event)) return event.key.toLowerCase();
  return /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase();
}

/** A slash or a question mark, wherever the layout has it; on an Arabic one, the key where they are printed. */
function markOf(event) {
  if (event.key === "/" || event.key === "?") return event.key;
  if (event.key === "؟") return "?";
  if (event.code === "Slash" && !isLatin(event)) return event.shiftKey ? "?" : "/";
}

const isTyping = (element) => element.closest?.("input, textarea, select, [contenteditable]") !== null;

const shown = () => [...list.children].filter((option) => !option.hidden);

/** Makes one option the one that Enter takes. */
function mark(option) {
  for (const other of list.children) other.setAttribute("aria-selected", String(other === option));
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

const marked = () => shown().find((option) => option.ariaSelected === "true");

/** One letter for all its forms: whoever types quickly leaves hamzas and vowel signs out. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ى/g, "ي").replace(/ة/g, "ه").toLowerCase();

function tell() {
  const options = shown();
  none.hidden = options.length > 0;
  status.textContent = options.length > 0 ? `${status.dataset.count} ${options.length}` : status.dataset.none;
  if (!marked()) mark(options[0]);
}

/** The pages that fit what is typed; then, after a breath, the people. */
function narrow() {
  const typed = input.value.trim();
  for (const option of list.querySelectorAll("[data-words]")) option.hidden = !fold(option.dataset.words).includes(fold(typed));
  for (const person of list.querySelectorAll("[data-found]")) person.remove();
  if (find) {
    find.hidden = typed === "";
    find.querySelector("bdi").textContent = typed;
    find.dataset.to = `${find.dataset.find}?q=${encodeURIComponent(typed)}`;
  }
  mark(shown()[0]);
  tell();
  look(typed);
}

let turn = 0;

async function look(typed) {
  const mine = ++turn;
  if (!find || typed.length < 2) return;
  await new Promise((next) => setTimeout(next, 150));
  if (mine !== turn) return;
  // Whoever has to show the second factor again sees pages and nothing else.
  const answer = await fetch(`${list.dataset.people}?q=${encodeURIComponent(typed)}`, { redirect: "manual" }).catch(() => {});
  const lines = answer?.ok ? await answer.text() : "";
  if (mine !== turn || !lines) return;
  const wasFind = marked() === find;
  find.insertAdjacentHTML("beforebegin", lines);
  // Somebody found is what was looked for.
  if (wasFind) mark(list.querySelector("[data-found]") ?? find);
  tell();
}

function open() {
  if (palette.open) return;
  if (help.open) help.close();
  input.value = "";
  palette.showModal();
  narrow();
  input.focus();
}

function go(option) {
  if (!option) return;
  palette.close();
  location.assign(option.dataset.to);
}

let waiting = -Infinity;

function onLetter(event) {
  const letter = letterOf(event);
  // `g` and then, within a second and a half, where to.
  if (event.timeStamp - waiting < 1500) {
    waiting = -Infinity;
    const to = letter && list.querySelector(`[data-letter="${CSS.escape(letter)}"]`)?.dataset.to;
    if (to) location.assign(to);
    return;
  }
  const sign = markOf(event);
  if (sign === "?") help.showModal();
  else if (sign === "/") {
    const box = document.getElementById("q");
    if (box) box.focus();
    else open();
  } else if (letter === "n" && palette.dataset.new) location.assign(palette.dataset.new);
  else if (letter === "g") waiting = event.timeStamp;
  else return;
  event.preventDefault();
}

function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.shiftKey || letterOf(event) !== "k") return;
      event.preventDefault();
      if (palette.open) palette.close();
      else open();
      return;
    }
    const isOff = !("letters" in palette.dataset);
    if (isOff || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    onLetter(event);
  });

  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    const options = shown();
    const at = options.indexOf(marked());
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 }[event.key];
    const isMoving = event.key.startsWith("Arrow") || input.value === "";
    if (to !== undefined && isMoving) {
      event.preventDefault();
      mark(options.at(to % options.length));
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      go(marked());
    }
  });
  list.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && option !== marked()) mark(option);
  });
  // The keyboard stays where it is.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
  for (const dialog of [palette, help]) {
    // Beside it is outside.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }

  for (const link of document.querySelectorAll("[data-opens=palette]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      open();
    });
  }
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  if (isMac) for (const hint of document.querySelectorAll("[data-mac]")) hint.textContent = hint.dataset.mac;
  document.documentElement.dataset.keys = "";
}

if (palette) listen();
