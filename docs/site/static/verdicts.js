// Lets a reader choose the rows and columns of the verdict matrix; without it the whole table is there.
// What is chosen stands in the address, so that a choice can be sent to somebody.
(() => {
  "use strict";
  const form = document.getElementById("choose");
  const table = document.querySelector(".verdicts table");
  const sheet = document.head.appendChild(document.createElement("style"));
  const groups = ["variant", "fault", "property"];
  const FIRST_PROPERTY = 3; // the first two columns are faults and states

  const boxes = (name) => [...form.querySelectorAll(`input[name="${name}"]`)];
  const chosen = (name) => boxes(name).filter((box) => box.checked).map((box) => box.value);

  function readAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of groups) {
      if (!asked.has(name)) continue;
      const values = asked.get(name).split(" ");
      boxes(name).forEach((box) => { box.checked = values.includes(box.value); });
    }
    if (["0", "1", "2"].includes(asked.get("most"))) form.most.value = asked.get("most");
    form.violated.checked = asked.has("violated");
  }

  function writeAddress() {
    const asked = new URLSearchParams();
    for (const name of groups) {
      if (chosen(name).length < boxes(name).length) asked.set(name, chosen(name).join(" "));
    }
    if (form.most.value !== "2") asked.set("most", form.most.value);
    if (form.violated.checked) asked.set("violated", "");
    history.replaceState(null, "", asked.size ? `#${asked}` : location.pathname + location.search);
  }

  function show() {
    const variants = new Set(chosen("variant"));
    const faults = new Set(chosen("fault"));
    const columns = boxes("property").map((box, at) => (box.checked ? at : -1)).filter((at) => at >= 0);
    const hidden = boxes("property").map((box, at) => (box.checked ? 0 : at + FIRST_PROPERTY)).filter(Boolean);
    let lines = 0;
    let shown = 0;
    for (const body of table.tBodies) {
      let some = false;
      for (const row of [...body.rows].slice(1)) {
        const text = row.cells[0].textContent;
        const own = text === "none" ? [] : text.split(" + ");
        const wanted = variants.has(body.id) && own.length <= Number(form.most.value) &&
          own.every((fault) => faults.has(fault)) &&
          (!form.violated.checked || columns.some((at) => row.cells[at + FIRST_PROPERTY - 1].querySelector("b")));
        row.hidden = !wanted;
        some ||= wanted;
        shown += wanted;
        lines += 1;
      }
      body.hidden = !some;
    }
    sheet.textContent = hidden
      .map((at) => `.verdicts td:nth-child(${at}), .verdicts thead th:nth-child(${at}) { display: none }`).join("\n");
    for (const name of groups) {
      const group = form.querySelector(`fieldset[name="${name}"]`).parentElement;
      group.querySelector("span").textContent = `(${chosen(name).length} of ${boxes(name).length})`;
    }
    form.querySelector('[role="status"]').textContent =
      `${shown} of ${lines} lines, ${columns.length} of ${boxes("property").length} properties.`;
  }

  form.addEventListener("change", () => { show(); writeAddress(); });
  form.addEventListener("click", (event) => {
    if (event.target.type !== "button") return;
    const name = event.target.parentElement.name;
    boxes(name).forEach((box) => { box.checked = event.target.value === "all"; });
    show();
    writeAddress();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => { readAddress(); show(); });
  form.hidden = false;
  readAddress();
  show();
})();
