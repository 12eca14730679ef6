// The tabs beside 问答. A room ([data-room]) is filled from the server when it is first seen. A button with data-get puts
// what that address shows into the slot it names, with the fields of the form around it; HTML comes from the server
// only, made of escaped text.
(() => {
  const kejian = window.kejian;
  const newest = new WeakMap(); // slot → number of its last request: an answer that was overtaken is dropped

  const roomOf = (one) => one.closest(".kj-room");
  const slotOf = (room, name) => (name === "room" ? room : room.querySelector(`[data-slot="${name}"]`));
  const language = () => kejian.panel().dataset.language;

  function addressOf(path, form) {
    const address = new URL(path, location.origin);
    for (const one of form?.querySelectorAll("[name]") ?? []) {
      const chosen = one.type !== "checkbox" || one.checked;
      if (chosen && one.value.trim()) address.searchParams.append(one.name, one.value.trim());
    }
    address.searchParams.set("view", language());
    return address;
  }

  function parsed(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  }

  function complain(slot, message) {
    const line = document.createElement("p");
    line.className = "kj-error";
    line.setAttribute("role", "alert");
    line.textContent = message;
    slot.replaceChildren(line);
  }

  async function load(slot, address) {
    const mine = (newest.get(slot) ?? 0) + 1;
    newest.set(slot, mine);
    slot.setAttribute("aria-busy", "true");
    try {
      const { html } = await kejian.asked(address);
      if (newest.get(slot) !== mine) return;
      slot.replaceChildren(parsed(html));
      filled(slot);
    } catch (error) {
      if (newest.get(slot) === mine) complain(slot, error.message);
    } finally {
      if (newest.get(slot) === mine) slot.removeAttribute("aria-busy");
    }
  }

  // What follows of itself: the first result, the next look at a run, the list that a run has changed.
  function filled(slot) {
    const room = roomOf(slot);
    for (const one of slot.querySelectorAll("[data-then]")) load(slotOf(room, one.dataset.thenInto), addressOf(one.dataset.then));
    const changed = slot.querySelector("[data-refresh]");
    if (changed) refresh(room, changed.dataset.refreshInto, changed.dataset.refresh);
    const poll = slot.querySelector("[data-poll]");
    if (poll) setTimeout(() => poll.isConnected && load(slot, addressOf(poll.dataset.poll)), 500);
    const shelf = slot.querySelector("[data-shelf]")?.dataset.shelf;
    const line = document.querySelector("#kj-shelf span");
    if (shelf && line) line.textContent = shelf;
    slot.querySelectorAll("[data-ask-cells]").forEach(askFromCells);
    choose(room);
  }

  // The library has changed: its list is shown anew at once, the other rooms when they are next seen.
  function refresh(room, into, path) {
    for (const other of document.querySelectorAll(".kj-room")) {
      if (other === room) continue;
      other.replaceChildren();
      seen.observe(other);
    }
    return load(slotOf(room, into), addressOf(path));
  }

  // Each cell of a comparison can be asked on: its subject and the aspect of its row.
  function askFromCells(holder) {
    for (const row of holder.querySelectorAll(".kj-matrix tbody tr:not(.kj-aligned)")) {
      const aspect = row.querySelector("th").textContent;
      for (const cell of row.querySelectorAll("td[data-subject]")) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "kj-ask-cell";
        button.dataset.ask = `${cell.dataset.subject}的${aspect}`;
        button.textContent = holder.dataset.askCells;
        button.setAttribute("aria-label", `${holder.dataset.askCells}：${button.dataset.ask}`);
        cell.append(button);
      }
    }
  }

  // The entry of a list whose page or chart is shown.
  function choose(room, entry = room.querySelector("[data-chosen]")) {
    if (!entry || (entry === room.querySelector("[data-chosen]") && room.querySelector("[data-chosen][aria-current]"))) return;
    room.querySelectorAll("[data-chosen][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    entry.setAttribute("aria-current", "true");
  }

  // ---- files

  async function entriesOf(items) {
    const found = [];
    const walk = async (entry, at) => {
      if (entry.isFile) {
        const file = await new Promise((done, fail) => entry.file(done, fail));
        return void found.push([`${at}${file.name}`, file]);
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!some.length) return;
        for (const one of some) await walk(one, `${at}${entry.name}/`);
      }
    };
    const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    for (const entry of entries) await walk(entry, "");
    return found;
  }

  // Each file goes up by itself, so that one that is refused stops no other.
  async function send(room, files, slot = slotOf(room, "job")) {
    const drop = room.querySelector("[data-drop]");
    const refused = [];
    let batch = "";
    for (const [n, [name, file]] of files.entries()) {
      const told = drop.dataset.sending.replace("{name}", name).replace("{n}", n + 1).replace("{all}", files.length);
      progress(slot, told, n, files.length);
      try {
        if (file.size > Number(drop.dataset.most)) throw new Error(drop.dataset.tooLarge.replace("{name}", name));
        const query = new URLSearchParams({ name, batch });
        batch = (await kejian.asked(`/api/uploads?${query}`, { method: "POST", body: file })).batch;
      } catch (error) {
        refused.push(error.message);
      }
    }
    if (batch) await run(room, { batch }, slot);
    else slot.replaceChildren();
    for (const message of refused) {
      const line = document.createElement("div");
      complain(line, message);
      slot.before(line.firstChild);
    }
  }

  function progress(slot, text, done, all) {
    slot.parentElement.querySelectorAll(":scope > .kj-error").forEach((old) => old.remove());
    const bar = document.createElement("progress");
    bar.max = all;
    bar.value = done;
    bar.setAttribute("aria-label", text);
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = text;
    const box = document.createElement("div");
    box.className = "kj-progress";
    box.append(bar, line);
    slot.replaceChildren(box);
  }

  async function run(room, what, slot = slotOf(room, "job")) {
    try {
      const { job } = await kejian.posted("/api/ingest", what);
      await load(slot, addressOf(`/api/ingest/${job}`));
      slot.scrollIntoView({ block: "nearest" });
    } catch (error) {
      complain(slot, error.message);
    }
  }

  async function remove(button) {
    const room = roomOf(button);
    try {
      await kejian.asked(button.dataset.delete, { method: "DELETE" });
      slotOf(room, "browser").replaceChildren();
      await refresh(room, "decks", "/api/decks?part=list");
    } catch (error) {
      complain(slotOf(room, "job"), error.message);
    }
  }

  function confirm(button, open) {
    const box = button.closest("td").querySelector(".kj-confirm");
    box.hidden = !open;
    button.closest("td").querySelector("[data-confirms]").hidden = open;
    (open ? box.querySelector("[data-closes]") : button.closest("td").querySelector("[data-confirms]")).focus();
  }

  // ---- saving

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async function savePng(button) {
    const source = await (await fetch(button.dataset.png)).blob();
    const address = URL.createObjectURL(source);
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    const scale = Math.min(2, 8_000 / Math.max(image.width, image.height));
    canvas.width = image.width * scale;
    canvas.height = image.height * scale;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    save(await new Promise((done) => canvas.toBlob(done, "image/png")), "kejian-compare.png");
  }

  // ---- events

  function light(row) {
    const browser = row.closest("[data-lights]");
    const on = row.classList.contains("on");
    browser.querySelectorAll(".on").forEach((one) => one.classList.remove("on"));
    if (on) return;
    row.classList.add("on");
    const lit = browser.querySelectorAll(`[data-cites~="${row.dataset.light}"]`);
    lit.forEach((one) => one.classList.add("on"));
    lit[0]?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  function get(button) {
    const room = roomOf(button);
    const into = slotOf(room, button.dataset.into);
    if (button.dataset.clears) slotOf(room, button.dataset.clears).replaceChildren();
    if (button.dataset.chosen !== undefined) choose(room, button);
    return load(into, addressOf(button.dataset.get, button.closest("[data-form]")));
  }

  async function openUnit(node, chart) {
    const room = roomOf(chart);
    room.querySelectorAll(".c-node.on").forEach((one) => one.classList.remove("on"));
    node.classList.add("on");
    const address = new URL(chart.dataset.units, location.origin);
    address.searchParams.set("name", node.dataset.unit);
    address.searchParams.set("view", language());
    const slot = slotOf(room, "unit");
    await load(slot, address);
    slot.querySelector("h2")?.focus({ preventScroll: true });
    // The card comes into sight below the chart, which stays in sight where there is room for both.
    const hidden = slot.getBoundingClientRect().top - innerHeight * (innerWidth < 960 ? 0.3 : 0.55);
    if (hidden > 0) scrollBy({ top: hidden });
  }

  function pressed(event) {
    const room = event.target.closest?.(".kj-room");
    if (!room) return;
    const node = event.target.closest(".c-node[data-unit]");
    const chart = node?.closest("[data-units]");
    if (chart) {
      event.stopPropagation();
      return void openUnit(node, chart);
    }
    if (event.target.closest("[data-ask]")) document.querySelector("#kj-tab-chat-button").click();
    const target = event.target.closest(
      "[data-get], [data-delete], [data-confirms], [data-closes], [data-paths], [data-draft], [data-download], [data-png], [data-light]",
    );
    if (!target) return;
    const does = target.dataset;
    if (does.get) get(target);
    else if (does.delete) remove(target);
    else if (does.confirms !== undefined) confirm(target, true);
    else if (does.closes !== undefined) confirm(target, false);
    else if (does.paths !== undefined) run(room, { paths: target.closest("[data-form]").querySelector("textarea").value.split("\n") });
    else if (does.draft) send(room, [[does.draft, new Blob([draftBy(target).value])]], slotOf(room, does.into));
    else if (does.download) save(new Blob([draftBy(target).value], { type: "text/markdown" }), does.download);
    else if (does.png) savePng(target);
    else if (does.light) light(target);
  }

  const draftBy = (button) => button.closest(".kj-drafting").querySelector("textarea");

  function keyed(event) {
    const room = event.target.closest?.(".kj-room");
    if (!room) return;
    const field = event.target.closest("[data-enter]");
    if (field && event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      return field.closest("[data-form]").querySelector(`[data-act="${field.dataset.enter}"]`).click();
    }
    const row = event.target.closest("[data-light]");
    if (row && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      return light(row);
    }
    const browser = event.target.closest(".kj-browser");
    if (browser && !event.target.closest("textarea, input, .kj-scroll")) {
      browser.querySelector(`[data-key="${event.key}"]`)?.click();
    }
  }

  document.addEventListener("click", pressed, true);
  document.addEventListener("keydown", keyed);
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-files]") && event.target.files.length) {
      const files = [...event.target.files].map((file) => [file.webkitRelativePath || file.name, file]);
      send(roomOf(event.target), files);
      event.target.value = "";
    }
  });
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, async (event) => {
      const drop = event.target.closest?.("[data-drop]");
      if (!drop) return;
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
      if (kind !== "drop") return;
      const plain = [...event.dataTransfer.files].map((file) => [file.name, file]);
      const files = await entriesOf(event.dataTransfer.items);
      if (files.length || plain.length) send(roomOf(drop), files.length ? files : plain);
    });
  }

  // ---- rooms are filled when they are first seen

  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      load(target, addressOf(target.dataset.room));
    }
  });
  const watched = new WeakSet();
  new MutationObserver(() => {
    for (const room of document.querySelectorAll(".kj-room")) {
      if (!watched.has(room)) {
        watched.add(room);
        seen.observe(room);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
