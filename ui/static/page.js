// Runs once, when the feed is mounted: `element` is the feed, `props.value` the newest turn, `watch` tells of changes,
// `trigger` sends a question. Turns are HTML made by the server from escaped text only.
const log = element.querySelector(".kj-log");
const phone = window.matchMedia("(max-width: 959px)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const state = { turn: null, cite: null, back: null };

const panel = () => document.querySelector("#kj-panel .kj-panel");
const textarea = () => document.querySelector("#kj-box textarea");
const frame = element.closest(".gradio-container");
const busy = () => log.querySelector("[aria-busy=true]");

// ---- turns

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

function show(html) {
  const turn = html ? parsed(html) : null;
  if (!turn) return;
  const id = turn.dataset.turn;
  if (id === "welcome") return welcome(turn);
  const old = id === "lost" ? busy() : log.querySelector(`[data-turn="${id}"]`);
  if (id === "lost" && old) old.querySelector(".kj-waiting")?.remove();
  if (id === "lost" && old) {
    old.setAttribute("aria-busy", "false");
    old.append(...turn.childNodes);
  } else if (old) {
    old.replaceWith(turn);
  } else {
    log.querySelector("[data-turn=welcome]")?.remove();
    log.append(turn);
    reveal(turn);
  }
  if (turn.getAttribute("aria-busy") === "false") finish(turn);
}

function welcome(turn) {
  const talking = log.querySelector(".kj-turn");
  if (talking && !state.clearing) return;
  state.clearing = false;
  log.replaceChildren(turn);
  close();
  document.querySelector("#kj-panel .kj-view").replaceChildren(state.empty.cloneNode(true));
  panel().classList.remove("filled");
}

function finish(turn) {
  if (phone.matches) return;
  const first = turn.querySelector(".kj-answer [data-cite], .kj-answer [data-slide]");
  if (first?.dataset.cite) open(turn, first.dataset.cite, null, { quiet: true });
  else if (first) openSlide(turn, first.dataset.slide, null, { quiet: true });
}

function reveal(turn) {
  turn.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
}

// ---- the source panel

function open(turn, cite, opener, { quiet = false } = {}) {
  const at = turn.querySelector(`.kj-slides [data-cites~="${cite}"]`);
  const slide = at?.closest(".kj-slide");
  if (!slide) return;
  fill(slide.cloneNode(true), turn, opener, quiet);
  state.cite = cite;
  light(turn, cite);
  centre();
}

function openSlide(turn, key, opener, { quiet = false } = {}) {
  const slide = [...turn.querySelectorAll(".kj-slides .kj-slide")].find((one) => one.dataset.slide === key);
  if (!slide) return;
  fill(slide.cloneNode(true), turn, opener, quiet);
  state.cite = null;
  light(turn, null);
}

function fill(slide, turn, opener, quiet) {
  for (const folded of [".kj-original", ".kj-quotes"]) {
    if (panel().querySelector(folded)?.open) slide.querySelector(folded)?.setAttribute("open", "");
  }
  panel().querySelector(".kj-view").replaceChildren(slide);
  panel().classList.add("filled");
  panel().querySelector(".kj-zoom").hidden = !slide.querySelector(".kj-svg");
  state.turn = turn;
  if (quiet) return;
  state.back = opener ?? state.back;
  if (phone.matches) {
    frame.classList.add("kj-sheet");
    aside(true);
    panel().setAttribute("role", "dialog");
    panel().querySelector(".kj-close").focus({ preventScroll: true });
  }
}

function light(turn, cite) {
  const view = panel().querySelector(".kj-view");
  view.querySelectorAll("[data-cites]").forEach((one) => {
    one.classList.toggle("on", one.dataset.cites.split(" ").includes(String(cite)));
  });
  log.querySelectorAll(".kj-mark.on, .kj-source.on, .c-node.on").forEach((one) => one.classList.remove("on"));
  if (cite) turn.querySelectorAll(`:scope > :not(.kj-slides) [data-cite="${cite}"]`).forEach((one) => one.classList.add("on"));
  const all = numbers(turn);
  const place = all.indexOf(String(cite));
  panel().querySelector(".kj-count").textContent = place < 0 ? "" : `${place + 1} / ${all.length}`;
  panel().querySelectorAll(".kj-step").forEach((one) => (one.hidden = place < 0 || all.length < 2));
}

function numbers(turn) {
  return [...turn.querySelectorAll(".kj-sources [data-cite]")].map((one) => one.dataset.cite);
}

function step(by) {
  const all = numbers(state.turn);
  const next = all[(all.indexOf(String(state.cite)) + by + all.length) % all.length];
  if (next) open(state.turn, next, null);
}

// Brings the marked passage into sight, inside the panel and inside a slide that is wider than it.
function centre() {
  const canvas = panel().querySelector(".kj-canvas");
  const hit = canvas?.querySelector(".s-mark.on, mark.on") ?? canvas?.querySelector(".s-hit.on");
  if (!hit) return;
  const box = hit.getBoundingClientRect();
  const frame = canvas.getBoundingClientRect();
  canvas.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  if (canvas.scrollHeight > canvas.clientHeight) canvas.scrollTop += box.top - frame.top - frame.height / 3;
}

// While the panel covers the page, the rest of it cannot be reached.
function aside(away) {
  for (const id of ["kj-tabs", "kj-top"]) document.getElementById(id).inert = away;
}

function close() {
  aside(false);
  frame.classList.remove("kj-sheet", "kj-wide");
  panel().removeAttribute("role");
  panel().querySelector(".kj-zoom").setAttribute("aria-pressed", "false");
  if (state.back?.isConnected) state.back.focus({ preventScroll: true });
  state.back = null;
}

function zoom(button) {
  const wide = frame.classList.toggle("kj-wide");
  button.setAttribute("aria-pressed", String(wide));
  aside(wide);
  centre();
}

// ---- questions

function ask(question) {
  if (!busy()) trigger("submit", { question });
}

// ---- events

function pressed(event) {
  const covering = frame.matches(".kj-sheet, .kj-wide");
  if (covering && !panel().contains(event.target)) return close();
  if (event.target.closest?.("#kj-fresh")) state.clearing = true;
  const target = event.target.closest?.("[data-ask], [data-cite], [data-cites], button[data-slide], .kj-step, .kj-close, .kj-zoom");
  if (!target) return;
  const turn = target.closest(".kj-turn") ?? state.turn;
  if (target.dataset.ask !== undefined) ask(target.dataset.ask);
  else if (target.dataset.cite && turn) open(turn, target.dataset.cite, log.contains(target) ? target : null);
  else if (target.dataset.cites && turn) open(turn, target.dataset.cites.split(" ")[0], null);
  else if (target.dataset.slide && turn) openSlide(turn, target.dataset.slide, target);
  else if (target.matches(".kj-step")) step(Number(target.dataset.step));
  else if (target.matches(".kj-close")) close();
  else if (target.matches(".kj-zoom")) zoom(target);
  event.stopPropagation();
}

function keyed(event) {
  if (event.key === "Escape" && frame.matches(".kj-sheet, .kj-wide")) return close();
  const node = event.target.closest?.(".c-node[data-cite]");
  if (node && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    node.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }
}

// ---- the box

function count() {
  const box = textarea();
  const composer = document.querySelector("#kj-composer");
  const length = [...box.value.trim()].length;
  composer.dataset.count = length > 400 ? `${length} / 500` : "";
  composer.classList.toggle("over", length > 500);
}

function prepare() {
  const box = textarea();
  if (!box || !panel()) return void requestAnimationFrame(prepare);
  state.empty = panel().querySelector(".kj-empty").cloneNode(true);
  box.setAttribute("aria-label", "问题，最多 500 字");
  box.setAttribute("enterkeyhint", "send");
  box.addEventListener("input", count);
  document.addEventListener("click", pressed);
  document.addEventListener("keydown", keyed);
  show(props.value);
  watch("value", () => (show(props.value), count()));
}

prepare();
