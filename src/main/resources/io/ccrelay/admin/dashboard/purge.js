/* Purges: counted first, then done. */

import {byId, text} from './page.js';
import {askJson, message} from './relay.js';

function purgeRequest(dryRun) {
  const by = byId('purge-by').value;
  const body = {dryRun};
  body[by] = by === 'all' ? true : byId('purge-value').value;
  return {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)};
}

export function openPurge() {
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
}
