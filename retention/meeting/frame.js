"use strict";
const sections = [...document.querySelectorAll("section")];
let now = -1;
const quiet = {displayModeBar: false, responsive: true};
const draw = (number) => Plotly.newPlot("f" + (number + 1), FIGURES[number].data, FIGURES[number].layout, quiet);
sections.forEach((_, number) => draw(number));
const show = (number) => {
  now = Math.max(-1, Math.min(number, sections.length - 1));
  document.body.classList.toggle("stepping", now >= 0);
  sections.forEach((section, place) => section.classList.toggle("now", place === now));
  if (now >= 0) Plotly.Plots.resize("f" + (now + 1));
  else sections.forEach((_, place) => Plotly.Plots.resize("f" + (place + 1)));
};
document.addEventListener("keydown", (event) => {
  if (["ArrowRight", "PageDown", " "].includes(event.key)) show(now + 1);
  else if (["ArrowLeft", "PageUp"].includes(event.key)) show(Math.max(now - 1, 0));
  else if (event.key === "Home") show(0);
  else if (event.key === "End") show(sections.length - 1);
  else if (event.key === "Escape") show(-1);
  else if (event.key === "f") document.documentElement.requestFullscreen();
  else return;
  event.preventDefault();
});
window.addEventListener("beforeprint", () => show(-1));
