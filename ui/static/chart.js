// Folds a chart (.kj-chart) and saves it as a picture. Each unit carries its box: number, parent, x, y, width, height.
(() => {
  const GAP_ACROSS = 34;
  const GAP_DOWN = 10;
  const DRAWN = ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight", "opacity"];
  const SCALE = 2; // pixels of a PNG to a pixel of the chart

  function unitsOf(chart) {
    return [...chart.querySelectorAll(".c-unit")].map((drawn) => {
      const [n, parent, x, y, width, height] = drawn.dataset.box.split(" ").map(Number);
      const knob = drawn.querySelector(".c-knob");
      return { drawn, knob, n, parent, x, y, width, height, folded: knob?.getAttribute("aria-expanded") === "false" };
    });
  }

  // The same order as chart_svg.py: a unit stands in the middle of what is under it.
  function arrange(chart) {
    const units = unitsOf(chart);
    const under = (unit) => (unit.folded ? [] : units.filter((one) => one.parent === unit.n));
    const shown = new Set();
    const place = (unit, top) => {
      shown.add(unit);
      let below = top;
      for (const child of under(unit)) below = place(child, below) + GAP_DOWN;
      const bottom = Math.max(under(unit).length ? below - GAP_DOWN : top, top + unit.height);
      unit.at = top + (bottom - top - unit.height) / 2;
      return bottom;
    };
    const high = place(units[0], 0);
    for (const unit of units) {
      unit.drawn.style.display = shown.has(unit) ? "" : "none";
      unit.drawn.setAttribute("transform", `translate(0 ${unit.at - unit.y || 0})`);
    }
    lines(chart, units, shown);
    const wide = Math.max(...[...shown].map((one) => one.x + one.width + (one.knob ? 18 : 0)));
    chart.setAttribute("viewBox", `-1 -1 ${wide + 2} ${high + 2}`);
    chart.setAttribute("width", wide + 2);
    chart.setAttribute("height", high + 2);
  }

  function lines(chart, units, shown) {
    chart.querySelectorAll(".c-line").forEach((line, index) => {
      const unit = units[index + 1];
      const above = units[unit.parent];
      const middle = (one) => one.at + one.height / 2;
      line.style.display = shown.has(unit) ? "" : "none";
      if (!shown.has(unit)) return;
      const across = `M${above.x + above.width} ${middle(above)}H${unit.x - GAP_ACROSS / 2}`;
      line.setAttribute("d", `${across}V${middle(unit)}H${unit.x}`);
    });
  }

  function fold(knob, folded) {
    knob.setAttribute("aria-expanded", String(!folded));
    const sign = knob.querySelector("text");
    sign.textContent = folded ? sign.dataset.folded : "−";
  }

  // What is folded away below the heads of departments, or all of it shown.
  function foldAll(chart, folded) {
    for (const unit of unitsOf(chart)) {
      if (unit.knob) fold(unit.knob, folded && unit.parent >= 0);
    }
    arrange(chart);
  }

  function offer(figure) {
    const folded = figure.querySelectorAll(".c-knob[aria-expanded=false]").length > 0;
    const shown = figure.querySelectorAll(".c-knob[aria-expanded=true]").length > 1;
    for (const [does, useful] of [["fold", shown], ["unfold", folded]]) {
      const button = figure.querySelector(`[data-chart=${does}]`);
      if (button) button.hidden = !useful;
    }
  }

  // ---- as a picture: with its colours in it, always the light ones, since it will be printed

  function picture(chart) {
    const stage = document.createElement("div");
    stage.className = "kj-light kj-stage";
    stage.append(chart.cloneNode(true));
    chart.closest(".gradio-container").append(stage);
    const copy = stage.firstChild;
    copy.querySelectorAll(".c-knob").forEach((knob) => knob.getAttribute("aria-expanded") === "true" && knob.remove());
    copy.querySelectorAll("[style*='display: none']").forEach((hidden) => hidden.remove());
    copy.querySelectorAll(".on").forEach((lit) => lit.classList.remove("on"));
    const drawn = [copy, ...copy.querySelectorAll("*")];
    const looks = drawn.map((one) => DRAWN.map((name) => coloured(getComputedStyle(one).getPropertyValue(name))));
    drawn.forEach((one, index) => paint(one, looks[index])); // only now: a rule may look at what stands around
    stage.remove();
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return copy;
  }

  function paint(one, look) {
    DRAWN.forEach((name, index) => one.setAttribute(name, look[index]));
    for (const name of ["class", "style", "role", "tabindex", "data-cite", "data-box", "aria-expanded", "data-folded"]) {
      one.removeAttribute(name);
    }
  }

  // Mixed colours are written as rgb: other programs do not know color(srgb …).
  function coloured(value) {
    if (!value.startsWith("color(")) return value.replaceAll('"', "'");
    const [r, g, b, a = 1] = value.match(/[\d.]+/g).map(Number);
    return `rgba(${[r, g, b].map((part) => Math.round(part * 255)).join(", ")}, ${a})`;
  }

  const source = (chart) => new Blob([new XMLSerializer().serializeToString(picture(chart))], { type: "image/svg+xml" });

  async function pixels(chart) {
    const image = new Image();
    const address = URL.createObjectURL(source(chart));
    try {
      image.src = address;
      await image.decode();
    } finally {
      URL.revokeObjectURL(address);
    }
    const canvas = document.createElement("canvas");
    canvas.width = SCALE * chart.width.baseVal.value;
    canvas.height = SCALE * chart.height.baseVal.value;
    const paper = canvas.getContext("2d");
    paper.fillStyle = "white";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name.replace(/[^\p{L}\p{N}]+/gu, "_").slice(0, 60);
    link.download += blob.type === "image/png" ? ".png" : ".svg";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  document.addEventListener("click", async (event) => {
    const knob = event.target.closest?.(".c-knob");
    const button = event.target.closest?.("[data-chart]");
    const figure = (knob ?? button)?.closest(".kj-charted");
    if (!figure) return;
    const chart = figure.querySelector(".kj-chart");
    const does = button?.dataset.chart;
    if (knob) {
      fold(knob, knob.getAttribute("aria-expanded") === "true");
      arrange(chart);
    } else if (does === "fold" || does === "unfold") foldAll(chart, does === "fold");
    else if (does === "svg") save(source(chart), figure.dataset.name);
    else if (does === "png") save(await pixels(chart), figure.dataset.name);
    offer(figure);
  });
})();
