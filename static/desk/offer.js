// Offering files: dragging them in, and sending them a few at a time so that the progress is true.
"use strict";
(() => {
  const form = document.getElementById("offer");
  const input = form.elements.offered, drop = document.getElementById("drop"), chosen = document.getElementById("chosen");
  const bar = document.getElementById("sent"), said = document.getElementById("sending");
  const AT_ONCE = 10, BYTES = 20 * 1024 * 1024;
  let files = [];
  document.querySelectorAll(".with-script").forEach((one) => { one.hidden = false; });

  function take(list) {
    const seen = new Set(files.map((file) => file.name + file.size));
    files.push(...Array.from(list).filter((file) => !seen.has(file.name + file.size)));
    chosen.replaceChildren(...files.slice(0, 200).map((file) => {
      const line = document.createElement("li");
      line.textContent = file.name;
      return line;
    }));
    chosen.hidden = !files.length;
  }

  async function inside(entry) {
    if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return found;
      for (const one of some) found.push(...await inside(one));
    }
  }

  input.addEventListener("change", () => { take(input.files); });
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.remove("over"); });
  drop.addEventListener("drop", async (event) => {
    const entries = Array.from(event.dataTransfer.items || []).map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (!entries.length) { take(event.dataTransfer.files); return; }
    for (const entry of entries) take(await inside(entry));
  });

  function parcels() {
    const found = [];
    let now = [], bytes = 0;
    for (const file of files) {
      if (now.length && (now.length >= AT_ONCE || bytes + file.size > BYTES)) { found.push(now); now = []; bytes = 0; }
      now.push(file);
      bytes += file.size;
    }
    if (now.length) found.push(now);
    return found;
  }

  async function send(parcel, withText) {
    const data = new FormData(form);
    data.delete("offered");
    if (!withText) data.delete("text");
    for (const file of parcel) data.append("offered", file, file.name);
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
    const said = await answer.json().catch(() => ({ error: answer.statusText }));
    if (!answer.ok) throw new Error(said.error);
    return said;
  }

  form.addEventListener("submit", async (event) => {
    if (!files.length) return;  // a pasted text alone goes the plain way
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    bar.hidden = false;
    bar.max = files.length;
    let batch = form.elements.batch.value;
    const all = parcels();
    for (const [at, parcel] of all.entries()) {
      try {
        batch = (await send(parcel, at === 0)).batch;
        bar.value += parcel.length;
        said.textContent = `${bar.value} / ${files.length} ${said.dataset.text}`;
        files = files.slice();
      } catch (error) {
        said.textContent = error.message;
        files = all.slice(at).flat();  // a second try sends what is left
        bar.value = 0;
        button.disabled = false;
        return;
      }
    }
    location.href = `../?lieferung=${batch}`;
  });
})();
