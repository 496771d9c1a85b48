// One question again and again: every answer but the first comes from the cache.
import { ask, DURATION, VUS } from './common.js';

export const options = {
  vus: VUS,
  duration: DURATION,
  thresholds: {
    wrong_answers: ['count==0'],
    cache_hits: ['rate>0.99'],
    http_req_failed: ['rate==0'],
  },
};

export default function () {
  ask('What is the capital of France?');
}
