// The drawer of earlier conversations: found by words, opened again, saved as a file, deleted.
(() => {
  const drawer = () => document.querySelector("dialog.kj-history");
  const address = (id) => `/api/conversations/${encodeURIComponent(id)}`;
  let asked = 0;

  function made(tag, cls, text) {
    const one = document.createElement(tag);
    one.className = cls;
    if (text) one.textContent = text;
    return one;
  }

  async function list() {
    const mine = ++asked;
    const words = drawer().querySelector("input").value.trim();
    const told = drawer().querySelector(".kj-told");
    try {
      const { conversations } = await window.kejian.asked(`/api/conversations?q=${encodeURIComponent(words)}`);
      if (mine !== asked) return;
      drawer().querySelector("ol").replaceChildren(...conversations.map(entry));
      told.textContent = conversations.length ? "" : window.kejian.words(words ? "unfound" : "none");
    } catch (error) {
      told.textContent = error.message;
    }
  }

  function entry(conversation) {
    const item = made("li", "kj-history-item");
    item.dataset.id = conversation.id;
    const open = made("button", "kj-history-again", conversation.title);
    open.type = "button";
    const when = new Date(conversation.changed_at);
    const said = `${when.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })} · `;
    open.append(made("small", "", said + window.kejian.words("turns", conversation.turns)));
    item.append(open, saving(conversation.id, "md", "Markdown"), saving(conversation.id, "docx", "Word"), deleting());
    item.classList.toggle("on", conversation.id === window.kejian.conversation());
    return item;
  }

  function saving(id, format, name) {
    const link = made("a", "kj-act", name);
    link.href = `${address(id)}/export?format=${format}`;
    link.download = "";
    return link;
  }

  function deleting() {
    const button = made("button", "kj-act kj-history-forget", window.kejian.words("forget"));
    button.type = "button";
    return button;
  }

  // Asked twice: what is deleted is gone.
  async function forget(button) {
    const item = button.closest("li");
    if (!button.classList.contains("sure")) {
      button.classList.add("sure");
      button.textContent = window.kejian.words("really");
      return;
    }
    try {
      await window.kejian.asked(address(item.dataset.id), { method: "DELETE" });
    } catch (error) {
      drawer().querySelector(".kj-told").textContent = error.message;
      return;
    }
    if (item.dataset.id === window.kejian.conversation()) document.getElementById("kj-fresh").click();
    await list();
    drawer().querySelector("input").focus();
  }

  function unsure(but) {
    drawer().querySelectorAll(".sure").forEach((one) => {
      if (one === but) return;
      one.classList.remove("sure");
      one.textContent = window.kejian.words("forget");
    });
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest?.(".kj-history-open")) {
      drawer().showModal();
      list();
    }
    if (!drawer()?.contains(target)) return;
    const button = target.closest("button");
    unsure(button);
    if (target === drawer() || button?.matches(".kj-history-close")) drawer().close();
    else if (button?.matches(".kj-history-again")) {
      window.kejian.reopen(button.closest("li").dataset.id);
      drawer().close();
    } else if (button?.matches(".kj-history-forget")) forget(button);
  });

  let pause = 0;
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".kj-history-search")) return;
    clearTimeout(pause);
    pause = setTimeout(list, 200);
  });
})();
