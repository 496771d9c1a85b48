/* The live feed: what was, once, then a reading every second. */

import {byId} from './page.js';
import {ask} from './relay.js';

const AGAIN_MILLIS = 2000;

/** Follows the feed for good; calls back with all readings before, and with each that comes. */
export async function follow(hearPast, hearReading) {
  const retry = () => {
    const state = byId('state');
    state.textContent = 'connection lost';
    state.className = 'badge lost';
    setTimeout(() => follow(hearPast, hearReading), AGAIN_MILLIS);
  };
  try {
    const response = await ask('/admin/live');
    if (response.status === 401) return;
    if (response.ok) await read(response, hearPast, hearReading);
    retry();
  } catch (lost) {
    retry();
  }
}

async function read(response, hearPast, hearReading) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return;
    rest += value;
    const events = rest.split('\n\n');
    rest = events.pop();
    events.forEach(event => {
      const name = /^event: (.*)$/m.exec(event)[1];
      const data = JSON.parse(/^data: (.*)$/m.exec(event)[1]);
      if (name === 'past') hearPast(data.readings);
      else hearReading(data);
    });
  }
}
