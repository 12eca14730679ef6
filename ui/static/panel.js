// Shows slides in the panel beside the tabs. Marks ([data-cite]) stand in a holder that carries its citations
// ([data-citations]); any button with data-slide="deck/number" opens that slide. HTML comes from the server only, made
// of escaped text.
window.kejian = (() => {
  const narrow = window.matchMedia("(max-width: 959px)");
  const hovers = window.matchMedia("(hover: hover)");
  const state = { holder: null, cite: null, back: null, asked: 0, empty: null };

  const panel = () => document.querySelector("#kj-panel .kj-panel");
  const frame = () => panel().closest(".gradio-container");
  const view = () => panel().querySelector(".kj-view");
  const language = () => panel().dataset.language;
  const words = (name, n) => JSON.parse(panel().dataset.words)[name].replace("{n}", n);
  const beside = () => !narrow.matches && document.querySelector("#kj-tab-chat-button.selected");
  const covering = () => frame().matches(".kj-sheet, .kj-wide");

  function parsed(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content.firstElementChild;
  }

  function citations(holder) {
    return (holder.kjCitations ??= JSON.parse(holder.dataset.citations || "[]"));
  }

  const keyOf = (citation) => `${citation.deck}/${citation.slide}`;

  // A server that says no, or none at all, becomes one line to be shown.
  async function asked(address, options = {}) {
    let answer;
    try {
      answer = await fetch(address, options);
    } catch {
      throw new Error(words("unreachable"));
    }
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.error || words("unreachable"));
    return said;
  }

  const posted = (address, content) =>
    asked(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) });

  // ---- opening

  async function slideOf(holder, key) {
    const known = holder ? (holder.kjViews ??= new Map()) : new Map();
    if (!known.has(key)) {
      const cited = holder ? citations(holder).filter((one) => keyOf(one) === key) : [];
      const [deck, number] = key.split("/");
      const address = `/api/slides/${encodeURIComponent(deck)}/${number}/view?lang=${language()}`;
      known.set(key, (await posted(address, { citations: cited })).html);
    }
    return parsed(known.get(key));
  }

  async function show(holder, key, cite, opener, quiet) {
    const mine = ++state.asked;
    let slide;
    try {
      slide = await slideOf(holder, key);
    } catch (error) {
      slide = parsed('<p class="kj-gone" role="alert"></p>');
      slide.textContent = error.message;
    }
    if (mine !== state.asked) return;
    fill(slide, holder, opener, quiet);
    state.cite = cite;
    light(holder, cite);
    centre();
  }

  function open(holder, cite, opener = null, { quiet = false } = {}) {
    const citation = citations(holder).find((one) => String(one.n) === String(cite));
    if (citation) show(holder, keyOf(citation), String(cite), opener, quiet);
  }

  function openSlide(holder, key, opener = null, { quiet = false } = {}) {
    show(holder, key, null, opener, quiet);
  }

  function fill(slide, holder, opener, quiet) {
    state.empty ??= view().firstElementChild;
    for (const folded of [".kj-original", ".kj-quotes"]) {
      if (panel().querySelector(folded)?.open) slide.querySelector(folded)?.setAttribute("open", "");
    }
    view().replaceChildren(slide);
    view().scrollTop = 0;
    panel().classList.add("filled");
    panel().querySelector(".kj-zoom").hidden = !slide.querySelector(".kj-svg");
    state.holder = holder;
    if (quiet) return;
    state.back = opener ?? state.back;
    if (beside()) return;
    frame().classList.add("kj-sheet");
    aside(true);
    panel().setAttribute("role", "dialog");
    if (!panel().contains(document.activeElement)) panel().querySelector(".kj-close").focus({ preventScroll: true });
  }

  function clear() {
    close();
    state.asked++;
    state.holder = null;
    if (state.empty) view().replaceChildren(state.empty);
    panel().classList.remove("filled");
    for (const one of panel().querySelectorAll(".kj-step, .kj-zoom")) one.hidden = true;
    panel().querySelector(".kj-count").textContent = "";
  }

  // Lights the passage in the panel and its marks in the holder.
  function light(holder, cite) {
    view().querySelectorAll("[data-cites]").forEach((one) => {
      one.classList.toggle("on", one.dataset.cites.split(" ").includes(String(cite)));
    });
    document.querySelectorAll(".kj-mark.on, .kj-source.on, .c-node.on").forEach((one) => {
      if (!panel().contains(one)) one.classList.remove("on");
    });
    if (cite) holder.querySelectorAll(`[data-cite="${cite}"]`).forEach((one) => one.classList.add("on"));
    const all = holder ? citations(holder) : [];
    const place = all.findIndex((one) => String(one.n) === cite);
    panel().querySelector(".kj-count").textContent = place < 0 ? "" : `${place + 1} / ${all.length}`;
    panel().querySelectorAll(".kj-step").forEach((one) => (one.hidden = place < 0 || all.length < 2));
  }

  function step(by) {
    const all = citations(state.holder).map((one) => String(one.n));
    open(state.holder, all[(all.indexOf(state.cite) + by + all.length) % all.length]);
  }

  // Brings the marked passage into sight, inside the panel and inside a slide that is wider than it.
  function centre() {
    const canvas = panel().querySelector(".kj-canvas");
    const hit = canvas?.querySelector(".s-mark.on, mark.on") ?? canvas?.querySelector(".s-hit.on");
    if (!hit) return;
    const box = hit.getBoundingClientRect();
    const around = canvas.getBoundingClientRect();
    canvas.scrollLeft += box.left + box.width / 2 - around.left - around.width / 2;
    if (canvas.scrollHeight > canvas.clientHeight) canvas.scrollTop += box.top - around.top - around.height / 3;
  }

  // While the panel covers the page, the rest of it cannot be reached.
  function aside(away) {
    for (const id of ["kj-tabs", "kj-top"]) document.getElementById(id).inert = away;
  }

  function close() {
    aside(false);
    frame().classList.remove("kj-sheet", "kj-wide");
    panel().removeAttribute("role");
    panel().querySelector(".kj-zoom").setAttribute("aria-pressed", "false");
    if (state.back?.isConnected) state.back.focus({ preventScroll: true });
    state.back = null;
  }

  function zoom(button) {
    const wide = frame().classList.toggle("kj-wide");
    button.setAttribute("aria-pressed", String(wide));
    aside(wide);
    centre();
  }

  // ---- the passage beside the mark that is pointed at

  const tip = document.createElement("div");
  tip.className = "kj-tip";
  tip.id = "kj-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;

  function hint(target) {
    const holder = target.closest("[data-citations]");
    const citation = holder && citations(holder).find((one) => String(one.n) === target.dataset.cite);
    if (!citation) return;
    const from = document.createElement("small");
    from.textContent = `${citation.deck_title} · ${words("source", citation.slide)} ${citation.title}`;
    tip.replaceChildren(citation.quote, from);
    if (!tip.isConnected) frame().append(tip);
    tip.hidden = false;
    target.setAttribute("aria-describedby", tip.id);
    const at = target.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 8);
    const above = at.top - size.height - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 8 ? above : at.bottom + 8}px`;
  }

  function unhint() {
    tip.hidden = true;
    document.querySelector("[aria-describedby=kj-tip]")?.removeAttribute("aria-describedby");
  }

  const hinted = (event) => event.target.closest?.(".kj-mark, .c-node[data-cite]");
  document.addEventListener("mouseover", (event) => hovers.matches && hinted(event) && hint(hinted(event)));
  document.addEventListener("mouseout", (event) => hinted(event) && unhint());
  document.addEventListener("focusin", (event) => hinted(event)?.matches(":focus-visible") && hint(hinted(event)));
  document.addEventListener("focusout", unhint);
  document.addEventListener("scroll", unhint, { capture: true, passive: true });

  // ---- events

  document.addEventListener("click", (event) => {
    if (!panel()) return;
    const inside = panel().contains(event.target);
    if (covering() && !inside) return close();
    const target = event.target.closest?.("[data-cite], [data-cites], [data-slide], .kj-step, .kj-close, .kj-zoom");
    if (!target) return;
    const holder = target.closest("[data-citations]") ?? (inside ? state.holder : null);
    const opener = inside ? null : target;
    if (target.matches(".kj-step")) step(Number(target.dataset.step));
    else if (target.matches(".kj-close")) close();
    else if (target.matches(".kj-zoom")) zoom(target);
    else if (target.dataset.cite && holder) open(holder, target.dataset.cite, opener);
    else if (target.dataset.cites && holder) open(holder, target.dataset.cites.split(" ")[0]);
    else if (target.matches("button[data-slide]")) openSlide(holder, target.dataset.slide, opener);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !tip.hidden) unhint();
    if (event.key === "Escape" && panel() && covering()) return close();
    const drawn = event.target.closest?.("g[role=button]");
    if (drawn && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      drawn.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    }
  });

  return { asked, beside, clear, open, openSlide, panel, parsed, posted, words };
})();
