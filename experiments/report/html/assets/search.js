// Hides the rows and articles that do not hold every word that is searched for.
(() => {
  const field = document.getElementById("search");
  if (!field) return;
  const found = document.getElementById("found");
  const rows = [...document.querySelectorAll("[data-words]")];
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    let count = 0;
    for (const row of rows) {
      const fits = words.every((word) => row.dataset.words.toLowerCase().includes(word));
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    found.textContent = words.length === 0 ? "" : count === 1 ? "1 record" : count + " records";
  };
  field.addEventListener("input", show);
  show();
})();
