import type { Inbounds } from "./bridge.ts";
import type { Events } from "./events.ts";
import { hashKey, type ProviderId } from "./model/ids.ts";
import type { Inbound } from "./model/message.ts";
import { foldNumber } from "./model/phone.ts";
import { cleanText } from "./model/text.ts";
import { threadOf } from "./model/thread.ts";
import type { Clock } from "./ports/clock.ts";
import type { IncomingSms } from "./ports/sms-provider.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { Sequence } from "./sequence.ts";

/** Equal texts of one peer that come without any time are one SMS within this span, unless we answered in between. */
const twinSpanMs = 10 * 60_000;

export interface InboundDeps {
  readonly records: Records;
  readonly registry: Registry;
  readonly sequence: Sequence;
  readonly clock: Clock;
  readonly events: Events;
  /** Called after the commit of a new SMS. */
  readonly onAccepted: (message: Inbound) => void;
}

type Accepted = { message: Inbound; isNew: boolean };

/**
 * Takes SMS in, each once. The key of a record is what tells a repeat (DESIGN 2.2): the panel's id where it has one, else
 * the time as the panel wrote it together with the text, else the text within a span. Arrival time never enters a key.
 */
export function createInbound(deps: InboundDeps): Inbounds {
  const { records, registry, sequence, clock, events, onAccepted } = deps;

  async function acceptOne(provider: ProviderId, sms: IncomingSms): Promise<Accepted> {
    const accepted = await insert(provider, sms);
    if (accepted.isNew) {
      onAccepted(accepted.message);
      events.emit("inbound accepted", { message: accepted.message });
      return accepted;
    }
    const counted = await records.inbound.update(
      accepted.message.id,
      (current) => current && { ...current, repeats: current.repeats + 1 },
    );
    const message = counted ?? accepted.message;
    events.emit("inbound repeated", { message });
    return { message, isNew: false };
  }

  async function insert(provider: ProviderId, sms: IncomingSms): Promise<Accepted> {
    const draft = draftOf(provider, sms);
    const { line, peer } = draft;
    if (hasId(sms)) {
      const byId = await create({ ...draft, id: hashKey("id", provider, line, sms.panelId) });
      // A panel that gives one id to two SMS has given no id.
      if (byId.isNew || (byId.message.peer === peer && byId.message.text === draft.text)) return byId;
    }
    if (sms.time) {
      return create({ ...draft, id: hashKey("time", provider, line, peer, sms.time.written, sms.text) });
    }
    return createTwin({ ...draft, twin: hashKey("text", provider, line, peer, sms.text) });
  }

  async function create(message: Inbound): Promise<Accepted> {
    if (await records.inbound.create(message.id, message)) return { message, isNew: true };
    const known = await records.inbound.get(message.id);
    if (known) return { message: known, isNew: false };
    // Somebody's damaged record stands under this key: better shown twice than not at all.
    return create({ ...message, id: hashKey("instead of", message.id) });
  }

  /** The next of equal texts has the one before in its key, so that two callers who both think they bring it meet on it. */
  async function createTwin(draft: Inbound & { twin: string }): Promise<Accepted> {
    let [newest] = await records.inbound.range("twin", { equal: [draft.twin], reverse: true, limit: 1 });
    for (;;) {
      if (newest && (await isRepeatOf(newest))) return { message: newest, isNew: false };
      const accepted = await create({ ...draft, id: hashKey("next", draft.twin, newest?.id ?? "") });
      if (accepted.isNew) return accepted;
      newest = accepted.message;
    }
  }

  async function isRepeatOf(newest: Inbound): Promise<boolean> {
    if (clock.now() - newest.at > twinSpanMs) return false;
    // Both kinds of messages take their numbers from one sequence.
    const answers = await records.outbound.range("thread", { equal: [newest.thread], from: newest.seq, limit: 1 });
    return answers.length === 0;
  }

  function draftOf(provider: ProviderId, sms: IncomingSms): Inbound {
    const line = foldNumber(sms.line);
    const peer = foldNumber(sms.peer);
    const desk = registry.deskFor(provider, line);
    const at = clock.now();
    return {
      id: "",
      desk,
      thread: threadOf(desk, peer),
      provider,
      line,
      peer,
      text: cleanText(sms.text),
      ...(sms.time?.at === undefined ? {} : { panelTime: sms.time.at }),
      at,
      seq: sequence.next(),
      repeats: 0,
      postDue: at,
    };
  }

  return {
    accept: (provider, sms) => Promise.all(sms.map((one) => acceptOne(provider, one))),
    async findByPost(post) {
      const [message] = await records.inbound.range("post", { equal: [post], limit: 1 });
      return message;
    },
    async lastLineOf(thread) {
      const [message] = await records.inbound.range("thread", { equal: [thread], reverse: true, limit: 1 });
      return message?.line;
    },
  };
}

function hasId(sms: IncomingSms): sms is IncomingSms & { panelId: string } {
  return sms.panelId !== undefined && sms.panelId.trim() !== "" && !/^0+$/.test(sms.panelId.trim());
}
