"use strict";
// Filters the claims. Everything on the page is there without this script.
(function () {
  var search = document.getElementById("search"), type = document.getElementById("type");
  var statements = document.getElementById("statements"), found = document.getElementById("found");
  var rows = Array.prototype.map.call(document.querySelectorAll("article.claim"), function (row) {
    return { row: row, text: row.textContent.toLowerCase() };
  });
  function update() {
    var words = search.value.toLowerCase().split(/\s+/).filter(Boolean), n = 0;
    rows.forEach(function (r) {
      var show = words.every(function (w) { return r.text.indexOf(w) >= 0; }) &&
        (!type.value || r.row.dataset.type === type.value) &&
        (!statements.checked || r.row.dataset.class !== "attitude");
      r.row.hidden = !show;
      n += show;
    });
    found.textContent = n + " of " + rows.length;
  }
  [search, type, statements].forEach(function (e) { e.addEventListener("input", update); });
  update();
})();
