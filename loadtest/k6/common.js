// What all scenarios share: where the relay is, and how requests look.
import { check } from 'k6';
import http from 'k6/http';
import { Counter, Rate, Trend } from 'k6/metrics';

export const BASE = __ENV.RELAY_URL || 'http://127.0.0.1:8787';
export const DURATION = __ENV.DURATION || '20s';
export const SECONDS = Number(DURATION.replace('s', ''));
export const VUS = Number(__ENV.VUS || 32);

export const hits = new Rate('cache_hits');
export const wrong = new Counter('wrong_answers');
export const hitTime = new Trend('hit_duration', true);
export const missTime = new Trend('miss_duration', true);

const HEADERS = {
  'content-type': 'application/json',
  'x-api-key': 'load-test-key',
  'anthropic-version': '2023-06-01',
};

export function request(prompt, stream = false) {
  const body = {
    model: 'claude-sonnet-4-5',
    max_tokens: 1024,
    temperature: 0,
    system: [{ type: 'text', text: 'You are terse. '.repeat(40) }],
    messages: [{ role: 'user', content: prompt }],
  };
  if (stream) {
    body.stream = true;
  }
  return { body: JSON.stringify(body), params: { headers: HEADERS } };
}

export function ask(prompt, stream = false) {
  const { body, params } = request(prompt, stream);
  const answer = http.post(`${BASE}/v1/messages`, body, params);
  record(answer, stream);
  return answer;
}

export function record(answer, stream = false) {
  const whole = stream
    ? String(answer.body).includes('event: message_stop')
    : /"stop_reason": ?"end_turn"/.test(String(answer.body));
  if (!check(answer, { 'status is 200': (a) => a.status === 200, 'answer is whole': () => whole })) {
    wrong.add(1);
  }
  const outcome = answer.headers['X-Cc-Relay-Cache'];
  hits.add(outcome === 'hit' || outcome === 'coalesced');
  (outcome === 'hit' ? hitTime : missTime).add(answer.timings.duration);
}

// A rank between 0 and n - 1 drawn from Zipf's law with exponent 1, by inversion of the harmonic sum.
export function zipf(n) {
  return Math.min(n - 1, Math.floor(Math.exp(Math.random() * Math.log(n + 1))) - 1);
}
