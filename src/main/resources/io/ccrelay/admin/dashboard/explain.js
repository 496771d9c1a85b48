/* Why a request hits or misses. */

import {byId} from './page.js';
import {askJson, message} from './relay.js';

export function openExplain() {
  byId('explain').onsubmit = async event => {
    event.preventDefault();
    const place = byId('explanation');
    const answer = await askJson('/admin/cache/explain', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: byId('explain-request').value});
    place.hidden = false;
    place.textContent = answer.ok ? JSON.stringify(answer.body, null, 2) : message(answer);
  };
}
