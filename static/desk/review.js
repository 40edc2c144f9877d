// The review page: acts without leaving it, marking text, and keys for going through a hundred pledges.
"use strict";
(() => {
  const parts = document.getElementById("parts");
  if (!parts) return;
  const said = document.getElementById("review-said"), marking = document.getElementById("marking");
  let now = null, hide = 0;
  document.querySelectorAll(".with-script").forEach((one) => { one.hidden = false; });

  function say(text, long = 5000) {
    said.textContent = text;
    said.hidden = false;
    clearTimeout(hide);
    hide = setTimeout(() => { said.hidden = true; }, long);
  }

  const pledges = () => Array.from(parts.querySelectorAll("li.pledge"));

  function go(pledge, scroll = true) {
    if (now && now.isConnected) { now.classList.remove("now"); }
    parts.querySelectorAll("mark.now").forEach((one) => one.classList.remove("now"));
    now = pledge || null;
    if (!now) return;
    now.classList.add("now");
    const mark = parts.querySelector(`mark[data-key="${now.dataset.key}"]`);
    if (mark) mark.classList.add("now");
    now.focus({ preventScroll: true });
    if (scroll) now.scrollIntoView({ block: "center" });
    const page = now.closest(".part").querySelector(".to-page");
    if (page) show(page.hash);
  }

  function show(hash) {  // the page of the original beside it, without moving this side
    const figure = hash && document.querySelector(hash), frame = document.getElementById("original");
    if (figure && getComputedStyle(frame).position === "sticky") frame.scrollTop = figure.offsetTop - frame.offsetTop;
  }

  async function post(form, data) {
    const answer = await fetch(form.action, { method: "POST", body: data || new FormData(form), headers: { "X-Requested-With": "fetch" } });
    if (answer.status === 409) {
      say(await answer.text(), 60000);
      const seen = answer.headers.get("X-Seen");
      if (seen && form.elements.seen) form.elements.seen.value = seen;
      return false;
    }
    if (!answer.ok) { say(`${answer.status} ${answer.statusText}`); return false; }
    if (answer.redirected) { location.href = answer.url; location.reload(); return true; }
    const old = form.closest(".part"), shown = answer.headers.get("X-Shown");
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const fresh = holder.content.querySelector(".part");
    old.replaceWith(fresh);
    go(fresh.querySelector(`#${CSS.escape(shown)}`), false);
    count();
    return true;
  }

  function count() {
    const open = parts.querySelectorAll("li.pledge.machine").length;
    const place = document.getElementById("open-count");
    if (place) place.textContent = open;
  }

  parts.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.act) return;
    event.preventDefault();
    const decided = form.closest("li.pledge") && form.dataset.act !== "bearbeiten";
    post(form).then((done) => { if (done && decided) step(1); });
  });
  parts.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-key]"), item = event.target.closest("li.pledge");
    if (mark && getSelection().isCollapsed) go(document.getElementById(`v-${mark.dataset.key}`));
    else if (item && !event.target.closest("button, summary, form")) go(item, false);
  });

  function step(by) {
    const all = pledges();
    const at = now ? all.findIndex((one) => one.dataset.key === now.dataset.key) : (by > 0 ? -1 : all.length);
    go(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  }

  function act(name) {
    const form = now && now.querySelector(`form[data-act="${name}"]`);
    if (form) form.requestSubmit();
  }

  // ── marking ──
  const points = (text) => Array.from(text).length;  // the server counts characters, the browser UTF-16 units

  function marked() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const holder = (node) => (node.nodeType === 1 ? node : node.parentElement).closest(".source");
    const source = holder(range.startContainer);
    if (!source || source !== holder(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(source);
    before.setEnd(range.startContainer, range.startOffset);
    const start = points(before.toString());
    return { section: source.dataset.section, start, end: start + points(range.toString()), box: range.getBoundingClientRect() };
  }

  document.addEventListener("selectionchange", () => {
    const found = marked();
    marking.hidden = !found || !document.querySelector(".adding");
    if (found) {
      marking.style.left = `${Math.max(8, found.box.left + scrollX)}px`;
      marking.style.top = `${found.box.bottom + scrollY + 6}px`;
    }
  });
  marking.addEventListener("mousedown", (event) => event.preventDefault());
  marking.addEventListener("click", (event) => { const name = event.target.dataset.marking; if (name) take(name); });

  function take(name) {
    const found = marked();
    const part = found && document.getElementById(`abschnitt-${found.section}`);
    const form = part && part.querySelector(`form[data-act="${name}"]`);
    if (!form) return;
    const data = new FormData(form);
    data.set("start", found.start);
    data.set("end", found.end);
    getSelection().removeAllRanges();
    post(form, data);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable], .select2-container")) return;
    const keys = {
      j: () => step(1), k: () => step(-1),
      u: () => { const all = pledges(), at = now ? all.indexOf(now) : -1; go([...all.slice(at + 1), ...all.slice(0, at + 1)].find((one) => one.classList.contains("machine"))); },
      b: () => act("bestaetigen"), x: () => act("verwerfen"),
      e: () => { const box = now && now.querySelector(".editing"); if (box) { box.open = true; box.querySelector("textarea").focus(); } },
      n: () => take("versprechen"), t: () => take("teilen"),
    };
    const key = keys[event.key];
    if (key) { event.preventDefault(); key(); }
  });
  const wanted = location.hash.startsWith("#v-") && document.getElementById(location.hash.slice(1));
  if (wanted) go(wanted);
})();
