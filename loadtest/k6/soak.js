// A steady day in small: Zipf's questions, streams, questions nobody repeats, at a rate the relay bears easily, for long.
import { ask, DURATION, zipf } from './common.js';

export const options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE || 200),
      duration: DURATION,
      preAllocatedVUs: 32,
      maxVUs: 128,
    },
  },
  thresholds: {
    wrong_answers: ['count==0'],
    http_req_failed: ['rate==0'],
    cache_hits: ['rate>0.5'],
    hit_duration: ['p(95)<250'],
    dropped_iterations: ['count<100'],
  },
};

let turn = 0;

export default function () {
  const once = Math.random() < 0.1;
  const question = once ? `Only once ${__VU}.${turn++}.${Date.now()}?` : `Question ${zipf(2000)}?`;
  ask(question, Math.random() < 0.2);
}
