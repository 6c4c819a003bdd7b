(function () {
  "use strict";

  // A chart of one view takes the room there is, from its own size up; others keep their size.
  function fitted(spec, room) {
    var single = typeof spec.width === "number" && typeof spec.height === "number";
    if (single && !spec.facet && !spec.hconcat && !spec.vconcat && !spec.concat && room > spec.width + 90) {
      spec.width = Math.min(room - 90, 780); // more would be too small on paper
    }
    return spec;
  }

  function roomFor(chart) {
    var section = chart.closest("section");
    var style = getComputedStyle(section);
    return section.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  }

  function drawn(chart) {
    var spec = JSON.parse(document.getElementById(chart.dataset.spec).textContent);
    var options = { actions: false, ast: true, renderer: "svg", defaultStyle: false, logLevel: 1 };
    options.tooltip = { disableDefaultStyle: true };
    var inside = document.createElement("div");
    inside.setAttribute("aria-hidden", "true"); // the label of the chart says what it shows
    chart.append(inside);
    return window.vegaEmbed(inside, fitted(spec, roomFor(chart)), options).catch(function () {
      var said = document.createElement("p");
      said.className = "failed";
      said.textContent = chart.dataset.failed;
      chart.replaceChildren(said);
    });
  }

  function drawAll(charts) {
    return charts.reduce(function (before, chart) {
      return before.then(function () { return drawn(chart); });
    }, Promise.resolve());
  }

  function filterFor(box) {
    var rows = Array.from(box.querySelectorAll("tbody tr"));
    var line = document.createElement("p");
    var label = document.createElement("label");
    var input = document.createElement("input");
    var count = document.createElement("span");
    line.className = "filter";
    input.type = "search";
    input.id = "filter-" + box.closest("figure").id;
    label.htmlFor = input.id;
    label.textContent = box.dataset.filter;
    count.setAttribute("role", "status");
    input.addEventListener("input", function () {
      var wanted = input.value.trim().toLowerCase();
      var shown = rows.filter(function (row) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        return !row.hidden;
      });
      count.textContent = box.dataset.count.replace("SHOWN", shown.length).replace("ALL", rows.length);
    });
    line.append(label, input, count);
    box.before(line);
  }

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (each) { each.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (each) { each.open = false; });
  });

  document.querySelectorAll("[data-filter]").forEach(filterFor);
  drawAll(Array.from(document.querySelectorAll(".chart"))).then(function () {
    document.documentElement.dataset.drawn = document.querySelectorAll(".chart svg").length;
  });
})();
