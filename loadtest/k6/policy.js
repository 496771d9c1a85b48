// An API behind a policy document: limits, the response cache by user, values. One user in twenty asks more than may be.
import { check } from 'k6';
import http from 'k6/http';
import { Counter, Rate } from 'k6/metrics';
import { BASE, DURATION, SECONDS, VUS, hits, wrong, hitTime, missTime } from './common.js';

const CALLS = 5; // of the greedy user each PERIOD seconds, as policy.xml says
const PERIOD = 10;

const admitted = new Counter('greedy_admitted');
const refused = new Rate('greedy_refused');

export const options = {
  vus: VUS,
  duration: DURATION,
  thresholds: {
    wrong_answers: ['count==0'],
    cache_hits: ['rate>0.5'],
    greedy_admitted: [`count<=${CALLS * (Math.ceil(SECONDS / PERIOD) + 1)}`],
    greedy_refused: ['rate>0.5'],
  },
};

export default function () {
  const greedy = Math.random() < 0.05;
  const user = greedy ? 'greedy' : `user-${Math.floor(Math.random() * 50)}`;
  const answer = http.get(`${BASE}/page`, {
    headers: { 'x-user': user },
    responseCallback: http.expectedStatuses(200, 429),
  });
  if (greedy) {
    refused.add(answer.status === 429);
  }
  if (answer.status === 429 && greedy) {
    if (!check(answer, { 'it says when to come again': (a) => Number(a.headers['Retry-After']) > 0 })) {
      wrong.add(1);
    }
    return;
  }
  if (greedy) {
    admitted.add(1);
  }
  const own = check(answer, {
    'status is 200': (a) => a.status === 200,
    'it is the answer for this user': (a) => a.headers['X-Greeting'] === `for ${user}`,
  });
  if (!own) {
    wrong.add(1);
  }
  const hit = Number(answer.headers.Age || -1) >= 0;
  hits.add(hit);
  (hit ? hitTime : missTime).add(answer.timings.duration);
}
