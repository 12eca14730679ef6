// Runs once, when the feed is mounted: `element` is the feed, `props.value` the newest turn, `watch` tells of changes,
// `trigger` sends a question. Turns are HTML made by the server from escaped text only.
const log = element.querySelector(".kj-log");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const KEPT = /^#c=([0-9a-f]{24})$/;
let clearing = false;

const textarea = () => document.querySelector("#kj-box textarea");
const busy = () => log.querySelector("[aria-busy=true]");

// ---- turns

function show(html) {
  const turn = html ? window.kejian.parsed(html) : null;
  if (!turn) return;
  const id = turn.dataset.turn;
  if (id === "welcome") return welcome(turn);
  if (id === "again") return showAgain(turn);
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
    turn.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  }
  refill(turn);
  if (turn.getAttribute("aria-busy") === "false") finish(turn);
}

// A question that is taken leaves the box; one that could not be answered comes back to it.
function refill(turn) {
  const box = textarea();
  const question = turn.querySelector(".kj-question")?.textContent ?? "";
  const waits = turn.querySelector(".kj-waiting");
  if (waits && box.value.trim() === question) write(box, "");
  else if (turn.querySelector(".kj-error") && question && !box.value && !question.endsWith("…")) write(box, question);
}

function write(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function welcome(turn) {
  const talking = log.querySelector(".kj-turn");
  if (talking && !clearing && !turn.querySelector(".kj-error")) return;
  clearing = false;
  log.replaceChildren(turn);
  window.kejian.clear();
  kept("");
}

function showAgain(turns) {
  window.kejian.clear();
  log.replaceChildren(...turns.childNodes);
  const last = log.lastElementChild;
  if (!last) return;
  kept(last.dataset.conversation);
  last.scrollIntoView({ block: "start", behavior: "auto" });
  finish(last);
}

function finish(turn) {
  if (turn.dataset.conversation) kept(turn.dataset.conversation);
  if (!window.kejian.beside()) return;
  const first = turn.querySelector(".kj-answer [data-cite], .kj-answer [data-slide]");
  if (first?.dataset.cite) window.kejian.open(turn, first.dataset.cite, null, { quiet: true });
  else if (first) window.kejian.openSlide(turn, first.dataset.slide, null, { quiet: true });
}

// The address names the conversation, so that it is there again when the page is loaded anew.
function kept(conversation) {
  window.history.replaceState(null, "", conversation ? `#c=${conversation}` : window.location.pathname);
  const other = document.querySelector(".kj-language");
  if (other) other.hash = conversation ? `c=${conversation}` : "";
}

window.kejian.conversation = () => KEPT.exec(window.location.hash)?.[1] ?? "";
window.kejian.reopen = (conversation) => trigger("select", { open: conversation });
window.kejian.ask = (question, literal = false) => busy() || trigger("submit", { question, literal });

// ---- the box

function count() {
  const box = textarea();
  const composer = document.querySelector("#kj-composer");
  const length = [...box.value.trim()].length;
  composer.dataset.count = length > 400 ? `${length} / 500` : "";
  composer.classList.toggle("over", length > 500);
}

function pressed(event) {
  const target = event.target.closest?.("#kj-fresh, [data-ask], [data-literal]");
  if (target?.id === "kj-fresh") clearing = true;
  else if (target?.dataset.literal !== undefined) window.kejian.ask(target.dataset.literal, true);
  else if (target) window.kejian.ask(target.dataset.ask);
}

function prepare() {
  const box = textarea();
  if (!box || !window.kejian.panel()) return void requestAnimationFrame(prepare);
  box.setAttribute("aria-label", box.closest("label")?.textContent.trim() || box.placeholder);
  box.setAttribute("enterkeyhint", "send");
  box.addEventListener("input", count);
  document.addEventListener("click", pressed);
  show(props.value);
  watch("value", () => (show(props.value), count()));
  if (window.kejian.conversation()) window.kejian.reopen(window.kejian.conversation());
}

prepare();
