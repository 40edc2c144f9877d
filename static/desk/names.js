// Names for what has none of its own: fields that stand for others, and the cells of a list that is shown as cards.
"use strict";
function nameFields() {
  document.querySelectorAll(".select2-container").forEach((box) => {
    const field = box.previousElementSibling, label = field && field.labels && field.labels[0];
    if (!label) return;
    const name = label.textContent.trim().replace(/:$/, "");
    box.querySelectorAll(".select2-selection, .select2-search__field, [role=textbox]").forEach((one) => {
      if (one.getAttribute("aria-label") !== name) one.setAttribute("aria-label", name);
    });
  });
}
if (document.querySelector(".admin-autocomplete")) {  // they are made, and made anew, after this runs
  new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
  nameFields();
}
addEventListener("DOMContentLoaded", () => {
  const heads = Array.from(document.querySelectorAll("#result_list thead th"), (one) => (one.querySelector(".text") || one).textContent.trim());
  document.querySelectorAll("#result_list tbody tr").forEach((row) => {
    const name = row.querySelector("th") ? row.querySelector("th").textContent.trim() : "";
    Array.from(row.cells).forEach((cell, at) => {
      if (cell.tagName === "TD" && !cell.classList.contains("action-checkbox") && heads[at] && (cell.textContent.trim() || cell.querySelector("input"))) cell.dataset.label = heads[at];
      cell.querySelectorAll("input:not([type=hidden]):not([aria-label]), select, textarea").forEach((one) => {
        if (!one.labels || !one.labels.length) one.setAttribute("aria-label", `${heads[at]}: ${name}`);
      });
    });
  });
});
