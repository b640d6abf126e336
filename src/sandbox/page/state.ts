import type { BridgeSupervisor } from "../bridge/supervisor.ts";
import type { Choice } from "../choice.ts";
import type { Phones } from "../phone.ts";
import type { Group } from "../telegram/group.ts";
import type { PrivateTalks } from "../telegram/private-talks.ts";
import type { SeenMessage } from "../telegram/seen.ts";
import { topicIcons } from "../telegram/topic-icons.ts";
import type { User } from "../telegram/types.ts";
import type { Troubles } from "./trouble.ts";
import type { WireLog } from "./wire-log.ts";

export interface StateDeps {
  readonly choice: Choice;
  readonly bridge: Pick<BridgeSupervisor, "state">;
  readonly phones: Phones;
  readonly group: Group;
  readonly privates: PrivateTalks;
  readonly operators: readonly User[];
  readonly troubles: Troubles;
  readonly log: WireLog;
}

// A page shows a conversation, not an archive.
const topicsAtMost = 40;
const messagesAtMost = 60;
const handsetsAtMost = 40;

/** What the stream of events tells; the page's own scripts take their types from here. */
export type PageState = ReturnType<typeof readState>;

/** The small world as a page shows it: the newest of everything, plain JSON. */
export function readState(deps: StateDeps) {
  const { choice, bridge, phones, group, privates, operators, troubles, log } = deps;
  log.look();
  return {
    bridge: { state: bridge.state },
    choice: choice.name,
    language: choice.language,
    hours: choice.hours,
    panels: choice.panels.map(({ kind, lines }) => ({ kind, lines, trouble: troubles.ofPanel(kind) })),
    handsets: phones
      .all()
      .slice(-handsetsAtMost)
      .map(({ number, isOn, thread }) => ({
        number,
        isOn,
        thread: thread.slice(-messagesAtMost),
        /** How many SMS from before are not shown. */
        earlier: Math.max(0, thread.length - messagesAtMost),
      })),
    telegram: {
      title: group.chat.title ?? "",
      trouble: troubles.ofTelegram(),
      operators: operators.map(({ id, first_name }) => ({ id, name: first_name })),
      topics: group
        .topics()
        .slice(-topicsAtMost)
        .map(({ id, name, isClosed, iconCustomEmojiId }) => ({
          id,
          name,
          isClosed,
          icon: topicIcons.find(({ custom_emoji_id }) => custom_emoji_id === iconCustomEmojiId)?.emoji,
          messages: group.messages(id).slice(-messagesAtMost).map(shown),
        })),
      general: group.messages("general").slice(-messagesAtMost).map(shown),
      /** By person; only of those who have begun one. */
      privates: operators.flatMap((person) => {
        const messages = privates.find(person)?.messages().slice(-messagesAtMost).map(shown);
        return messages ? [{ person: person.id, messages }] : [];
      }),
    },
    log: log.lines(),
  };
}

function shown({ raw: _raw, topicId: _topicId, ...message }: SeenMessage) {
  return message;
}
