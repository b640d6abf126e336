import type { CodeEntry } from "./codes.ts";
import { panelFaults } from "./panel-faults.ts";

const noStore = "the bridge does not start, for it could keep nothing";
const deafDesk = "no SMS is shown at this desk, and no answer is read there";
const noPush =
  "whoever calls the bridge may not reach it: customers' SMS do not come in from panels that push, nor answers from Telegram's webhook";

/** Every code of a finding. Programs read them: add to them, do not rename or drop one. */
export const ownCodes = {
  "config.read": { kind: "good", says: "The configuration was read." },
  "config.missing": {
    kind: "bad",
    says: "There is no configuration.",
    why: "without one the bridge does not know your bot, your panel or your line",
    advice: "write one with `chapar init`, or look around first with `chapar sandbox`, which needs none",
  },
  "config.problem": {
    kind: "bad",
    says: "A setting is wrong or missing; the subject is its path.",
    why: "the bridge does not start with it",
    advice: "docs/config.md tells what may stand there",
  },
  "config.warning": { kind: "note", says: "A setting works, and is probably not what was wanted." },
  "file.open-to-all": {
    kind: "note",
    says: "A file with passwords, or with texts of customers, can be read by anyone on this machine.",
  },

  "check.broken-off": {
    kind: "bad",
    says: "The check itself failed in a way that Chapar does not know.",
    why: "what else there is to find was not looked for",
    advice: "check again with --log-level warn, and open an issue with what it says",
  },

  "store.usable": { kind: "good", says: "The store is there, and who uses it." },
  "store.new": { kind: "note", says: "There is no store yet." },
  "store.in-memory": { kind: "note", says: "The store forgets everything when the bridge ends." },
  "store.copy": { kind: "note", says: "The store is a restored copy on which no bridge has run." },
  "store.held": {
    kind: "bad",
    says: "Another program, no bridge, keeps the store locked.",
    why: "nothing can be stored, so that no SMS is taken in and no answer leaves",
    advice: "`fuser` with the file's name tells which program it is",
  },
  "store.not-writable": {
    kind: "bad",
    says: "This user may not write the store, or not make it.",
    why: noStore,
    advice:
      "call this as the user that runs the bridge; if that is who called it, give that user the file and its folder: chown",
  },
  "store.damaged": {
    kind: "bad",
    says: "The store's file is damaged, or is no store.",
    why: noStore,
    advice: "if it was the store, restore a backup: docs/operating.md tells how",
  },
  "store.unusable": {
    kind: "bad",
    says: "The store cannot be opened, or not be made.",
    why: noStore,
    advice: "correct `store` in the configuration",
  },
  "inbox.unread": { kind: "note", says: "Something that a panel handed over could not be read." },

  "telegram.bot": { kind: "good", says: "Telegram knows the bot." },
  "telegram.bad-token": {
    kind: "bad",
    says: "Telegram refuses the token.",
    why: "the bot can neither show an SMS nor read an answer",
    advice: "take it from @BotFather again",
  },
  "telegram.unreachable": {
    kind: "bad",
    says: "No way to Telegram.",
    why: "SMS are kept and shown later, and no answer is read until then",
    advice: "from inside Iran set telegram.proxy, or telegram.apiRoot to a relay",
  },
  "telegram.refused": {
    kind: "bad",
    says: "Telegram refuses to tell who the bot is.",
    why: "the bot can neither show an SMS nor read an answer",
    advice: "wait a minute and check again",
  },
  "telegram.webhook": { kind: "good", says: "Telegram pushes to this bridge." },
  "telegram.webhook-later": {
    kind: "note",
    says: "Telegram does not push here yet: the bridge sets that when it starts.",
  },
  "telegram.webhook-elsewhere": {
    kind: "bad",
    says: "Telegram pushes to another address, or to none, though a bridge runs.",
    why: "what operators write does not come to this bridge",
    advice: "stop the other program that uses this bot, or make a bot for each; then start this bridge again",
  },
  "telegram.webhook-failing": {
    kind: "bad",
    says: "Telegram's pushes to the bridge fail.",
    why: "what operators write waits at Telegram",
    advice: "see whether server.publicUrl is reached from outside, with a certificate that Telegram takes",
  },
  "clock.off": {
    kind: "bad",
    says: "The clock of this machine is more than five minutes off.",
    why: "times in posts are wrong, SMS for later leave at the wrong time, and answers may be held as old",
    advice: "let the machine set its clock: timedatectl set-ntp true",
  },

  "desk.ready": { kind: "good", says: "The bot has every right that it needs at this desk." },
  "desk.setting": {
    kind: "note",
    says: "A setting of the desk was set in Telegram with /desk, and counts in place of the configuration's until that is changed.",
  },
  "desk.unknown": { kind: "note", says: "The store, which knows where the desk is, could not be read." },
  "desk.not-paired": {
    kind: "bad",
    says: "The desk has no chat yet.",
    why: deafDesk,
    advice: "start the bridge and write /pair with its code in the chat",
  },
  "desk.not-in-chat": {
    kind: "bad",
    says: "The bot is not in the chat, or there is no such chat.",
    why: deafDesk,
    advice: "add the bot, or correct the id",
  },
  "desk.is-channel": {
    kind: "bad",
    says: "The chat is a channel.",
    why: deafDesk,
    advice: "a desk is a group or a private chat",
  },
  "desk.migrated": {
    kind: "bad",
    says: "The group has become a supergroup with another id.",
    why: deafDesk,
    advice: "set the desk's chat to the new id",
  },
  "desk.no-topics": {
    kind: "bad",
    says: "The layout is topics, and the group has none.",
    why: "customers get no topic of their own",
    advice: 'turn Topics on in the group\'s settings, or set layout to "replies"',
  },
  "desk.no-topic-right": {
    kind: "bad",
    says: 'The bot is an administrator without the right "Manage Topics".',
    why: "it cannot open a topic for a new customer, so that every SMS lands in General",
    advice: "give it this right in the group's settings, under Administrators",
  },
  "desk.not-administrator": {
    kind: "bad",
    says: "The group has topics, and the bot is no administrator.",
    why: "it cannot open a topic for a new customer, and may not see what operators write",
    advice: 'make it an administrator with the right "Manage Topics"',
  },
  "desk.privacy-on": {
    kind: "bad",
    says: "The bot is a plain member, and its privacy mode hides from it what operators write.",
    why: "answers in the group are never read, and no SMS leaves",
    advice:
      "make it an administrator of the group; or in @BotFather set /setprivacy to Disable, then take the bot out and add it again",
  },
  "desk.cannot-write": {
    kind: "bad",
    says: "The bot may not write in the chat.",
    why: "no SMS is shown at this desk",
    advice: "lift its restriction in the group's settings, or make it an administrator",
  },
  "desk.refused": {
    kind: "bad",
    says: "Telegram does not tell of the chat.",
    why: "whether the desk works is not known",
    advice: "wait a minute and check again",
  },

  "provider.login": { kind: "good", says: "The panel takes the login." },
  "provider.credit": { kind: "good", says: "What is left in the account." },
  "provider.credit-in-doubt": { kind: "note", says: "A credit that the panel also tells to a wrong login." },
  "provider.access": { kind: "good", says: "The web service is open to the account." },
  "provider.access-unknown": { kind: "note", says: "Whether the web service is open could not be told." },
  "provider.cannot-be-asked": { kind: "note", says: "The panel tells nothing without sending." },
  "provider.unexpected": {
    kind: "bad",
    says: "A question failed in a way that Chapar does not know.",
    why: "whether the panel works is not known",
    advice: "check again with --log-level warn, and open an issue with what it says",
  },
  "line.usable": { kind: "good", says: "The panel lets the line send, or lists it." },
  "line.not-active": panelFaults["bad-line"],
  "line.unknown": { kind: "note", says: "The panel does not tell of the line." },
  "line.route": { kind: "good", says: "Which panel serves a line, and which desk answers it." },
  "inbox.usable": { kind: "good", says: "The panel's inbox can be read." },
  "inbox.not-read": {
    kind: "bad",
    says: "--read-inbox was asked for while a bridge runs.",
    why: "the inbox was left alone, for what one reader takes the other may never see",
    advice: "stop the bridge first, or leave --read-inbox out",
  },
  "inbox.unreadable": {
    kind: "bad",
    says: "The panel's inbox cannot be read, or not be understood.",
    why: "the SMS of customers do not come in from this panel",
    advice: "ask the panel's support whether the web service may read incoming SMS",
  },
  "inbox.unknown": { kind: "note", says: "The panel's inbox was not looked at, or did not tell." },
  "inbox.none": { kind: "note", says: "Nothing comes in from this panel as it is configured." },
  "contract.known": { kind: "good", says: "The panel's contract is as Chapar knows it." },
  "contract.differs": { kind: "note", says: "The panel's contract could not be read, or differs." },
  "contract.unusable": {
    kind: "bad",
    says: "The panel speaks otherwise than Chapar does.",
    why: "calls may fail, or mean something else",
    advice: "the panel speaks otherwise than we know it: open an issue with what stands here",
  },

  "hook.url": { kind: "note", says: "The address to register at a panel that pushes." },
  "hook.quiet": { kind: "note", says: "No SMS has come in from a panel that pushes, or none for a week." },
  "hook.reachable": { kind: "good", says: "The bridge answers at server.publicUrl, as tried from this server." },
  "hook.no-bridge": { kind: "note", says: "Something is there for server.publicUrl, and no bridge runs behind it." },
  "hook.unreachable": {
    kind: "bad",
    says: "Nothing answers at server.publicUrl.",
    why: noPush,
    advice: "see whether server.publicUrl is right, and whether the firewall lets calls in",
  },
  "hook.bad-certificate": {
    kind: "bad",
    says: "The certificate of server.publicUrl is not valid.",
    why: noPush,
    advice: "renew the certificate, for the name that stands in server.publicUrl and with its whole chain",
  },
  "hook.bad-gateway": {
    kind: "bad",
    says: "A proxy answers at server.publicUrl and does not find the running bridge.",
    why: noPush,
    advice: "let the proxy lead to server.host and server.port",
  },
  "hook.other-program": {
    kind: "bad",
    says: "Another program answers at server.publicUrl.",
    why: noPush,
    advice: "correct server.publicUrl, or let the proxy there pass every path on to the bridge, /healthz too",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;
