/* Entries: one looked at and removed, all in pages. */

import {byId, cell, keyButton, number, text} from './page.js';
import {askJson, message} from './relay.js';

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

export function openEntries() {
  byId('search').onsubmit = event => {
    event.preventDefault();
    lookUp(byId('search-key').value.trim());
  };
  byId('list').onsubmit = event => {
    event.preventDefault();
    listEntries('');
  };
  byId('list-more').onclick = () => listEntries(listed.next);
}
