// Three relays that share one cache behind a load balancer, which asks the next one when one does not answer.
import { sleep } from 'k6';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { DURATION, VUS, request, record, zipf } from './common.js';

const RELAYS = (__ENV.RELAY_URLS || '').split(',');

const unanswered = new Counter('unanswered');
const moved = new Counter('moved');

export const options = {
  vus: VUS,
  duration: DURATION,
  thresholds: {
    unanswered: ['count==0'],
    wrong_answers: ['count==0'],
    cache_hits: ['rate>0.8'],
    hit_duration: ['p(95)<1000'],
  },
};

export default function () {
  const first = Math.floor(Math.random() * RELAYS.length);
  for (let i = 0; i < RELAYS.length; i++) {
    const { body, params } = request(`question ${zipf(200)}`);
    const answer = http.post(`${RELAYS[(first + i) % RELAYS.length]}/v1/messages`, body, { ...params, timeout: '10s' });
    if (answer.status !== 0) {
      record(answer);
      sleep(0.01);
      return;
    }
    moved.add(1);
  }
  unanswered.add(1);
}
