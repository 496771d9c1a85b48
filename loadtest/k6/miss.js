// Never the same question twice: what the relay costs when it cannot help.
import { ask, DURATION, VUS } from './common.js';

export const options = {
  vus: VUS,
  duration: DURATION,
  thresholds: {
    wrong_answers: ['count==0'],
    cache_hits: ['rate<0.01'],
    http_req_failed: ['rate==0'],
  },
};

export default function () {
  ask(`Question ${__VU}-${__ITER}-${Math.random()}?`);
}
