/* Asking the relay, with the reader's token where one is needed. */

import {byId, text} from './page.js';

let token = sessionStorage.getItem('token') || '';

export async function ask(path, options = {}) {
  const headers = {...(options.headers || {})};
  if (token) headers.Authorization = 'Bearer ' + token;
  const response = await fetch(path, {...options, headers});
  if (response.status === 401) showLogin('This token is not valid.');
  return response;
}

export async function askJson(path, options) {
  const response = await ask(path, options);
  const body = response.status === 204 ? {} : await response.json().catch(() => ({}));
  return {status: response.status, ok: response.ok, body};
}

export function message(answer) {
  return answer.body.error ? answer.body.error.message : 'The relay answered ' + answer.status + '.';
}

function showLogin(why) {
  byId('login').hidden = false;
  byId('main').hidden = true;
  text('login-error', token ? why : '');
  byId('token').focus();
}

/** Calls back whenever the reader gave a token. */
export function onLogin(begin) {
  byId('login').onsubmit = event => {
    event.preventDefault();
    token = byId('token').value;
    sessionStorage.setItem('token', token);
    byId('login').hidden = true;
    byId('main').hidden = false;
    begin();
  };
}
