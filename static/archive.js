// What a page gains with JavaScript; everything works without it.
"use strict";

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

// While the next page is on its way, the button that asked for it says so; nothing where it comes at once.
document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", (event) => {
  const button = event.submitter || form.querySelector("button:not([type='button'])");
  if (!button) return;
  const wait = setTimeout(() => button.setAttribute("aria-busy", "true"), 300);
  const over = () => { clearTimeout(wait); button.removeAttribute("aria-busy"); };
  window.addEventListener("pageshow", over, { once: true });
  window.addEventListener("pagehide", over, { once: true });
}));
