// The emulator's control API. What it refuses comes out as an error whose message is its sentence.

export class Refused extends Error {}

async function ask(verb, path, options = {}) {
  const answer = await fetch(`/control${path}`, { method: verb, ...options });
  const body = await answer.json().catch(() => ({ error: `${answer.status}` }));
  if (!answer.ok) throw new Refused(body.error ?? `${answer.status}`);
  return body;
}

const json = (body) => ({ headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const person = (id, verb, body = {}) => ask("POST", `/users/${id}/${verb}`, json(body));

export const api = {
  whole: () => ask("GET", "/whole"),
  commands: async (id, chat) => (await ask("GET", `/users/${id}/view?chat=${chat}&after=4611686018427387904`)).commands,
  addPerson: (first_name, language_code, about) => ask("POST", "/users", json({ first_name, language_code, about })),

  start: (id, payload = "") => person(id, "start", { payload }),
  say: (id, chat, text, reply_to) => person(id, "say", { chat, text, reply_to }),
  press: (id, chat, text) => person(id, "press", { chat, text }),
  tap: (id, chat, message_id, data) => person(id, "tap", { chat, message_id, data }),
  edit: (id, chat, message_id, text) => person(id, "edit", { chat, message_id, text }),
  block: (id) => person(id, "block"),
  unblock: (id) => person(id, "unblock"),
  send: (id, chat, kind, file, fields = {}) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ kind, chat, ...fields })) form.append(name, value);
    form.append("file", file, file.name ?? "voice.ogg");
    return ask("POST", `/users/${id}/send`, { body: form });
  },

  createGroup: (title, creator, members) => ask("POST", "/groups", json({ title, creator, members })),
  addBot: (group, by) => ask("POST", `/groups/${group}/bot`, json({ by })),

  goTo: (step) => ask("POST", "/story/at", json({ step })),

  backstage: () => ask("GET", "/backstage"),
  calls: (after) => ask("GET", `/calls?after=${after}`),
  fault: (fault) => ask("POST", "/faults", json(fault)),
  mend: (id) => ask("DELETE", `/faults?id=${id}`),
  letRun: (runs) => ask("POST", "/bot", json({ runs })),

  travel: (body) => ask("POST", "/clock/travel", json(body)),
  stay: () => ask("DELETE", "/clock/travel"),
  run: (running) => ask("POST", "/clock", json({ running })),

  file: (id) => `/control/files/${encodeURIComponent(id)}`,
};
