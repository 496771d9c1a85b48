/* Answers for similar questions. */

import {byId, cell, number, rows, text} from './page.js';
import {askJson} from './relay.js';

function counts(id, map) {
  rows(id, Object.entries(map).sort((a, b) => b[1] - a[1]), (row, [name, count]) => {
    cell(row, name);
    cell(row, number.format(count), 'n');
  });
}

export async function showSimilar() {
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
