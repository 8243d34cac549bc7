"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const root = document.documentElement;
  const form = one(".controls");
  const marks = all("article .c");
  const notes = all(".note");
  const rows = all(".claims li");
  const parts = Map.groupBy(marks, (mark) => mark.dataset.c);
  const flags = Map.groupBy(all("a.code"), (link) => link.hash.slice(1));
  form.hidden = false;

  // Filters

  function chosen(name) {
    return new Set(all(`#filters input[name=${name}]:checked`).map((box) => box.value));
  }

  function filter() {
    const [kinds, sourcings, checks, severities] = ["kind", "sourcing", "check", "severity"].map(chosen);
    const on = new Set();
    for (const [claim, pieces] of parts) {
      const classes = [...pieces[0].classList];
      const shown = classes.some((name) => kinds.has(name)) && classes.some((name) => sourcings.has(name));
      if (shown) on.add(claim);
      for (const piece of pieces) piece.classList.toggle("off", !shown);
    }
    for (const row of rows) row.hidden = !on.has(row.dataset.c);
    for (const note of notes) {
      const claims = note.dataset.claims.split(" ").filter(Boolean);
      const about = claims.length === 0 || claims.some((claim) => on.has(claim));
      note.hidden = !(about && checks.has(note.dataset.code) && severities.has(note.dataset.severity));
      for (const link of flags.get(note.id)) link.hidden = note.hidden;
    }
    const left = notes.filter((note) => !note.hidden).length;
    one("#shown").textContent = `${on.size} of ${parts.size} claims, ${left} of ${notes.length} findings`;
    place();
  }

  // Findings: each beside its line where there is room, and one after the other

  function place() {
    for (const note of notes) note.style.marginTop = "";
    if (!matchMedia("(min-width: 56rem)").matches) return;
    const moves = [];
    for (const list of all(".notes")) {
      const paragraph = list.parentElement.querySelector(`.t.${list.classList[1]}`);
      const room = paragraph.offsetHeight - list.offsetHeight;
      let moved = 0;
      for (const note of [...list.children].filter((note) => !note.hidden)) {
        const line = document.getElementById(note.id.replace("f", "g")).getBoundingClientRect().top - 4;
        const down = Math.min(room, line - note.getBoundingClientRect().top) - moved;
        if (down > 0) {
          moves.push([note, down]);
          moved += down;
        }
      }
    }
    for (const [note, down] of moves) note.style.marginTop = `${down}px`;
  }

  let current = null;

  function step(by) {
    const shown = notes.filter((note) => !note.hidden);
    if (shown.length === 0) return;
    const at = shown.indexOf(current);
    current = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length];
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "center" });
    one("#shown").textContent = `finding ${shown.indexOf(current) + 1} of ${shown.length}`;
  }

  // Claims: all parts of one light up together, and a tap on one is as good as a key

  let lit = [];

  function light(event) {
    for (const mark of lit) mark.classList.remove("on");
    lit = parts.get(event.target.closest("article .c")?.dataset.c) ?? [];
    for (const mark of lit) mark.classList.add("on");
    root.classList.remove("quiet");
  }

  function tap(event) {
    const mark = event.target.closest("article .c:not(.off)");
    if (mark && !event.target.closest("a")) document.getElementById(mark.dataset.c).focus({ preventScroll: true });
  }

  function key(event) {
    if (event.key === "Escape") root.classList.add("quiet");
    if (event.ctrlKey || event.metaKey || event.altKey || !one("#keys").checked) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  }

  function theme() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    return dark ? "dark" : "light";
  }

  function name() {
    one("#theme").textContent = theme() === "dark" ? "Light" : "Dark";
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  one("#previous").addEventListener("click", () => step(-1));
  one("#next").addEventListener("click", () => step(1));
  one("#filter").addEventListener("click", (event) => {
    const open = one("#filters").hidden;
    one("#filters").hidden = !open;
    event.target.setAttribute("aria-expanded", String(open));
  });
  one("#theme").addEventListener("click", () => {
    root.dataset.theme = theme() === "dark" ? "light" : "dark";
    name();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  document.addEventListener("pointerover", light);
  document.addEventListener("focusin", light);
  document.addEventListener("click", tap);
  document.addEventListener("keydown", key);
  addEventListener("resize", place);
  name();
  filter();
})();
