/* Draws a figure, and composes a sheet around it: title, subtitle, figure, notes, source, as one SVG whose text
   is text. Runs in the page of the renderer, and in a reader's own page where the server has no Chromium. */
(function (root) {
  "use strict";
  var LETTERS = '"Liberation Sans", Arial, sans-serif';
  var INK = "#1c2833", QUIET = "#5b6770", HAIRLINE = "#c9d1d6", WARNING = "#6b4c00", WASH = "#fff8e5";
  var SMALLEST = 0.42; /* share of the sheet that the figure keeps, however many words there are */
  var LEGIBLE = 0.75; /* of its own size: many small charts make the sheet higher rather than unreadable */
  var TIGHTEST = 0.85, TALLEST = 520; /* of its height on the page, in pixels: not drawn lower, but scaled down */
  var ruler = document.createElement("canvas").getContext("2d");

  function escape(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }
  function wrap(text, font, width) {
    ruler.font = font;
    var lines = [], line = "";
    text.split(/[ \n]+/).forEach(function (word) {
      var longer = line ? line + " " + word : word;
      if (line && ruler.measureText(longer).width > width) { lines.push(line); line = word; } else line = longer;
    });
    return line ? lines.concat(line) : lines;
  }
  /* A block of lines: what is written, how high it is. */
  function block(text, size, weight, colour, width) {
    var lines = wrap(text, weight + " " + size + "px " + LETTERS, width), step = Math.round(size * 1.32);
    return {
      height: lines.length * step,
      at: function (x, y) {
        return lines.map(function (line, i) {
          return '<text x="' + x + '" y="' + (y + i * step + size) + '" font-size="' + size + '" font-weight="' + weight +
            '" fill="' + colour + '">' + escape(line) + "</text>";
        }).join("");
      }
    };
  }
  function label(text, size) {
    ruler.font = "600 " + size + "px " + LETTERS;
    var wide = Math.ceil(ruler.measureText(text).width) + 16, high = size + 10;
    return {
      height: text ? high + 8 : 0,
      at: function (x, y) {
        return text ? '<rect x="' + x + '" y="' + y + '" width="' + wide + '" height="' + high + '" fill="' + WASH + '" stroke="' +
          WARNING + '" stroke-width=".8"/><text x="' + (x + 8) + '" y="' + (y + size + 3) + '" font-size="' + size +
          '" font-weight="600" fill="' + WARNING + '">' + escape(text) + "</text>" : "";
      }
    };
  }

  function decoded(uri) { return decodeURIComponent(uri.slice(uri.indexOf(",") + 1)); }
  function figure(job) {
    var what = { data: job.figure.data, layout: job.figure.layout, config: job.figure.config || {} };
    return root.Plotly.toImage(what, { format: "svg", width: job.width, height: job.height }).then(decoded);
  }
  /* An SVG inside another: the same drawing, placed and scaled. */
  function nested(svg, x, y, width, height, own) {
    var inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1);
    var opening = svg.slice(svg.indexOf("<svg"), svg.indexOf(">", svg.indexOf("<svg")));
    var kept = (opening.match(/\s(?:font-[a-z]+|fill|style)="[^"]*"/g) || []).join("");
    return '<svg x="' + x + '" y="' + y + '" width="' + width + '" height="' + height + '" viewBox="0 0 ' + own[0] + " " +
      own[1] + '"' + kept + ">" + inside;
  }

  function compose(job) {
    var k = Math.max(0.72, job.width / 1120), edge = Math.round(30 * k), inner = job.width - 2 * edge;
    var px = function (size) { return Math.round(size * k * 10) / 10; };
    var tag = label(job.label, px(12));
    var title = block(job.title, px(23), 600, INK, inner), subtitle = block(job.subtitle, px(14), 400, QUIET, inner);
    var notes = job.notes.map(function (note) { return block(note, px(11.5), 400, QUIET, inner); });
    var foot = block(job.foot, px(11.5), 400, INK, inner);
    var above = edge + tag.height + title.height + 4 + subtitle.height + 10;
    var words = notes.reduce(function (sum, note) { return sum + note.height + 2; }, 0);
    var below = 8 + words + 8 + foot.height + Math.round(edge * 0.7);
    var room = Math.max(job.height - above - below, Math.round(job.height * SMALLEST));
    if (job.svg) room = Math.max(room, Math.round(Math.min(inner / job.svg.width, LEGIBLE) * job.svg.height));
    var height = Math.ceil(above + room + below);

    function drawn() {
      if (job.svg) {
        var fit = Math.min(inner / job.svg.width, room / job.svg.height), wide = job.svg.width * fit, high = job.svg.height * fit;
        return Promise.resolve(nested(job.svg.text, edge, above + (room - high) / 2, wide, high, [job.svg.width, job.svg.height]));
      }
      var own = [inner, Math.max(room, Math.min(TALLEST, Math.round(TIGHTEST * job.drawing.height)))];
      own[0] = Math.round(inner * own[1] / room);
      return figure({ figure: job.drawing.figure, width: own[0], height: own[1] }).then(function (svg) {
        return nested(svg, edge, above, inner, room, own);
      });
    }
    return drawn().then(function (svg) {
      var y = edge, parts = [];
      [tag, title].forEach(function (part) { parts.push(part.at(edge, y)); y += part.height; });
      parts.push(subtitle.at(edge, y + 4), svg);
      y = above + room + 8;
      parts.push('<path d="M' + edge + " " + y + "H" + (job.width - edge) + '" stroke="' + HAIRLINE + '"/>');
      notes.forEach(function (note) { parts.push(note.at(edge, y + 4)); y += note.height + 2; });
      parts.push(foot.at(edge, y + 8));
      return '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="' + job.width +
        '" height="' + height + '" viewBox="0 0 ' + job.width + " " + height + '" font-family=\'' + LETTERS + '\' lang="' + job.lang +
        '" role="img"><title>' + escape(job.title) + "</title><desc>" + escape(job.alt) + '</desc><rect width="100%" height="100%" fill="#fff"/>' +
        parts.join("") + "</svg>";
    });
  }

  function canvas(svg, scale) {
    return new Promise(function (done, fail) {
      var image = new Image();
      image.onload = function () {
        var target = document.createElement("canvas");
        target.width = Math.round(image.width * scale);
        target.height = Math.round(image.height * scale);
        target.getContext("2d").drawImage(image, 0, 0, target.width, target.height);
        done(target);
      };
      image.onerror = function () { fail(new Error("the SVG is no image")); };
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    });
  }
  function png(svg, scale) {
    return canvas(svg, scale).then(function (target) { return target.toDataURL("image/png").split(",")[1]; });
  }

  root.Sheet = { figure: figure, compose: compose, png: png };
})(window);
