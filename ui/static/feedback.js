// What can be done with an answer: copy it with its sources, judge it, say why.
(() => {
  const turnOf = (one) => one.closest(".kj-turn");

  function tell(turn, text) {
    const told = turn.querySelector(".kj-judge .kj-told");
    told.textContent = text;
    clearTimeout(told.kjTimer);
    told.kjTimer = setTimeout(() => (told.textContent = ""), 4_000);
  }

  async function copy(turn) {
    const done = await copied(turn.dataset.copy).catch(() => false);
    tell(turn, window.kejian.words(done ? "copied" : "uncopied"));
  }

  // The clipboard of today needs https or this very computer; the old way works everywhere else.
  async function copied(text) {
    if (window.isSecureContext && navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true);
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }

  async function judge(turn, helpful) {
    const given = { turn: turn.dataset.turn, helpful, reasons: [], comment: "" };
    for (const [act, on] of [["up", helpful], ["down", !helpful]]) {
      turn.querySelector(`[data-act=${act}]`).setAttribute("aria-pressed", String(on));
    }
    turn.querySelector(".kj-why").hidden = helpful;
    await send(turn, given, "thanks");
  }

  async function explain(turn) {
    const why = turn.querySelector(".kj-why");
    const reasons = [...why.querySelectorAll("[data-reason][aria-pressed=true]")].map((one) => one.dataset.reason);
    const given = { turn: turn.dataset.turn, helpful: false, reasons, comment: why.querySelector("textarea").value };
    if (await send(turn, given, "sent")) why.hidden = true;
  }

  async function send(turn, given, thanks) {
    try {
      await window.kejian.posted("/api/feedback", given);
    } catch (error) {
      tell(turn, error.message);
      return false;
    }
    tell(turn, window.kejian.words(thanks));
    return true;
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-act], [data-reason]");
    const turn = target && turnOf(target);
    if (!turn) return;
    const act = target.dataset.act;
    if (act === "copy") copy(turn);
    else if (act === "up" || act === "down") judge(turn, act === "up");
    else if (act === "why") explain(turn);
    else target.setAttribute("aria-pressed", String(target.getAttribute("aria-pressed") !== "true"));
  });
})();
