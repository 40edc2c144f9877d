// What a page gains with JavaScript; everything works without it.
"use strict";

// Suggestions while typing: an input with data-places="/address/" asks it with ?q= and gets
// {"suggestions": [{"label", "note", "value", "address"}]}; an address is gone to, a value is filled in.
function suggestions(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-vorschlaege`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels.length ? input.labels[0].textContent : "");
  list.hidden = true;
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off",
  })) input.setAttribute(name, value);
  let found = [], at = -1, timer = 0, asked = "";

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function select(index) {
    at = index;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }
  function choose(index) {
    const one = found[index];
    close();
    if (one.address && input.dataset.go !== undefined) window.location.assign(one.address);
    else input.value = one.value || one.label;
  }
  function show(items) {
    found = items;
    list.replaceChildren(...items.map((one, number) => {
      const item = document.createElement("li");
      const note = document.createElement("small");
      item.id = `${list.id}-${number}`;
      item.setAttribute("role", "option");
      item.append(Object.assign(document.createElement("span"), { textContent: one.label }), note);
      note.textContent = one.note || "";
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(number); });
      return item;
    }));
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(Boolean(items.length)));
    select(-1);
  }
  async function ask() {
    const words = input.value.trim();
    if (words.length < 2) return close();
    asked = words;
    const address = new URL(input.dataset.places, window.location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const { suggestions: items } = await answer.json();
      if (asked === words && document.activeElement === input) show(items);
    } catch { close(); }
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      select((at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(at);
    }
  });
}
document.querySelectorAll("input[data-places]").forEach(suggestions);

// "Copy link": a button with data-copy="text or address".
document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const words = button.dataset.copy;
    await navigator.clipboard.writeText(/^[/#]/.test(words) ? new URL(words, window.location.href).href : words);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
});

// Text size of the reader, remembered on this device.
const SIZES = ["", "text-larger", "text-largest"];
function resize(size) {
  SIZES.slice(1).forEach((name) => document.documentElement.classList.toggle(name, name === size));
  document.querySelectorAll("[data-size]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.size === size)));
}
function remembered() {
  try { return window.localStorage.getItem("text") || ""; } catch { return ""; }
}
document.querySelectorAll("[data-size]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    resize(button.dataset.size);
    try { window.localStorage.setItem("text", button.dataset.size); } catch { /* then only for this page */ }
  });
});
resize(SIZES.includes(remembered()) ? remembered() : "");

// The contents follow: the section being read is marked in them.
const contents = document.querySelector("[data-follow]");
if (contents && "IntersectionObserver" in window) {
  const links = new Map([...contents.querySelectorAll("a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    entries.forEach((entry) => (entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id)));
    const first = [...links.keys()].find((id) => seen.has(id));
    if (!first) return;
    links.forEach((link) => link.removeAttribute("aria-current"));
    const here = links.get(first);
    here.setAttribute("aria-current", "location");
    const box = contents.getBoundingClientRect(), spot = here.getBoundingClientRect();
    if (contents.scrollHeight > contents.clientHeight && (spot.top < box.top || spot.bottom > box.bottom)) {
      contents.scrollTop += spot.top - box.top - box.height / 3;
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  links.forEach((link, id) => { const part = document.getElementById(id); if (part) watch.observe(part); });
  // On narrow screens the contents begin closed, so that the text is in sight.
  const fold = contents.querySelector("details");
  if (fold && window.matchMedia("(max-width: 62rem)").matches) fold.open = false;
}

// What an address points at is opened; what is printed is opened, too.
function openTarget() {
  const target = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  if (!target) return;
  let closed = target.closest("details:not([open])");
  if (!closed) return;
  for (; closed; closed = closed.parentElement.closest("details:not([open])")) closed.open = true;
  target.scrollIntoView();
}
window.addEventListener("hashchange", openTarget);
openTarget();
window.addEventListener("beforeprint", () => document.querySelectorAll(".verbatim").forEach((part) => { part.open = true; }));
