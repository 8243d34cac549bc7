"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const root = document.documentElement;
  const form = one(".controls");
  const marks = all("article .c");
  const notes = all(".note");
  const parts = new Map();
  for (const mark of marks) {
    parts.set(mark.dataset.c, [...(parts.get(mark.dataset.c) ?? []), mark]);
  }
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
    for (const row of all(".claims li")) row.hidden = !on.has(row.dataset.c);
    for (const note of notes) {
      const claims = note.dataset.claims.split(" ").filter(Boolean);
      const about = claims.length === 0 || claims.some((claim) => on.has(claim));
      note.hidden = !(about && checks.has(note.dataset.code) && severities.has(note.dataset.severity));
      for (const link of all(`a.code[href="#${note.id}"]`)) link.hidden = note.hidden;
    }
    const left = notes.filter((note) => !note.hidden).length;
    one("#shown").textContent = `${on.size} of ${parts.size} claims, ${left} of ${notes.length} findings`;
    place();
  }

  // Findings: each beside its line where there is room, and one after the other

  function place() {
    const wide = matchMedia("(min-width: 56rem)").matches;
    for (const note of notes) note.style.marginTop = "";
    if (!wide) return;
    for (const list of all(".notes")) {
      const shown = [...list.children].filter((note) => !note.hidden);
      let room = list.parentElement.querySelector(`.t.${list.classList[1]}`).offsetHeight - list.offsetHeight;
      for (const note of shown) {
        const line = one(`#${note.id.replace("f", "g")}`).getBoundingClientRect().top - 4;
        const down = Math.min(room, line - note.getBoundingClientRect().top);
        if (down > 0) {
          note.style.marginTop = `${down}px`;
          room -= down;
        }
      }
    }
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

  function light(event) {
    const claim = event.target.closest("article .c")?.dataset.c;
    for (const mark of marks) mark.classList.toggle("on", mark.dataset.c === claim);
    root.classList.remove("quiet");
  }

  function tap(event) {
    const mark = event.target.closest("article .c:not(.off)");
    if (mark && !event.target.closest("a")) one(`#${mark.dataset.c}`).focus({ preventScroll: true });
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
