/* Members of the cluster. */

import {byId, cell, number} from './page.js';
import {askJson} from './relay.js';

export async function showCluster() {
  const answer = await askJson('/admin/cluster').catch(() => ({ok: false}));
  if (!answer.ok || !answer.body.members?.length) return;
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
