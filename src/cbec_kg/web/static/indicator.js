// A drawn chart with tooltips in place of the picture. Without this script the picture and the table say the same.
// The policy of the pages forbids what would make code of text: expressions are interpreted (ast), styles are in a file.
(() => {
  "use strict";
  const load = (src) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  const dark = () => {
    const said = document.documentElement.dataset.theme;
    return said ? said === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  // What a tooltip says stands in the table too, so readers of a screen are not told it twice.
  const tooltip = () => {
    if (document.getElementById("vg-tooltip-element")) return;
    const tip = document.createElement("div");
    tip.id = "vg-tooltip-element";
    tip.setAttribute("aria-hidden", "true");
    document.body.append(tip);
  };
  const draw = async (figure) => {
    if (!window.vegaEmbed) await load(figure.dataset.script);
    const answer = await fetch(`${figure.dataset.chart}&theme=${dark() ? "dark" : "light"}`);
    if (!answer.ok) return;
    const spec = await answer.json();
    tooltip();
    const drawn = document.createElement("div");
    drawn.className = "drawn";
    drawn.tabIndex = 0; // where it is wider than the page it scrolls, by keys too
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", figure.dataset.label);
    const inner = document.createElement("div");
    inner.setAttribute("aria-hidden", "true");
    drawn.append(inner);
    await window.vegaEmbed(inner, spec, {
      actions: false, ast: true, renderer: "canvas", defaultStyle: false, tooltip: { disableDefaultStyle: true },
    });
    figure.querySelectorAll("picture, img, .drawn").forEach((old) => old.remove());
    figure.prepend(drawn);
    figure.removeAttribute("tabindex");
  };
  const figures = [...document.querySelectorAll("figure[data-chart]")];
  const all = () => figures.forEach((figure) => draw(figure).catch((error) => console.warn("chart:", error.message)));
  if (matchMedia("(min-width: 46rem)").matches) all(); // on a phone the picture fits its width, and needs no library
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
})();
