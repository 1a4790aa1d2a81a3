"use strict";
/* plotly.js with the traces that our figures use, and nothing else; a new kind of trace is added here. */
const Plotly = require("plotly.js/lib/core"); /* brings scatter */
Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/funnel"),
  require("plotly.js/lib/sankey"),
  require("plotly.js/lib/choropleth"),
  require("plotly.js/lib/scattergeo"),
  require("plotly.js/lib/heatmap"),
]);
module.exports = Plotly;
