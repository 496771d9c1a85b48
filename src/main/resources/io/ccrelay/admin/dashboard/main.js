/* Opens the panels and keeps them up to date. */

import {drawAll, drawNext, makeCharts} from './charts.js';
import {showCluster} from './cluster.js';
import {openEntries} from './entries.js';
import {openExplain} from './explain.js';
import {follow} from './feed.js';
import {openPurge} from './purge.js';
import {onLogin} from './relay.js';
import {openRequests, showEarlier, showRequests} from './requests.js';
import {showSimilar} from './similar.js';
import {showLatency, showTotals} from './totals.js';

const LOOK_MILLIS = 5000;

function look() {
  showCluster();
  showSimilar();
}

function listen() {
  const hearPast = readings => {
    showLatency(readings);
    drawAll(readings);
  };
  follow(hearPast, reading => {
    showTotals(reading);
    showRequests(reading.lines);
    drawNext(reading);
  });
}

onLogin(() => {
  listen();
  showEarlier();
  look();
});
openEntries();
openPurge();
openExplain();
openRequests();
makeCharts();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', makeCharts);
listen();
look();
setInterval(look, LOOK_MILLIS);
