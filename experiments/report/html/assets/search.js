// Hides the rows of the index and the lines of its lists that do not hold every word that is searched for.
(() => {
  const field = document.getElementById("search");
  if (!field) return;
  const found = document.getElementById("found");
  const entries = [...document.querySelectorAll("[data-words]")].map((element) => {
    return { element, words: element.dataset.words.toLowerCase(), isRecord: element.tagName === "TR" };
  });
  const lists = [...document.querySelectorAll("section[data-list]")];
  const amount = (count, one, many) => count + " " + (count === 1 ? one : many);
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    let records = 0;
    let lines = 0;
    for (const entry of entries) {
      const fits = words.every((word) => entry.words.includes(word));
      entry.element.hidden = !fits;
      if (fits && entry.isRecord) records += 1;
      if (fits && !entry.isRecord) lines += 1;
    }
    for (const list of lists) list.hidden = list.querySelector("li:not([hidden])") === null;
    const more = lines === 0 ? "" : ", " + amount(lines, "line of the lists below", "lines of the lists below");
    found.textContent = words.length === 0 ? "" : amount(records, "record", "records") + more;
  };
  field.addEventListener("input", show);
  show();
})();
