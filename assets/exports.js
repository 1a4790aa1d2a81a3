/* The menu of files. Its links follow what a script has changed in the address since the page was made; Escape and
   a click elsewhere close it. A file is fetched first, so that a refusal is read here and not saved as a file; where
   the server has no Chromium, PNG and SVG are drawn in this browser. Without this file the links simply download. */
(function () {
  "use strict";
  function follow(menu) {
    var here = new URLSearchParams(location.search);
    menu.querySelectorAll("a").forEach(function (link) {
      var address = new URL(link.href);
      (menu.dataset.follow || "").split(" ").filter(Boolean).forEach(function (name) {
        if (here.get(name)) address.searchParams.set(name, here.get(name)); else address.searchParams.delete(name);
      });
      link.href = address;
    });
  }
  function close(except) {
    document.querySelectorAll("details.export-menu[open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }
  function say(menu, text) {
    var line = menu.querySelector("[role=status]");
    if (!line) {
      line = document.createElement("p");
      line.setAttribute("role", "status");
      menu.querySelector("ul").appendChild(document.createElement("li")).appendChild(line);
    }
    line.textContent = text;
  }
  function named(answer, link) {
    var found = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") || "");
    return found ? decodeURIComponent(found[1]) : new URL(link.href).pathname.split("/").pop();
  }
  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }
  function script(address) {
    return new Promise(function (done, fail) {
      var node = document.createElement("script");
      node.src = address;
      node.onload = done;
      node.onerror = fail;
      document.head.appendChild(node);
    });
  }
  /* The sheet in this browser, by the same script as on the server. */
  function draw(link, kind) {
    var address = new URL(link.href);
    address.pathname = address.pathname.replace(/\.\w+$/, ".sheet");
    return fetch(address).then(function (answer) {
      if (!answer.ok) return Promise.reject(new Error("sheet"));
      return answer.json().then(function (job) {
        var needs = [window.Sheet || script("/export/sheet.js")];
        if (job.drawing && !window.Plotly) needs.push(script(job.plotly));
        return Promise.all(needs).then(function () { return window.Sheet.compose(job); }).then(function (svg) {
          if (kind === "svg") return save(new Blob([svg], { type: "image/svg+xml" }), named(answer, link) + ".svg");
          return window.Sheet.png(svg, 2).then(function (text) {
            var bytes = Uint8Array.from(atob(text), function (c) { return c.charCodeAt(0); });
            save(new Blob([bytes], { type: "image/png" }), named(answer, link) + ".png");
          });
        });
      });
    });
  }
  function take(link, menu) {
    var kind = new URL(link.href).pathname.split(".").pop();
    say(menu, menu.dataset.working);
    return fetch(link.href).then(function (answer) {
      if (answer.ok) return answer.blob().then(function (blob) { save(blob, named(answer, link)); say(menu, ""); menu.open = false; });
      if (answer.status === 503 && (kind === "png" || kind === "svg")) {
        return draw(link, kind).then(function () { say(menu, ""); });
      }
      return answer.text().then(function (text) { say(menu, text); });
    }).catch(function () { say(menu, menu.dataset.failed); });
  }

  document.addEventListener("toggle", function (event) {
    var menu = event.target;
    if (!menu.matches || !menu.matches("details.export-menu") || !menu.open) return;
    close(menu);
    follow(menu);
  }, true);
  document.addEventListener("click", function (event) {
    var menu = event.target.closest && event.target.closest("details.export-menu");
    close(menu);
    var link = menu && event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    take(link, menu);
  });
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector("details.export-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
