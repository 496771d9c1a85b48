/* What all panels write on the page with. */

export const byId = id => document.getElementById(id);
export const number = new Intl.NumberFormat();
export const money = new Intl.NumberFormat(undefined, {minimumFractionDigits: 2, maximumFractionDigits: 2});

export function text(id, value) { byId(id).textContent = value; }

export function duration(micros) {
  return micros < 1000 ? micros + ' µs' : micros < 1e6 ? (micros / 1000).toFixed(micros < 1e4 ? 2 : 0) + ' ms' : (micros / 1e6).toFixed(1) + ' s';
}

export function cell(row, value, name) {
  const td = row.insertCell();
  td.textContent = value;
  if (name) td.className = name;
  return td;
}

/** The rows of a table, one for each of the items. */
export function rows(id, items, fill) {
  const body = byId(id).tBodies[0];
  body.replaceChildren();
  items.forEach(item => fill(body.insertRow(), item));
}

export function button(label, title, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'link';
  made.textContent = label;
  made.title = title;
  made.onclick = act;
  return made;
}

/** The beginning of a key, which shows the entry under it. */
export function keyButton(td, key) {
  if (!key) return;
  td.append(button(key.slice(0, 12), 'Look at the entry under ' + key, () => {
    byId('search-key').value = key;
    byId('search').requestSubmit();
  }));
}
