/* Charts of the last quarter of an hour. */

import {byId} from './page.js';

const OUTCOMES = ['hit', 'stale', 'coalesced', 'semantic', 'miss', 'bypass'];
const COLOURS = {hit: '#2e9e6b', stale: '#8fae2f', coalesced: '#3aa6a0', semantic: '#8a63d2', miss: '#d9822b', bypass: '#8b95a1'};
const MOST_POINTS = 900;

let past = [];

/** Draws these readings. */
export function drawAll(readings) {
  past = readings;
  draw();
}

/** Draws one more. */
export function drawNext(reading) {
  past.push(reading);
  if (past.length > MOST_POINTS) past.shift();
  draw();
}

const charts = {};

function chart(id, config) {
  if (!window.Chart) return;
  const style = getComputedStyle(document.body);
  config.options = {
    animation: false, responsive: true, maintainAspectRatio: false, normalized: true,
    interaction: {mode: 'index', intersect: false},
    plugins: {legend: {position: 'bottom', labels: {boxWidth: 10, color: style.color, filter: item => !item.hidden}}},
    elements: {point: {radius: 0}, line: {borderWidth: 1.5}},
    scales: {
      x: {ticks: {maxTicksLimit: 6, maxRotation: 0, color: style.color}, grid: {display: false}},
      y: {beginAtZero: true, ticks: {color: style.color, maxTicksLimit: 6}, grid: {color: 'rgba(128, 136, 148, .25)'}, ...(config.y || {})},
    },
  };
  delete config.y;
  charts[id] = new Chart(byId(id), config);
}

function dataset(label, colour, fill) {
  return {label, data: [], borderColor: colour, backgroundColor: colour + '55', fill, spanGaps: true};
}

export function makeCharts() {
  Object.values(charts).forEach(it => it.destroy());
  chart('rate-chart', {type: 'line', y: {stacked: true}, data: {labels: [], datasets: OUTCOMES.map(it => dataset(it, COLOURS[it], 'stack'))}});
  chart('latency-chart', {type: 'line', y: {type: 'logarithmic', beginAtZero: false}, data: {labels: [], datasets: [dataset('hit', COLOURS.hit, false), dataset('miss', COLOURS.miss, false)]}});
  chart('fill-chart', {type: 'line', data: {labels: [], datasets: [dataset('MiB', COLOURS.semantic, 'origin')]}});
  draw();
}

function draw() {
  document.body.dataset.readings = past.length;
  if (!charts['rate-chart']) return;
  const labels = past.slice(1).map(it => new Date(it.at).toLocaleTimeString());
  const pairs = past.slice(1).map((it, i) => [past[i], it]);
  const rate = charts['rate-chart'];
  rate.data.labels = labels;
  OUTCOMES.forEach((outcome, i) => {
    rate.data.datasets[i].data = pairs.map(([a, b]) => Math.max(0, (b.requests[outcome] - a.requests[outcome]) / Math.max(0.001, (b.at - a.at) / 1000)));
    rate.setDatasetVisibility(i, pairs.some(([a, b]) => b.requests[outcome] !== a.requests[outcome]) || outcome === 'hit' || outcome === 'miss');
  });
  const latency = charts['latency-chart'];
  latency.data.labels = labels;
  ['hit', 'miss'].forEach((outcome, i) => {
    latency.data.datasets[i].data = past.slice(1).map(it => it.latency[outcome] ? it.latency[outcome].p50Micros / 1000 : null);
  });
  const fill = charts['fill-chart'];
  fill.data.labels = labels;
  fill.data.datasets[0].data = past.slice(1).map(it => it.bytesUsed / 1048576);
  Object.values(charts).forEach(it => it.update('none'));
}
