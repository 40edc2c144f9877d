// Suggestions under a field: a combobox with a list (WAI-ARIA 1.2). Without this script the field is a plain one.
//
// data-suggest="/address/": words and names for a search, {"offers": [{"query", "label", "kind", "of"}]}; taking one searches.
// data-places="/address/": places, {"suggestions": [{"label", "note", "value", "address"}]}; taking one fills it in, or with
// data-go leads to its page.
"use strict";

const ENGLISH = document.documentElement.lang === "en";
const LEAST = 2; // letters before anything is suggested

const SOURCES = {
  suggest: {
    read: (answer) => answer.offers.map((one) => ({
      label: one.kind === "word" ? one.query : one.label, note: one.of, value: one.query,
    })),
    take: (input) => input.form.requestSubmit(),
  },
  places: {
    read: (answer) => answer.suggestions,
    take: (input, one) => { if (input.dataset.go !== undefined) window.location.assign(one.address); },
  },
};

function combobox(input, kind) {
  const source = SOURCES[kind];
  const list = document.createElement("ul");
  list.id = `${input.id}-vorschlaege`;
  list.className = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", ENGLISH ? "Suggestions" : "Vorschläge");
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "hidden-label";
  said.setAttribute("role", "status");
  const box = document.createElement("span");
  box.className = "combobox";
  input.replaceWith(box);
  box.append(input, list, said);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    autocomplete: "off", autocapitalize: "none",
  })) input.setAttribute(name, value);

  let found = [];
  let at = -1; // which is chosen; -1 is the field itself
  let timer = 0;
  let asked = null;

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(number) {
    at = number;
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function take(number) {
    const one = found[number];
    input.value = one.value || one.label;
    close();
    source.take(input, one);
  }

  function row(one, number) {
    const item = document.createElement("li");
    item.id = `${list.id}-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(Object.assign(document.createElement("span"), { textContent: one.label }));
    if (one.note) item.append(" ", Object.assign(document.createElement("span"), { className: "quiet small", textContent: one.note }));
    item.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    item.addEventListener("click", () => take(number));
    return item;
  }

  function show(rows) {
    found = rows;
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...rows.map(row));
    list.hidden = rows.length === 0;
    input.setAttribute("aria-expanded", String(rows.length > 0));
    said.textContent = rows.length === 0 ? ""
      : ENGLISH ? `${rows.length} suggestions, use the arrow keys` : `${rows.length} Vorschläge, mit den Pfeiltasten wählen`;
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    try {
      const address = `${input.dataset[kind]}?${new URLSearchParams({ q: input.value })}`;
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === input) show(source.read(await answer.json()));
    } catch { /* typed on, or offline: no suggestions then */ }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < LEAST) close();
    else timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) {
        if (event.key === "ArrowDown" && input.value.trim().length >= LEAST) ask();
        return;
      }
      event.preventDefault();
      const places = found.length + 1; // one of them is the field itself
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((at + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && at >= 0) {
      event.preventDefault();
      take(at);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
}

for (const kind of Object.keys(SOURCES)) {
  document.querySelectorAll(`input[data-${kind}]`).forEach((input) => combobox(input, kind));
}
