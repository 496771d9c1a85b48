/* Recent requests, and the keys and scopes that are asked for most among them. */

import {button, byId, cell, duration, keyButton, rows} from './page.js';
import {askJson} from './relay.js';

const MOST_KEPT = 1000;
const MOST_LINES = 100;
const MOST_ASKED = 8;
const AVOIDED = ['hit', 'stale', 'coalesced', 'semantic'];

let lines = [];
let held = false;

/** Shows requests that were answered before the page was opened. */
export async function showEarlier() {
  const answer = await askJson('/admin/requests?limit=500').catch(() => ({ok: false}));
  if (answer.ok) show(lines.concat(unknown(answer.body.requests)));
}

/** Shows requests that were answered since. */
export function showRequests(more) {
  show(unknown(more).concat(lines));
}

function unknown(more) {
  const name = line => line.number + ' ' + line.at;
  const known = new Set(lines.map(name));
  return more.filter(line => !known.has(name(line)));
}

function show(all) {
  lines = all.slice(0, MOST_KEPT);
  if (!held) showLines();
  showKeys();
  showScopes();
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

function mostAsked(nameOf) {
  const counts = new Map();
  lines.filter(nameOf).forEach(line => {
    const name = nameOf(line);
    const it = counts.get(name) || {name, model: line.model, requests: 0, avoided: 0};
    it.requests++;
    if (AVOIDED.includes(line.outcome)) it.avoided++;
    counts.set(name, it);
  });
  return [...counts.values()].sort((a, b) => b.requests - a.requests).slice(0, MOST_ASKED);
}

function showKeys() {
  rows('keys', mostAsked(line => line.key), (row, it) => {
    keyButton(cell(row, ''), it.name);
    cell(row, it.model);
    cell(row, it.requests, 'n');
    cell(row, it.avoided, 'n');
  });
}

function showScopes() {
  rows('scopes', mostAsked(line => line.scope), (row, it) => {
    cell(row, '').append(button(it.name, 'Count what is kept for this scope, to purge it', () => {
      byId('purge-by').value = 'scope';
      byId('purge-value').value = it.name;
      byId('purge').requestSubmit();
    }));
    cell(row, it.requests, 'n');
    cell(row, it.avoided, 'n');
  });
}

export function openRequests() {
  byId('only-outcome').onchange = showLines;
  byId('hold').onclick = event => {
    held = !held;
    event.target.setAttribute('aria-pressed', held);
    if (!held) showLines();
  };
  showEarlier();
}
