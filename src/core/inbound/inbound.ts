import type { Inbounds } from "../bridge.ts";
import type { Events } from "../events.ts";
import { type DeskId, hashKey, type ProviderId } from "../model/ids.ts";
import type { Inbound } from "../model/message.ts";
import { parseOptOutWord } from "../model/opt-out.ts";
import { foldNumber } from "../model/phone.ts";
import { findRoute, type Route } from "../model/rule.ts";
import { cleanText } from "../model/text.ts";
import { threadOf } from "../model/thread.ts";
import type { Clock } from "../ports/clock.ts";
import type { IncomingSms } from "../ports/inbox.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import type { Sequence } from "../sequence.ts";
import { hasId, type ListedSms } from "./listing.ts";

/** Equal texts of one peer that come without any time are one SMS within this span, unless we answered in between. */
export const twinSpanMs = 10 * 60_000;

export interface InboundDeps {
  readonly records: Records;
  readonly registry: Registry;
  readonly sequence: Sequence;
  readonly clock: Clock;
  readonly events: Events;
  /** Called after the commit of an SMS that is to be shown, or acted on. Absent: a bridge in another process shows it. */
  readonly onAccepted?: (message: Inbound) => void;
}

type Accepted = { readonly message: Inbound; readonly isNew: boolean };
type Found = Pick<ListedSms, "sms"> & Partial<ListedSms>;

/** What core itself asks beside: panels that are asked give lists. */
export interface ListedInbounds extends Inbounds {
  /** Commits what a list holds; of an old one, that it was seen. Resolves once all are on disk. */
  acceptListed(provider: ProviderId, listed: readonly ListedSms[]): Promise<readonly Accepted[]>;
  /** Lets those be shown that were only kept as seen. */
  showAfterAll(accepted: readonly Accepted[]): Promise<readonly Accepted[]>;
}

/**
 * Takes SMS in, each once. The key of a record is what tells a repeat (DESIGN 2.2): the panel's id where it has one, else
 * the time as the panel wrote it together with the text, else the text within a span. Arrival time never enters a key.
 */
export function createInbound(deps: InboundDeps): ListedInbounds {
  const { records, registry, sequence, clock, events, onAccepted } = deps;

  async function acceptOne(provider: ProviderId, sms: IncomingSms): Promise<Accepted> {
    const accepted = await insert(provider, { sms });
    if (accepted.isNew) return tell(accepted);
    const counted = await records.inbound.update(
      accepted.message.id,
      (current) => current && { ...current, repeats: current.repeats + 1 },
    );
    const message = counted ?? accepted.message;
    events.emit("inbound repeated", { message });
    return { message, isNew: false };
  }

  /** A list brings what is known with every answer: that is no repeat worth counting. */
  async function acceptListed(provider: ProviderId, found: ListedSms): Promise<Accepted> {
    const accepted = await insert(provider, found);
    return accepted.isNew ? tell(accepted) : accepted;
  }

  /** What was kept as seen is shown after all. */
  async function showAfterAll({ message, isNew }: Accepted): Promise<Accepted> {
    const isShown = message.post !== undefined || message.postDue !== undefined;
    if (isNew || isShown || message.dropped || message.swept) return { message, isNew };
    const due = await records.inbound.update(message.id, (current) =>
      current && current.post === undefined && !current.swept
        ? { ...current, ...dueAt(clock.now(), current), past: true }
        : current,
    );
    if (due?.postDue !== undefined) onAccepted?.(due);
    return { message: due ?? message, isNew };
  }

  function tell(accepted: Accepted): Accepted {
    const { postDue, wordDue } = accepted.message;
    if (postDue !== undefined || wordDue !== undefined) onAccepted?.(accepted.message);
    events.emit("inbound accepted", { message: accepted.message });
    return accepted;
  }

  async function insert(provider: ProviderId, found: Found): Promise<Accepted> {
    const { sms, ordinal = 0, answer } = found;
    const draft = draftOf(provider, found);
    const { line, peer } = draft;
    if (hasId(sms)) {
      const byId = await create({ ...draft, id: hashKey("id", provider, line, sms.panelId) });
      // A panel that gives one id to two SMS has given no id.
      if (byId.isNew || isSame(byId.message, draft)) return byId;
    }
    const equals = ordinal === 0 ? [] : [String(ordinal)];
    if (sms.time?.at === undefined && hasId(sms) && found.ordinal !== undefined) {
      // In a list, which comes again and again, a span of time tells nothing.
      return create({ ...draft, id: hashKey("id, text", provider, line, sms.panelId, peer, sms.text, ...equals) });
    }
    if (answer !== undefined) {
      return create({ ...draft, id: hashKey("answer", provider, line, peer, sms.text, answer, ...equals) });
    }
    if (sms.time) {
      return create({ ...draft, id: hashKey("time", provider, line, peer, sms.time.written, sms.text, ...equals) });
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
    const answers = await records.outbound.range("thread", { equal: [newest.thread], from: newest.seq, limit: 10 });
    // What answered it by itself says nothing of whether it was meant to be said again.
    return answers.every((one) => one.answers !== undefined);
  }

  function draftOf(provider: ProviderId, { sms, isOld, isPast, seq }: Found): Inbound {
    const line = foldNumber(sms.line);
    const peer = foldNumber(sms.peer);
    const text = cleanText(sms.text);
    const home = registry.deskFor(provider, line);
    const { desk = home, ...route } = findRoute(registry.findRules(home)?.rules ?? [], { line, peer, text }) ?? {};
    const at = clock.now();
    return {
      id: "",
      desk,
      thread: threadOf(desk, peer),
      provider,
      line,
      peer,
      text,
      ...(sms.time?.at === undefined ? {} : { panelTime: sms.time.at }),
      at,
      seq: seq ?? sequence.next(),
      repeats: 0,
      ...route,
      ...(isOld ? {} : dueAt(at, route)),
      ...(isPast ? { past: true } : {}),
      ...dutiesOf({ isTalk: !isOld && !isPast && !route.dropped && route.topic === undefined, desk, text, at }),
    };
  }

  /** What is to be done about it beside showing it. Nobody talks with what a rule sends to a topic that many share. */
  function dutiesOf(of: { isTalk: boolean; desk: DeskId; text: string; at: number }) {
    if (parseOptOutWord(of.text)) return { wordDue: of.at };
    return of.isTalk && registry.isAway(of.desk, of.at) ? { awayDue: of.at } : {};
  }

  function dueAt(at: number, { dropped }: Route): Pick<Inbound, "postDue" | "handed" | "dropDue"> {
    if (dropped) return { dropDue: at };
    return onAccepted ? { postDue: at } : { postDue: at, handed: at };
  }

  return {
    accept: (provider, sms) => Promise.all(sms.map((one) => acceptOne(provider, one))),
    acceptListed: (provider, listed) => Promise.all(listed.map((one) => acceptListed(provider, one))),
    showAfterAll: (accepted) => Promise.all(accepted.map(showAfterAll)),
    find: (id) => records.inbound.get(id),
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

function isSame(known: Inbound, draft: Inbound): boolean {
  return (known.swept ?? contentOf(known)) === contentOf(draft);
}

/** A panel may give the same SMS with and without the space at its end, and what it was counts where codes are hidden. */
export function contentOf({ peer, text, content }: Pick<Inbound, "peer" | "text" | "content">): string {
  return content ?? hashKey(peer, text.trim());
}
