// Talking to the server: reads, acts and the live stream.

export class Refused extends Error {
  constructor(name, sentence) {
    super(sentence);
    this.name = name;
  }
}

async function asked(path, init) {
  let response;
  try {
    response = await fetch(`/page/api/${path}`, init);
  } catch {
    throw new Refused("network", "no connection");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? "network", body.message ?? response.statusText);
  return body;
}

export function get(path, query = {}) {
  const known = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const text = new URLSearchParams(known).toString();
  return asked(text ? `${path}?${text}` : path);
}

export function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return asked(path, { method: "POST", headers, body: JSON.stringify(body) });
}

const RETRY = 1500;

// One stream per acting person. The browser reconnects by itself; after a refusal we ask again.
export class Stream {
  constructor({ onnews, onhello, onlost }) {
    Object.assign(this, { onnews, onhello, onlost });
  }

  open(handle) {
    this.shut();
    const source = new EventSource(`/page/stream?as=${encodeURIComponent(handle)}`);
    source.addEventListener("hello", (event) => this.onhello(JSON.parse(event.data)));
    source.onmessage = (event) => this.onnews(JSON.parse(event.data));
    source.onerror = () => {
      this.onlost();
      if (source.readyState === EventSource.CLOSED) this.again = setTimeout(() => this.open(handle), RETRY);
    };
    this.source = source;
  }

  shut() {
    clearTimeout(this.again);
    this.source?.close();
  }
}
