(function () {
  "use strict";

  // Charts that are wide already take the room there is; panels stand beside each other as far as they fit.
  function fitted(view, room) {
    (view.vconcat || []).forEach(function (each) { fitted(each, room); });
    if (view.facet && view.columns) {
      var between = view.spacing && view.spacing.column ? view.spacing.column : 20;
      view.columns = Math.max(1, Math.min(view.columns, Math.floor((room - 40) / (view.spec.width + between))));
    } else if (view.height < 30 && view.width > room - 50) {
      view.width = room - 50;
    } else if (view.width >= 600 && typeof view.height === "number") {
      view.width = Math.max(view.width, Math.min(room - 90, 780)); // more would be too small on paper
    }
    return view;
  }

  function roomFor(chart) {
    var section = chart.closest("section");
    var style = getComputedStyle(section);
    return section.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  }

  function drawn(chart) {
    var room = roomFor(chart);
    var wanted = room < 560 && chart.dataset.narrow ? chart.dataset.narrow : chart.dataset.spec;
    var spec = JSON.parse(document.getElementById(wanted).textContent);
    var options = { actions: false, ast: true, renderer: "svg", defaultStyle: false, logLevel: 1 };
    options.tooltip = { disableDefaultStyle: true };
    var inside = document.createElement("div");
    inside.setAttribute("aria-hidden", "true"); // the label of the chart says what it shows
    chart.append(inside);
    return window.vegaEmbed(inside, fitted(spec, room), options).then(function () {
      var frame = chart.parentElement;
      var hint = frame.parentElement.querySelector(".slide");
      if (hint && frame.clientWidth && frame.scrollWidth <= frame.clientWidth + 1) hint.remove();
    }).catch(function () {
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
