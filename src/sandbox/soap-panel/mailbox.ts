import { countParts } from "../parts.ts";

/** An SMS in the panel's mailbox, in either direction. */
export interface StoredSms {
  readonly id: string;
  readonly folder: "inbox" | "sent";
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly parts: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** `SendDate` to answer as it is, where that is not simply `at`. */
  readonly sendDate: string | undefined;
  /** By `UpdateMessagesIsRead` and `UpdateMessagesIsNotRead` alone: no list marks what it gives. */
  readonly isRead: boolean;
  /** Whether `GetNewMessagesList` has given it away. */
  readonly handedOut: boolean;
}

export type NewSms = Pick<StoredSms, "from" | "to" | "text" | "at"> & { id?: string; sendDate?: string };

/** What `IncomingMessages.asmx` shows: received and sent SMS. */
export interface Mailbox {
  /** Oldest first. */
  readonly inbox: readonly StoredSms[];
  keepReceived(sms: NewSms): StoredSms;
  keepSent(sms: NewSms & { id: string }): void;
  list(folder: StoredSms["folder"], line: string, isRead: boolean): StoredSms[];
  /** What is new on a line. Whether asking makes it old is nowhere told, so both can be had. */
  takeNew(line: string): StoredSms[];
  countInbox(isRead: boolean): number;
  /** Where both folders know an id, the received SMS is meant. */
  mark(ids: readonly string[], isRead: boolean): void;
}

export function createMailbox(deps: { firstId: bigint; newConsumes: boolean }): Mailbox {
  const inbox: Mutable[] = [];
  const sent: Mutable[] = [];
  let nextId = deps.firstId;

  function keep(into: Mutable[], folder: StoredSms["folder"], id: string, sms: NewSms): StoredSms {
    const { from, to, text, at, sendDate } = sms;
    const stored = {
      id,
      folder,
      from,
      to,
      text,
      at,
      sendDate,
      parts: countParts(text),
      isRead: false,
      handedOut: false,
    };
    into.push(stored);
    return stored;
  }

  return {
    inbox,
    keepReceived(sms) {
      if (sms.id !== undefined) return keep(inbox, "inbox", sms.id, sms);
      const id = String(nextId);
      nextId += 1n;
      return keep(inbox, "inbox", id, sms);
    },
    keepSent: (sms) => void keep(sent, "sent", sms.id, sms),
    list(folder, line, isRead) {
      return folder === "inbox"
        ? inbox.filter((sms) => sms.to === line && sms.isRead === isRead)
        : sent.filter((sms) => sms.from === line && sms.isRead === isRead);
    },
    takeNew(line) {
      if (!deps.newConsumes) return inbox.filter((sms) => sms.to === line && !sms.isRead);
      const fresh = inbox.filter((sms) => sms.to === line && !sms.handedOut);
      for (const sms of fresh) sms.handedOut = true;
      return fresh;
    },
    countInbox: (isRead) => inbox.filter((sms) => sms.isRead === isRead).length,
    mark(ids, isRead) {
      for (const id of ids) {
        const sms = inbox.find((one) => one.id === id) ?? sent.find((one) => one.id === id);
        if (sms) sms.isRead = isRead;
      }
    },
  };
}

type Mutable = { -readonly [K in keyof StoredSms]: StoredSms[K] };
