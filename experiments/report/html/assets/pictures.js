// Draws the pictures of a report. The data stand in the page as JSON; expressions are interpreted, never compiled, so
// that no policy has to allow "unsafe-eval".
(() => {
  const { transforms } = assayModule("vega-dataflow");
  for (const name of ["vega-transforms", "vega-view-transforms", "vega-encode"]) {
    Object.assign(transforms, assayModule(name));
  }
  const { parse } = assayModule("vega-parser");
  const { View } = assayModule("vega-view");
  const { expressionInterpreter } = assayModule("vega-interpreter");
  const data = JSON.parse(document.getElementById("pictures").textContent);

  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const theme = () => ({
    ink: style("--ink"), faint: style("--faint"), band: style("--band"),
    arms: [1, 2, 3, 4, 5, 6].map((number) => style("--arm" + number)),
  });
  const kShapes = ["circle", "triangle-up", "square", "diamond", "cross", "triangle-down"];

  const plain = (name, values) => ({ name, values });
  const linear = (name, range, domain, more = {}) =>
    ({ name, type: "linear", range, domain, nice: true, zero: false, ...more });
  const axis = (orient, scale, title, more = {}) =>
    ({ orient, scale, title, grid: orient === "left", tickCount: { signal: orient === "left" ? "5" : "max(2, ceil(width / 60))" },
       labelOverlap: true, ...more });
  const armScales = (colours, arms) => [
    { name: "colour", type: "ordinal", domain: arms, range: colours.arms },
    { name: "shape", type: "ordinal", domain: arms, range: kShapes },
  ];
  const armLegend = { fill: "colour", shape: "shape", orient: "top", direction: "horizontal" };
  const armLines = { stroke: "colour", orient: "top", direction: "horizontal", symbolType: "stroke" };
  const at = (scale, field) => ({ scale, field });
  const hint = (expression) => ({ signal: expression });

  /// Where the axis of effects has a line across: nothing changed, and the margins.
  function ruler(values, colours) {
    return {
      type: "rule", from: { data: values },
      encode: { enter: {
        x: { value: 0 }, x2: { signal: "width" }, y: at("y", "at"), stroke: { value: colours.faint },
        strokeDash: { signal: "datum.dashed ? [4, 4] : [1, 0]" }, tooltip: { field: "words" },
      } },
    };
  }

  const kinds = {
    /// Every trial in the order in which the trials ran.
    time(picture, colours) {
      const trials = picture.trials.map(
        ([order, block, arm, value, words]) => ({ order, block, arm: picture.arms[arm], value, words }));
      return {
        height: 220,
        data: [plain("trials", trials)],
        scales: [
          linear("x", "width", { data: "trials", field: "order" }, { nice: false }),
          linear("y", "height", { data: "trials", field: "value" }),
          ...armScales(colours, picture.arms),
        ],
        axes: [axis("bottom", "x", "trial, in the order in which they ran"), axis("left", "y", picture.axis)],
        legends: [armLegend],
        marks: [{
          type: "symbol", from: { data: "trials" },
          encode: {
            enter: { x: at("x", "order"), y: at("y", "value"), fill: at("colour", "arm"), shape: at("shape", "arm"),
                     size: { value: 34 },
                     tooltip: hint("datum.arm + ', block ' + datum.block + ': ' + datum.words") },
            update: { fillOpacity: { value: 0.75 } },
            hover: { fillOpacity: { value: 1 } },
          },
        }],
      };
    },

    /// The blocks' effects, and the interval that held at each look. The estimate that crosses the boundary of its look
    /// decides.
    effects(picture, colours) {
      const boundary = (end) => [
        { type: "line", from: { data: "looks" }, encode: { enter: {
          x: at("x", "block"), y: at("y", end), defined: { signal: "isValid(datum." + end + ")" },
          stroke: { value: colours.arms[3] }, strokeWidth: { value: 2 }, strokeDash: { value: [1, 3] },
        } } },
        { type: "symbol", from: { data: "looks" }, name: "boundary-" + end, encode: { enter: {
          x: at("x", "block"), y: at("y", end), opacity: { signal: "isValid(datum." + end + ") ? 1 : 0" },
          size: { value: 60 }, shape: { value: "stroke" }, stroke: { value: colours.arms[3] }, strokeWidth: { value: 2 },
          tooltip: { field: "boundary" },
        } } },
      ];
      return {
        height: 240,
        data: [plain("blocks", picture.blocks), plain("looks", picture.looks), plain("lines", picture.lines),
               // An interval holds until the next look.
               plain("band", picture.looks.concat(picture.looks.slice(-1).map(
                 (look) => ({ ...look, block: picture.last_block }))))],
        scales: [
          linear("x", "width", [0, picture.last_block], { nice: false }),
          linear("y", "height", picture.domain, { clamp: true }),
        ],
        axes: [axis("bottom", "x", picture.block_axis), axis("left", "y", picture.axis)],
        marks: [
          { type: "area", from: { data: "band" }, encode: { enter: {
            x: at("x", "block"), y: at("y", "low"), y2: at("y", "high"), fill: { value: colours.band },
            interpolate: { value: "step-after" },
          } } },
          ruler("lines", colours),
          ...boundary("below"),
          ...boundary("above"),
          { type: "symbol", from: { data: "blocks" }, encode: {
            enter: { x: at("x", "block"), y: at("y", "effect"), size: { value: 28 }, fill: { value: colours.ink },
                     tooltip: hint("'block ' + datum.block + ': ' + datum.words") },
            update: { fillOpacity: { value: 0.55 } }, hover: { fillOpacity: { value: 1 } },
          } },
          { type: "line", from: { data: "looks" }, encode: { enter: {
            x: at("x", "block"), y: at("y", "estimate"), stroke: { value: colours.arms[1] }, strokeWidth: { value: 2 },
          } } },
          { type: "symbol", from: { data: "looks" }, encode: { enter: {
            x: at("x", "block"), y: at("y", "estimate"), size: { value: 40 }, fill: { value: colours.arms[1] },
            shape: { value: "diamond" }, tooltip: hint("'look at ' + datum.block + ' blocks: ' + datum.words"),
          } } },
        ],
      };
    },

    /// For each arm, which share of its trials stayed at or below a value.
    distribution(picture, colours) {
      const steps = picture.values.flatMap((values, place) => values.map(
        (value, rank) => ({ arm: picture.arms[place], value, share: 100 * (rank + 1) / values.length })));
      return {
        height: 200,
        data: [plain("steps", steps)],
        scales: [
          linear("x", "width", { data: "steps", field: "value" }),
          linear("y", "height", [0, 100]),
          ...armScales(colours, picture.arms),
        ],
        axes: [axis("bottom", "x", picture.axis), axis("left", "y", "% of the trials at or below")],
        legends: [armLines],
        marks: [{
          type: "group", from: { facet: { name: "arm", data: "steps", groupby: "arm" } },
          marks: [{ type: "line", from: { data: "arm" }, encode: { enter: {
            x: at("x", "value"), y: at("y", "share"), stroke: at("colour", "arm"), strokeWidth: { value: 2 },
            interpolate: { value: "step-after" }, tooltip: { field: "arm" },
          } } }],
        }],
      };
    },

    /// What the variable does level by level.
    levels(picture, colours) {
      const numeric = picture.numeric;
      const x = numeric ? linear("x", "width", { data: "levels", field: "level" })
                        : { name: "x", type: "point", range: "width", padding: 0.5,
                            domain: { data: "levels", field: "name" } };
      const place = numeric ? at("x", "level") : at("x", "name");
      const marks = [
        { type: "rule", from: { data: "levels" }, encode: { enter: {
          x: place, y: at("y", "low"), y2: at("y", "high"), stroke: { value: colours.ink },
        } } },
        { type: "symbol", from: { data: "levels" }, encode: { enter: {
          x: place, y: at("y", "median"), size: { value: 60 }, tooltip: { field: "words" },
          fill: { signal: "datum.best ? '" + colours.arms[1] + "' : '" + colours.arms[0] + "'" },
          shape: { signal: "datum.best ? 'diamond' : 'circle'" },
        } } },
      ];
      if (numeric) {
        marks.unshift({ type: "line", from: { data: "levels" }, encode: { enter: {
          x: place, y: at("y", "median"), stroke: { value: colours.faint },
        } } });
      }
      return {
        height: 220,
        data: [plain("levels", picture.levels)],
        scales: [x, linear("y", "height", picture.domain)],
        axes: [axis("bottom", "x", picture.variable), axis("left", "y", picture.axis)],
        marks,
      };
    },

    /// Phases by their share of the wall time, the largest first.
    phases(picture, colours) {
      const rows = picture.names.length * Math.max(1, picture.cells.length);
      return {
        height: Math.max(80, 18 * rows),
        data: [plain("phases", picture.phases)],
        scales: [
          { name: "y", type: "band", range: "height", padding: 0.2, domain: picture.names },
          { name: "cell", type: "band", range: { signal: "[0, bandwidth('y')]" }, domain: picture.cells },
          linear("x", "width", { data: "phases", field: "high" }, { zero: true }),
          { name: "colour", type: "ordinal", domain: picture.cells, range: colours.arms },
        ],
        axes: [axis("bottom", "x", "% of the wall time", { grid: true }),
               { orient: "left", scale: "y", labelLimit: 160 }],
        legends: picture.cells.length > 1 ? [{ fill: "colour", orient: "top", direction: "horizontal" }] : [],
        marks: [
          { type: "rect", from: { data: "phases" }, encode: { enter: {
            x: { scale: "x", value: 0 }, x2: at("x", "share"),
            y: { signal: "scale('y', datum.name) + scale('cell', datum.cell)" },
            height: { signal: "bandwidth('cell')" }, fill: at("colour", "cell"), tooltip: { field: "words" },
          } } },
          { type: "rule", from: { data: "phases" }, encode: { enter: {
            x: at("x", "low"), x2: at("x", "high"), stroke: { value: colours.ink },
            y: { signal: "scale('y', datum.name) + scale('cell', datum.cell) + bandwidth('cell') / 2" },
          } } },
        ],
      };
    },

    /// Medians of one workload from record to record.
    history(picture, colours) {
      return {
        height: 200,
        data: [plain("records", picture.records)],
        scales: [
          { name: "x", type: "point", range: "width", padding: 0.5, domain: { data: "records", field: "record" } },
          linear("y", "height", picture.domain),
          ...armScales(colours, picture.arms),
        ],
        axes: [axis("bottom", "x", "record"), axis("left", "y", picture.axis)],
        legends: [armLegend],
        marks: [
          { type: "rule", from: { data: "records" }, encode: { enter: {
            x: at("x", "record"), y: at("y", "low"), y2: at("y", "high"), stroke: at("colour", "arm"),
          } } },
          { type: "symbol", from: { data: "records" }, encode: { enter: {
            x: at("x", "record"), y: at("y", "median"), fill: at("colour", "arm"), shape: at("shape", "arm"),
            size: { value: 50 }, tooltip: { field: "words" },
          } } },
        ],
      };
    },

    /// Claimed ratios beside what challenges measured.
    claims(picture, colours) {
      return {
        height: Math.max(60, 26 * picture.challenges.length),
        data: [plain("challenges", picture.challenges)],
        scales: [
          { name: "y", type: "band", range: "height", domain: { data: "challenges", field: "name" } },
          { name: "x", type: "log", range: "width", nice: true, domain: picture.domain },
        ],
        axes: [axis("bottom", "x", "times better", { grid: true, format: "~g" }),
               { orient: "left", scale: "y", labelLimit: 200 }],
        marks: [
          { type: "rule", from: { data: "challenges" }, encode: { enter: {
            x: at("x", "low"), x2: at("x", "high"), y: { scale: "y", field: "name", band: 0.5 },
            stroke: { value: colours.arms[0] }, strokeWidth: { value: 5 }, tooltip: { field: "words" },
          } } },
          { type: "symbol", from: { data: "challenges" }, encode: { enter: {
            x: at("x", "claimed"), y: { scale: "y", field: "name", band: 0.5 }, shape: { value: "diamond" },
            size: { value: 90 }, fill: { value: colours.arms[1] }, tooltip: { field: "words" },
          } } },
        ],
      };
    },
  };

  const configuration = (colours) => ({
    axis: { labelColor: colours.ink, titleColor: colours.ink, gridColor: colours.band, domainColor: colours.faint,
            tickColor: colours.faint, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    legend: { labelColor: colours.ink, labelFontSize: 12, titleColor: colours.ink, labelLimit: 260 },
  });

  const drawn = new Map();
  function draw(figure) {
    const canvas = figure.querySelector(".canvas");
    const picture = data[figure.dataset.picture];
    const colours = theme();
    const padding = { left: 5, right: 12, top: 5, bottom: 5 };
    const spec = { width: Math.max(140, canvas.clientWidth - 20), padding, background: null,
                   autosize: { type: "fit-x", contains: "padding" }, ...kinds[picture.kind](picture, colours) };
    if (drawn.has(figure)) drawn.get(figure).finalize();
    canvas.textContent = "";
    const view = new View(parse(spec, configuration(colours), { ast: true }),
                          { renderer: "svg", container: canvas, hover: true, expr: expressionInterpreter });
    drawn.set(figure, view);
    return view.runAsync().then(() => figure.setAttribute("data-drawn", "yes"));
  }

  const figures = [...document.querySelectorAll("figure[data-picture]")];
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting || drawn.has(entry.target)) continue;
      draw(entry.target);
    }
  }, { rootMargin: "400px" });
  for (const figure of figures) watcher.observe(figure);

  const again = () => { for (const figure of drawn.keys()) draw(figure); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  let waiting = 0;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(again, 150); });
  addEventListener("beforeprint", () => { for (const figure of figures) if (!drawn.has(figure)) draw(figure); });
})();
