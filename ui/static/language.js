// The language of the page, whatever Gradio makes of that of the browser later on.
(() => {
  const root = document.documentElement;
  const spoken = document.currentScript.dataset.language;
  const speak = () => root.lang === spoken || (root.lang = spoken);
  new MutationObserver(speak).observe(root, { attributes: true, attributeFilter: ["lang"] });
  speak();
})();
