// 2000 questions asked as often as Zipf's law says, a fifth of them as streams.
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
  ask(`Question ${zipf(2000)}?`, Math.random() < 0.2);
}
