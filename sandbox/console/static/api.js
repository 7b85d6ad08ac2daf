// Asking the sandbox's control API, and Google as the coordinator in a browser does.

/** What was refused, with the words of who refused it. */
export class Refused extends Error {}

async function ask(path, method, body, headers = {}) {
  const answer = await fetch(path, {
    method,
    headers: body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  throw new Refused(said.error?.message ?? said.error ?? `${answer.status}`);
}

export const get = (path, query) => ask(`/_sandbox${path}?${new URLSearchParams(query)}`, "GET");
export const post = (path, body = {}) => ask(`/_sandbox${path}`, "POST", body);
export const remove = (path) => ask(`/_sandbox${path}`, "DELETE");

export const google = (method, path, body) =>
  ask(`/v4/spreadsheets/${path}`, method, body, { Authorization: "Bearer person:coordinator" });
