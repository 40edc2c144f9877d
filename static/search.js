/* Suggestions under a search box: a combobox with a list (WAI-ARIA 1.2). Without this script the box is a plain one. */
"use strict";

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const english = document.documentElement.lang === "en";
  const list = document.createElement("ul");
  list.id = `${input.id}-vorschlaege`;
  list.className = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", english ? "Suggestions" : "Vorschläge");
  list.hidden = true;
  const said = document.createElement("p");
  said.className = "hidden-label";
  said.setAttribute("role", "status");
  const box = document.createElement("span");
  box.className = "combobox";
  input.replaceWith(box);
  box.append(input, list, said);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id], ["autocomplete", "off"], ["autocapitalize", "none"],
  ]) input.setAttribute(name, value);

  let offers = [];
  let at = -1;
  let timer = 0;
  let asked = null;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (number) => {
    at = number;
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };

  const take = (number) => {
    input.value = offers[number].query;
    close();
    input.form.requestSubmit();
  };

  const show = (found) => {
    offers = found;
    list.replaceChildren(...offers.map((offer, number) => {
      const row = document.createElement("li");
      row.id = `${list.id}-${number}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      const label = document.createElement("span");
      label.textContent = offer.kind === "word" ? offer.query : offer.label;
      row.append(label);
      if (offer.of) {
        const of = document.createElement("span");
        of.className = "quiet small";
        of.textContent = offer.of;
        row.append(" ", of);
      }
      row.addEventListener("mousedown", (event) => event.preventDefault());
      row.addEventListener("click", () => take(number));
      return row;
    }));
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(offers.length > 0));
    said.textContent = offers.length === 0 ? ""
      : english ? `${offers.length} suggestions, use the arrow keys` : `${offers.length} Vorschläge, mit den Pfeiltasten wählen`;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: input.value })}`;
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).offers);
    } catch { /* typed on, or offline: no suggestions then */ }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) { asked?.abort(); close(); return; }
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) { if (event.key === "ArrowDown" && input.value.trim().length > 1) ask(); return; }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = offers.length + 1; // one of them is the box itself
      choose(((at + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && at >= 0) {
      event.preventDefault();
      take(at);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", () => { clearTimeout(timer); asked?.abort(); close(); });
}
