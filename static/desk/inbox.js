// The inbox follows the worker: while something is read, the list is fetched anew.
"use strict";
(() => {
  const box = document.getElementById("inbox");
  let busy = Number(box.dataset.busy);

  async function look() {
    if (!busy) return;
    if (!document.hidden && !box.contains(document.activeElement)) {
      try {
        const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
        if (answer.ok) {
          box.innerHTML = await answer.text();
          busy = Number(box.querySelector(".inbox-state").dataset.busy);
        }
      } catch { /* the next look tries again */ }
    }
    setTimeout(look, 1500);
  }
  setTimeout(look, 800);
})();
