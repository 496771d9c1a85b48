// The official npm SDKs through a relay: miss, hit, stream, replayed stream, tool use, errors, retries.
//   npm install && npm test        (needs a built jar and a JDK 25)
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const calls = { count: 0 };
const script = [];

const usage = { input_tokens: 11, output_tokens: 7 };
const message = (content, stop = 'end_turn') => ({
  id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-x', content,
  stop_reason: stop, stop_sequence: null, usage,
});
const completion = {
  id: 'chatcmpl-1', object: 'chat.completion', created: 1700000000, model: 'gpt-x',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello', refusal: null }, logprobs: null, finish_reason: 'stop' }],
  usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
};

function events(words) {
  const all = [
    { type: 'message_start', message: { ...message([]), stop_reason: null, usage: { input_tokens: 11, output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...words.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 7 } },
    { type: 'message_stop' },
  ];
  return all.map((e) => `event: ${e.type}\ndata: ${JSON.stringify(e)}\n\n`).join('');
}

function chunks(words) {
  const chunk = (delta, finish_reason = null) =>
    `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1700000000, model: 'gpt-x',
      choices: [{ index: 0, delta, logprobs: null, finish_reason }] })}\n\n`;
  return [chunk({ role: 'assistant', content: '' }), ...words.map((content) => chunk({ content })), chunk({}, 'stop'),
    'data: [DONE]\n\n'].join('');
}

const provider = http.createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    calls.count++;
    const { status, headers, json } = script.shift() ?? { status: 200 };
    if (status !== 200) {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
      return;
    }
    const asked = JSON.parse(body);
    const openai = request.url.includes('/chat/');
    if (asked.stream) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(openai ? chunks(['Bon', 'jour']) : events(['Bon', 'jour']));
    } else {
      const tools = asked.tools && message([{ type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Köln' } }], 'tool_use');
      response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_1' });
      response.end(JSON.stringify(openai ? completion : tools || message([{ type: 'text', text: 'Hello' }])));
    }
  });
});

const listen = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
const freePort = async () => {
  const probe = net.createServer();
  const port = await listen(probe);
  await new Promise((done) => probe.close(done));
  return port;
};

async function startRelay(upstream) {
  const port = await freePort();
  const file = join(mkdtempSync(join(tmpdir(), 'sdk-')), 'relay.yaml');
  const base = `http://127.0.0.1:${upstream}`;
  writeFileSync(file, `server: {listen: "127.0.0.1:${port}"}
management: {listen: ""}
logging: {level: warn}
cache: {responses: {streaming: true, tool_use: true}}
providers:
  - {name: a, type: anthropic, enabled: true, base_url: "${base}"}
  - {name: o, type: openai, enabled: true, base_url: "${base}"}
`);
  const relay = spawn(join(root, 'bin', 'cc-relay'), ['serve', '--config', file], { stdio: ['ignore', 'inherit', 'inherit'] });
  for (let i = 0; i < 300; i++) {
    if (await fetch(`http://127.0.0.1:${port}/health`).then((a) => a.ok, () => false)) return { relay, port };
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the relay did not start');
}

const results = { passed: 0, failed: 0 };
async function shows(what, act) {
  calls.count = 0;
  script.length = 0;
  try {
    await act();
    results.passed++;
    console.log(`ok   ${what}`);
  } catch (error) {
    results.failed++;
    console.log(`FAIL ${what}\n     ${error.stack}`);
  }
}

const upstream = await listen(provider);
const { relay, port } = await startRelay(upstream);
const anthropic = new Anthropic({ apiKey: 'key-of-t1', baseURL: `http://127.0.0.1:${port}` });
const openai = new OpenAI({ apiKey: 'key-of-t1', baseURL: `http://127.0.0.1:${port}/v1` });
const ask = (content, more) => ({ model: 'claude-x', max_tokens: 64, messages: [{ role: 'user', content }], ...more });
const chat = (content, more) => ({ model: 'gpt-x', messages: [{ role: 'user', content }], ...more });

try {
  await shows('Anthropic: miss and hit are the same message, with request ids of their own', async () => {
    const miss = await anthropic.messages.create(ask('one')).withResponse();
    const hit = await anthropic.messages.create(ask('one')).withResponse();
    assert.equal(hit.response.headers.get('x-cc-relay-cache'), 'hit');
    assert.deepEqual(hit.data.content, miss.data.content);
    assert.equal(miss.request_id, 'req_1');
    assert.ok(hit.request_id && hit.request_id !== 'req_1');
    assert.equal(calls.count, 1);
  });
  await shows('Anthropic: a stream, its replay and the JSON of the same entry agree', async () => {
    const live = await anthropic.messages.stream(ask('two')).finalMessage();
    const replayed = await anthropic.messages.stream(ask('two')).finalMessage();
    const json = await anthropic.messages.create(ask('two'));
    assert.equal(live.content[0].text, 'Bonjour');
    assert.deepEqual(replayed.content, live.content);
    assert.deepEqual(json.content, live.content);
    assert.equal(calls.count, 1);
  });
  await shows('Anthropic: a stored message serves the raw event iterator', async () => {
    await anthropic.messages.create(ask('three'));
    const types = [];
    for await (const event of await anthropic.messages.create(ask('three', { stream: true }))) types.push(event.type);
    assert.equal(types[0], 'message_start');
    assert.equal(types.at(-1), 'message_stop');
    assert.equal(calls.count, 1);
  });
  await shows('Anthropic: tool use is replayed', async () => {
    const tools = [{ name: 'weather', input_schema: { type: 'object' } }];
    await anthropic.messages.create(ask('four', { tools }));
    const hit = await anthropic.messages.stream(ask('four', { tools })).finalMessage();
    assert.deepEqual(hit.content[0].input, { city: 'Köln' });
    assert.equal(calls.count, 1);
  });
  await shows('Anthropic: errors are raised as the provider sent them', async () => {
    script.push({ status: 400, json: { type: 'error', error: { type: 'invalid_request_error', message: 'max_tokens: required' } } });
    await assert.rejects(anthropic.messages.create(ask('five')), /max_tokens: required/);
    assert.equal(calls.count, 1);
  });
  await shows('Anthropic: the SDK retries an overloaded provider', async () => {
    script.push({ status: 529, headers: { 'retry-after-ms': '1' }, json: { type: 'error', error: { type: 'overloaded_error', message: 'busy' } } });
    await anthropic.messages.create(ask('six'));
    assert.equal(calls.count, 2);
  });
  await shows('Anthropic: only-if-cached is not retried', async () => {
    const options = { headers: { 'cache-control': 'only-if-cached' } };
    await assert.rejects(anthropic.messages.create(ask('seven'), options), (e) => e.status === 504);
    assert.equal(calls.count, 0);
  });
  await shows('OpenAI: miss and hit are the same completion', async () => {
    const miss = await openai.chat.completions.create(chat('one'));
    const hit = await openai.chat.completions.create(chat('one')).withResponse();
    assert.equal(hit.response.headers.get('x-cc-relay-cache'), 'hit');
    assert.deepEqual(hit.data.choices, miss.choices);
    assert.equal(calls.count, 1);
  });
  await shows('OpenAI: a stream and its replay agree', async () => {
    const live = await openai.chat.completions.stream(chat('two')).finalContent();
    const replayed = await openai.chat.completions.stream(chat('two')).finalContent();
    assert.equal(live, 'Bonjour');
    assert.equal(replayed, live);
    assert.equal(calls.count, 1);
  });
  await shows('OpenAI: a stored completion serves a stream with usage when asked for', async () => {
    await openai.chat.completions.create(chat('three'));
    const stream = openai.chat.completions.stream(chat('three', { stream_options: { include_usage: true } }));
    assert.equal((await stream.totalUsage()).total_tokens, 18);
    assert.equal(calls.count, 1);
  });
  await shows('OpenAI: errors and retries', async () => {
    script.push({ status: 503, headers: { 'retry-after-ms': '1' }, json: { error: { message: 'busy' } } });
    await openai.chat.completions.create(chat('four'));
    assert.equal(calls.count, 2);
    script.push({ status: 404, json: { error: { message: 'no such model', type: 'invalid_request_error' } } });
    await assert.rejects(openai.chat.completions.create(chat('five')), /no such model/);
  });
} finally {
  relay.kill('SIGTERM');
  provider.closeAllConnections();
  provider.close();
}
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed ? 1 : 0;
