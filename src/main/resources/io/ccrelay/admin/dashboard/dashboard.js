'use strict';

const OUTCOMES = ['hit', 'stale', 'coalesced', 'semantic', 'miss', 'bypass'];
const COLOURS = {hit: '#2e9e6b', stale: '#8fae2f', coalesced: '#3aa6a0', semantic: '#8a63d2', miss: '#d9822b', bypass: '#8b95a1'};
const MOST_LINES = 100;
const MOST_POINTS = 900;

const byId = id => document.getElementById(id);
const number = new Intl.NumberFormat();
const money = new Intl.NumberFormat(undefined, {minimumFractionDigits: 2, maximumFractionDigits: 2});

let token = sessionStorage.getItem('token') || '';
let past = [];
let lines = [];
let held = false;

function text(id, value) { byId(id).textContent = value; }

function duration(micros) {
  return micros < 1000 ? micros + ' µs' : micros < 1e6 ? (micros / 1000).toFixed(micros < 1e4 ? 2 : 0) + ' ms' : (micros / 1e6).toFixed(1) + ' s';
}

function cell(row, value, name) {
  const td = row.insertCell();
  td.textContent = value;
  if (name) td.className = name;
  return td;
}

function rows(id, items, fill) {
  const body = byId(id).tBodies[0];
  body.replaceChildren();
  items.forEach(item => fill(body.insertRow(), item));
}

function keyButton(td, key) {
  if (!key) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'link';
  button.textContent = key.slice(0, 12);
  button.title = 'Look at the entry under ' + key;
  button.onclick = () => { byId('search-key').value = key; lookUp(key); };
  td.append(button);
}

/* Asking the relay. */

async function ask(path, options = {}) {
  const headers = {...(options.headers || {})};
  if (token) headers.Authorization = 'Bearer ' + token;
  const response = await fetch(path, {...options, headers});
  if (response.status === 401) showLogin('This token is not valid.');
  return response;
}

async function askJson(path, options) {
  const response = await ask(path, options);
  const body = response.status === 204 ? {} : await response.json().catch(() => ({}));
  return {status: response.status, ok: response.ok, body};
}

function message(answer) {
  return answer.body.error ? answer.body.error.message : 'The relay answered ' + answer.status + '.';
}

function showLogin(why) {
  byId('login').hidden = false;
  byId('main').hidden = true;
  text('login-error', token ? why : '');
  byId('token').focus();
}

byId('login').onsubmit = event => {
  event.preventDefault();
  token = byId('token').value;
  sessionStorage.setItem('token', token);
  byId('login').hidden = true;
  byId('main').hidden = false;
  follow();
};

/* The live feed. */

async function follow() {
  try {
    const response = await ask('/admin/live');
    if (!response.ok) { if (response.status !== 401) retry(); return; }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const {done, value} = await reader.read();
      if (done) break;
      rest += value;
      const events = rest.split('\n\n');
      rest = events.pop();
      events.forEach(hear);
    }
    retry();
  } catch (lost) {
    retry();
  }
}

function retry() {
  const state = byId('state');
  state.textContent = 'connection lost';
  state.className = 'badge lost';
  setTimeout(follow, 2000);
}

function hear(event) {
  const name = /^event: (.*)$/m.exec(event)[1];
  const data = JSON.parse(/^data: (.*)$/m.exec(event)[1]);
  if (name === 'past') {
    past = data.readings;
    draw();
  } else {
    past.push(data);
    if (past.length > MOST_POINTS) past.shift();
    show(data);
    draw();
  }
}

function show(reading) {
  const state = byId('state');
  state.textContent = reading.readiness;
  state.className = 'badge ' + reading.readiness;
  const total = reading.requestsTotal;
  text('hit-rate', total ? (100 * reading.upstreamCallsAvoided / total).toFixed(1) + ' %' : '–');
  text('requests', number.format(total));
  text('avoided', number.format(reading.upstreamCallsAvoided));
  text('tokens', number.format(reading.savedInputTokens + reading.savedOutputTokens));
  byId('cost-tile').hidden = !reading.priced;
  text('cost', money.format(reading.savedCost));
  if (reading.latency.hit) text('hit-time', duration(reading.latency.hit.p50Micros));
  if (reading.latency.miss) text('miss-time', duration(reading.latency.miss.p50Micros));
  text('entries', number.format(reading.keyCount));
  text('fill', 'entries, ' + (reading.bytesUsed / 1048576).toFixed(1) + ' MiB, ' + number.format(reading.evictions) + ' evicted');
  rows('models', [...reading.models].sort((a, b) => b.requests - a.requests).slice(0, 10), (row, it) => {
    cell(row, it.model);
    cell(row, number.format(it.requests), 'n');
    cell(row, number.format(it.avoided), 'n');
    cell(row, number.format(it.savedInputTokens + it.savedOutputTokens), 'n');
    cell(row, reading.priced ? money.format(it.savedCost) : '–', 'n');
  });
  rows('providers', Object.entries(reading.upstreams), (row, [name, results]) => {
    const failures = Object.entries(results).filter(([result]) => result !== 'ok');
    cell(row, name);
    cell(row, number.format(results.ok || 0), 'n');
    cell(row, number.format(failures.reduce((sum, [, count]) => sum + count, 0)), 'n');
    cell(row, failures.map(([result, count]) => result + ' ' + count).join(', '), 'fail');
  });
  lines = reading.lines.concat(lines).slice(0, 1000);
  if (!held) showLines();
  showKeys();
}

function showLines() {
  const only = byId('only-outcome').value;
  const shown = lines.filter(line => !only || line.outcome === only).slice(0, MOST_LINES);
  rows('lines', shown, (row, it) => {
    cell(row, new Date(it.at).toLocaleTimeString());
    cell(row, it.route);
    cell(row, it.model);
    cell(row, it.outcome, it.outcome);
    cell(row, it.reason);
    cell(row, it.status, it.status >= 400 ? 'n fail' : 'n');
    cell(row, duration(it.durationMicros), 'n');
    keyButton(cell(row, ''), it.key);
  });
}

function showKeys() {
  const counts = new Map();
  lines.filter(line => line.key).forEach(line => {
    const it = counts.get(line.key) || {key: line.key, model: line.model, requests: 0, avoided: 0};
    it.requests++;
    if (['hit', 'stale', 'coalesced', 'semantic'].includes(line.outcome)) it.avoided++;
    counts.set(line.key, it);
  });
  rows('keys', [...counts.values()].sort((a, b) => b.requests - a.requests).slice(0, 8), (row, it) => {
    keyButton(cell(row, ''), it.key);
    cell(row, it.model);
    cell(row, it.requests, 'n');
    cell(row, it.avoided, 'n');
  });
}

/* Charts. */

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

function makeCharts() {
  Object.values(charts).forEach(it => it.destroy());
  chart('rate-chart', {type: 'line', y: {stacked: true}, data: {labels: [], datasets: OUTCOMES.map(it => dataset(it, COLOURS[it], 'stack'))}});
  chart('latency-chart', {type: 'line', y: {type: 'logarithmic', beginAtZero: false}, data: {labels: [], datasets: [dataset('hit', COLOURS.hit, false), dataset('miss', COLOURS.miss, false)]}});
  chart('fill-chart', {type: 'line', data: {labels: [], datasets: [dataset('MiB', COLOURS.semantic, 'origin')]}});
  draw();
}

function draw() {
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

/* Entries. */

async function lookUp(key) {
  const place = byId('entry');
  const answer = await askJson('/admin/cache/entries/' + encodeURIComponent(key));
  place.replaceChildren();
  if (!answer.ok) {
    const p = document.createElement('p');
    p.className = 'fail';
    p.textContent = message(answer);
    place.append(p);
    return;
  }
  const pre = document.createElement('pre');
  pre.textContent = JSON.stringify(answer.body, null, 2);
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.id = 'entry-delete';
  remove.className = 'danger';
  remove.textContent = 'Delete this entry';
  remove.onclick = async () => {
    const gone = await askJson('/admin/cache/entries/' + encodeURIComponent(key), {method: 'DELETE'});
    place.textContent = gone.ok ? 'Deleted.' : message(gone);
  };
  const content = document.createElement('button');
  content.type = 'button';
  content.id = 'entry-content';
  content.textContent = 'Show its content';
  content.onclick = async () => {
    const shown = document.createElement('pre');
    shown.id = 'entry-body';
    content.replaceWith(shown);
    const whole = await askJson('/admin/cache/entries/' + encodeURIComponent(key) + '/content');
    shown.textContent = whole.ok ? whole.body.body ?? whole.body.bodyBase64 : message(whole);
  };
  place.append(pre, content, remove);
}

byId('search').onsubmit = event => {
  event.preventDefault();
  lookUp(byId('search-key').value.trim());
};

let listed = {next: '', shown: 0};

function seconds(count) {
  return count < 0 ? 'stale' : count < 120 ? count + ' s' : count < 7200 ? Math.round(count / 60) + ' min' : Math.round(count / 3600) + ' h';
}

async function listEntries(after) {
  const query = new URLSearchParams({limit: 100});
  if (after) query.set('after', after);
  ['model', 'tag'].forEach(name => { const value = byId('list-' + name).value.trim(); if (value) query.set(name, value); });
  const answer = await askJson('/admin/cache/entries?' + query);
  if (!answer.ok) { text('list-state', message(answer)); return; }
  const body = byId('held').tBodies[0];
  if (!after) { body.replaceChildren(); listed.shown = 0; }
  answer.body.entries.forEach(it => {
    const row = body.insertRow();
    keyButton(cell(row, ''), it.key);
    cell(row, it.model);
    cell(row, it.provider);
    cell(row, it.tags.join(', '));
    cell(row, number.format(it.bytes), 'n');
    cell(row, seconds(it.ageSeconds), 'n');
    cell(row, seconds(it.ttlSeconds), 'n');
  });
  listed.shown += answer.body.entries.length;
  listed.next = answer.body.next || '';
  byId('list-scroll').hidden = !listed.shown;
  byId('list-more').hidden = !listed.next;
  text('list-state', number.format(listed.shown) + ' shown' + (listed.next ? ', more to look through' : ''));
}

byId('list').onsubmit = event => {
  event.preventDefault();
  listEntries('');
};
byId('list-more').onclick = () => listEntries(listed.next);

function purgeRequest(dryRun) {
  const by = byId('purge-by').value;
  const body = {dryRun};
  body[by] = by === 'all' ? true : byId('purge-value').value;
  return {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)};
}

byId('purge').onsubmit = async event => {
  event.preventDefault();
  const answer = await askJson('/admin/cache/purge', purgeRequest(true));
  text('purge-result', answer.ok ? answer.body.matched + ' entries would go.' : message(answer));
  byId('purge-now').hidden = !answer.ok;
};

byId('purge-now').onclick = async () => {
  const answer = await askJson('/admin/cache/purge', purgeRequest(false));
  text('purge-result', answer.ok ? answer.body.matched + ' entries are gone.' : message(answer));
  byId('purge-now').hidden = true;
};

['purge-by', 'purge-value'].forEach(id => { byId(id).oninput = () => { byId('purge-now').hidden = true; text('purge-result', ''); }; });

byId('explain').onsubmit = async event => {
  event.preventDefault();
  const place = byId('explanation');
  const answer = await askJson('/admin/cache/explain', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: byId('explain-request').value});
  place.hidden = false;
  place.textContent = answer.ok ? JSON.stringify(answer.body, null, 2) : message(answer);
};

/* The cluster. */

async function cluster() {
  const answer = await askJson('/admin/cluster').catch(() => ({ok: false}));
  if (!answer.ok || !answer.body.members) return;
  const place = byId('cluster');
  place.replaceChildren();
  const scroll = document.createElement('div');
  scroll.className = 'scroll';
  const table = document.createElement('table');
  table.id = 'members';
  const head = table.createTHead().insertRow();
  ['member', 'role', 'entries', 'bytes'].forEach(name => { const th = document.createElement('th'); th.textContent = name; head.append(th); });
  const body = table.createTBody();
  answer.body.members.forEach(member => {
    const row = body.insertRow();
    cell(row, member.name || member.address || '');
    cell(row, member.coordinator ? 'coordinator' : '');
    cell(row, number.format(member.keyCount || 0), 'n');
    cell(row, number.format(member.bytesUsed || 0), 'n');
  });
  scroll.append(table);
  place.append(scroll);
}

/* Similar questions. */

function counts(id, map) {
  rows(id, Object.entries(map).sort((a, b) => b[1] - a[1]), (row, [name, count]) => {
    cell(row, name);
    cell(row, number.format(count), 'n');
  });
}

async function similar() {
  const answer = await askJson('/admin/cache/stats').catch(() => ({ok: false}));
  if (!answer.ok) return;
  const it = answer.body.semantic;
  byId('semantic').hidden = !it;
  if (!it) return;
  text('semantic-mode', it.mode);
  text('semantic-state', it.mode === 'shadow' ? 'compares and never serves' : it.serving ? 'serves' : 'does not serve: the bound is too high');
  text('semantic-served', number.format(it.served));
  text('semantic-matched', 'served of ' + number.format(it.matched) + ' matches in ' + number.format(it.asked) + ' questions');
  text('semantic-labels', number.format(it.labels));
  text('semantic-wrong', 'compared with a true answer, ' + number.format(it.wrong) + ' wrong, ' + number.format(it.quarantined) + ' in quarantine');
  text('semantic-bound', it.labels ? (100 * it.wrongBound).toFixed(1) + ' %' : 'unknown');
  text('semantic-questions', number.format(it.questions));
  text('semantic-memory', 'questions remembered, ' + (it.bytesUsed / 1048576).toFixed(1) + ' MiB');
  counts('semantic-vetoes', it.vetoes);
  counts('semantic-absences', it.nothingFound);
}

byId('only-outcome').onchange = showLines;
byId('hold').onclick = event => {
  held = !held;
  event.target.setAttribute('aria-pressed', held);
  if (!held) showLines();
};
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', makeCharts);

makeCharts();
follow();
cluster();
similar();
setInterval(() => { cluster(); similar(); }, 5000);
