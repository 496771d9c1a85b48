// Streams only: live the first time, replayed afterwards.
import { ask, DURATION, VUS, zipf } from './common.js';

export const options = {
  vus: VUS,
  duration: DURATION,
  thresholds: {
    wrong_answers: ['count==0'],
    cache_hits: ['rate>0.5'],
    http_req_failed: ['rate==0'],
  },
};

export default function () {
  ask(`Streamed question ${zipf(500)}?`, true);
}
