/* Totals, models and providers. */

import {byId, cell, duration, money, number, rows, text} from './page.js';

const health = new Map();

export function showTotals(reading) {
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
  showLatency([reading]);
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
    const failed = failures.reduce((sum, [, count]) => sum + count, 0);
    const state = healthOf(name, results.ok || 0, failed);
    cell(row, name);
    cell(row, state, state === 'fails' ? 'fail' : 'hit');
    cell(row, number.format(results.ok || 0), 'n');
    cell(row, number.format(failed), 'n');
    cell(row, failures.map(([result, count]) => result + ' ' + count).join(', '), 'fail');
  });
}

/** The latencies of the last of these readings that have some. */
export function showLatency(readings) {
  ['hit', 'miss'].forEach(outcome => {
    const last = readings.findLast(it => it.latency[outcome]);
    if (last) text(outcome + '-time', duration(last.latency[outcome].p50Micros));
  });
}

/** How it answered last: what was counted since it was looked at before tells. */
function healthOf(name, ok, failed) {
  const before = health.get(name) || {ok: 0, failed: 0, state: '–'};
  const state = ok > before.ok ? 'answers' : failed > before.failed ? 'fails' : before.state;
  health.set(name, {ok, failed, state});
  return state;
}
