### Every sentence that people see. Short, warm and plain; always say what happened and what to do.

## A customer's topic

peer-unknown = Unknown sender
card-who = 👤 { $number }
card-line = On line { $line }
card-named = { $name }
card-new = ❗ Waits for an answer; nobody has taken it yet
card-in-hand = 👀 { $name } has it
card-waiting = 💬 Answered
card-waiting-by = 💬 Answered; { $name } has it
card-silent = 💬 No SMS yet
card-snoozed = 📆 Put off until { $time }
card-closed = ✅ Closed; the next SMS opens it again
card-blocked = Blocked: their SMS are not shown
card-waits-since = Waiting since { $time }
card-answered-at = Answered: { $time }
card-all = Whatever you write here goes to them as an SMS.
card-replies = To answer, reply to one of their messages here.
card-prefix = A message that begins with a dot goes to them as an SMS.
card-note = To talk among yourselves, begin with { LTR("//") }
card-name = This sender is a name, not a number: no answer can reach it.
post-header = { $number } on line { $line }
post-empty = Empty SMS
post-time = SMS from { $time }
post-line-changed = Written to line { $line } this time; before that to { $previous }.
post-word-opted-out = 🔕 Opted out of line { $line }: no bulk or automatic SMS goes to them any more.
post-word-returned = 🔔 Came back: bulk and automatic SMS of line { $line } go to them again.
post-word-asks = If they want no more SMS from line { $line }, press “{ action-opt-out }”.

reminder-waiting = ⏰ { $who } has waited for { $duration }, and nobody has taken it yet.
reminder-waiting-by = ⏰ { $who } has waited for { $duration }; { $name } has it.
reminder-back = 📆 You put { $who } off until now.
reminder-back-with = 📆 You put { $who } off until now. What was said last:
reminder-line = { $who }: { $text }
reminder-line-ours = We: { $text }
reminder-many = ⏰ Not to be forgotten:
reminder-item = { $who } · has waited for { $duration }, nobody has taken it yet
reminder-item-by = { $who } · has waited for { $duration }; { $name } has it
reminder-item-back = { $who } · was put off until now
reminder-chiefs = { $count ->
    [one] ⏰ “{ $desk }” has not answered this customer yet:
   *[other] ⏰ “{ $desk }” has not answered these customers yet:
  }
reminder-chief-start = I wanted to tell { $name } in private, too, but cannot write to them. They only have to open { $bot } once and press Start.
duration-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
  }
duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
  }
duration-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
  }
duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
  }

## The mark under a message

mark-held = Waiting for its time
mark-held-undo = Leaves in a moment
mark-held-stale = You wrote this while I was away, so I have not sent it. Send it now?
mark-held-menu = This list had been open for a while, so I have not sent it. Send it now?
mark-held-forward = This is a forward, so I have not sent it. Send it as an SMS?
mark-held-collision = { $name } answered them { $ago } ago, so this has not been sent. Send it anyway?
mark-held-opted-out = They have opted out of this line, so this has not been sent. Send it anyway?
mark-held-quiet = Line { $line } is quiet until { $time }. I will send this then. Send it now instead?
mark-held-quiet-later = At its time, { $time }, line { $line } is quiet. I will send this on { $until }. Send it now instead?
mark-held-untimed = When shall I send this? For any other time: { LTR("/later") }
mark-held-scheduled = Leaves on { $time }
mark-queued = Waiting its turn
mark-retrying = Not sent yet: { $reason }. I keep trying.
mark-sending = On its way
mark-sent = Sent
mark-progress = Sent, { $delivered } of { $of } delivered
mark-delivered = Delivered
mark-partly = Only some of it was delivered
mark-failed = Not sent
mark-failed-why = Not sent: { $reason }
mark-blacklisted = On the blacklist: they have blocked advertising SMS and get nothing from this line
mark-undelivered = Sent, but it did not reach the phone
mark-asking = Nobody knows yet whether it was sent. I am looking in the panel's list of sent SMS.
mark-asking-why = Nobody knows yet whether it was sent: { $reason }. I am looking in the panel's list of sent SMS.
mark-uncertain = It may or may not have been sent
mark-uncertain-why = It may or may not have been sent: { $reason }
mark-uncertain-do = Look in the panel; if it is not there, send it again.
mark-expired = Sent, but no word of its delivery came
mark-cancelled = Stopped, not sent
mark-cancelled-by = Stopped by { $name }, not sent
mark-vendor = The panel said: { $vendor }
mark-line = From line { $line }
mark-line-fallback = From line { $line }, because { $tried } did not work
mark-settled-by = { $name } says it was sent
mark-about = “{ $text }”
mark-quoted = { $name } wrote:
mark-asked-by = Asked for by { $name }
mark-away = 🌙 Automatic answer: the desk is closed

mark-held-first = { $number } has never written to us, so I have not sent this. Is it the right number?
mark-held-long = This is { $parts ->
    [one] { $parts } SMS part
   *[other] { $parts } SMS parts
  }, so I have not sent it. Send it as it is? If you edit your message and make it shorter, it leaves by itself.
mark-parts = { $parts } parts
mark-on-line = line { $line }
mark-expensive = With { $chars } it is { $parts } parts; written plainly it would be { $fewer }.
mark-wide = Extra spaces make it { $parts } parts; without them it would be { $fewer }.
mark-shortened = Shortened: “{ $text }”
mark-in-time = Its time: { $time }
char = “{ $char }”
char-space = a special space
char-tab = a tab
char-invisible = an invisible character

action-cancel = Cancel
action-undo = Undo
action-send-now = Send now
action-later = Later
action-drop = Drop
action-try-again = Try again
action-send-again = Send again
action-was-sent = It was sent
action-shorten = Shorten
action-send-in-time = Send at its time
action-send-in-quiet = Send now
action-claim = I'll take it
action-release = Release
action-release-from = Release ({ $name })
action-close = Close
action-reopen = Reopen
action-copy-code = Copy code { $code }
action-snooze-hour = 📆 In an hour
action-snooze-morning = 📆 Tomorrow at 9:00
action-unsnooze = Bring it back now
action-block = Block
action-unblock = Unblock
action-opt-out = Opt out
action-name = Name

card-pressed-claim = It is yours.
card-pressed-release = Released, for anybody to take.
card-pressed-close = Closed.
card-pressed-reopen = Open again.
card-pressed-snooze-hour = Put off for an hour; I will remind you.
card-pressed-snooze-morning = Put off until tomorrow at 9:00; I will remind you.
card-pressed-unsnooze = It is back.
card-pressed-block = Blocked: their SMS are not shown from now on.
card-pressed-name = Write the name in reply to this message, like this: { name-example }
card-pressed-same = It was so already.
card-pressed-taken = { $name } has it; press “{ action-release }” first if need be.

## Why not, and what to do

failure-unreachable = the SMS panel cannot be reached
failure-rate-limited = the panel asks us to slow down
failure-busy = the panel is busy
failure-wrong-time = the panel sends no SMS at this hour
failure-bad-credentials = the panel refused the user name or password
failure-address-refused = the panel does not accept this server's address
failure-no-credit = the panel is out of credit
failure-over-quota = the panel's sending quota is used up
failure-account-closed = the panel has closed its service to our account
failure-bad-line = the panel does not allow this line
failure-bad-template = the panel does not know this template
failure-bad-recipient = the number is not right
failure-blacklisted = the receiver is on the blacklist and gets nothing from this line
failure-rejected = the panel refused this text
failure-bad-request = the panel refused the request
failure-no-answer = the panel did not answer
failure-bad-reply = the panel's answer could not be read
failure-interrupted = the work was cut off while sending
failure-undelivered = it did not reach the phone
failure-gave-up = it waited too long, so I stopped trying
failure-line-gone = its line is no longer in the configuration
failure-unsupported = this panel cannot do that
failure-restored = I was restored from a backup, and do not know what was sent after it
failure-opted-out = the receiver has opted out of this line

advice-wrong-time = Try again in the allowed hours.
advice-bad-credentials = Correct the panel's user name and password in the configuration.
advice-address-refused = Register this server's IP address in the panel.
advice-no-credit = Top up the panel.
advice-over-quota = Raise the panel's quota, or try again later.
advice-account-closed = Open the web service in the panel, or hand in the papers it asks for.
advice-bad-line = Check in the panel that this line is active.
advice-bad-template = Correct the template number in the configuration.
advice-bad-recipient = Check the number and write a new message.
advice-blacklisted = Call them, or reach them another way.
advice-rejected = Edit your message, then press “{ action-try-again }”.
advice-gave-up = If it is still needed, try again.
advice-line-gone = If you press “{ action-try-again }”, it leaves from this desk's own line.

## News of Chapar itself

notice-provider-down = The panel { $provider } is not working: { $reason }.
notice-provider-down-wait = SMS wait their turn and I keep trying. I will tell you when it works again.
notice-provider-up = The panel { $provider } works again.
notice-unreadable = The panel { $provider } gave me something I could not read. There may have been an SMS in it: look into the panel's inbox. I kept the original too.
notice-hidden-sms = The panel { $provider } shows me only its last { $count } SMS, and this time all of them were new, so some may be missing here. Look into the panel's inbox, and lower { LTR("pollSeconds") } in the configuration.
notice-topics-no-right = I cannot open topics for customers, because I lack the right “{ right-can_manage_topics }”. Give it to me: { path-administrators } → this bot. Until then their SMS come here.
notice-topics-not-a-forum = This group has no topics, so SMS come here; reply to an SMS to answer it. If you want a topic for each customer: { path-topics }
notice-topics-remade = A customer's topic was deleted, so I opened another one and their SMS arrive there.
notice-topics-vanishing = Several topics were deleted within a minute. For ten minutes I make no new ones, and these SMS come here.
notice-demoted = I am no administrator of this group any more, so I see only commands and replies to my own messages: whatever else you write reaches no customer. Please make the bot an administrator again.
notice-rival-is-there = Another program is using this bot with the same token, and some of what you write reaches that program instead of me: if no mark appears under an answer, it was not sent. Stop the other program, or get a new token from BotFather and put it into the configuration.
notice-rival-is-gone = The other program is no longer using this bot. I get everything you write again.
notice-skipped-backlog = Line { $line } held { $count } old SMS. I kept them, but did not post them here, so that they do not flood the group. If you want them here, run { LTR("chapar import --post") } on the server.
notice-dropped = Since { $time } I have not shown { $count } SMS here, as your rules say, but I kept them. Most of them are from:
notice-dropped-of = { $number }: { $count }
notice-forgotten = Done: everything of the person you named is erased, { $count } SMS in all.
notice-forgotten-stays = Their topic is still there: please delete it yourselves.
notice-forgotten-none = What still stands of them in this chat, please delete yourselves.
notice-damaged = A record in my store cannot be read any more, so an SMS may be missing here, or may not have left. I have left it alone and everything else goes on. The log on the server names it; look into the panel too.
notice-restored = I was restored from a backup of { $time } and know nothing of what came after it. What was waiting to leave then may have left since, so I have not sent it again: it has a ⚠, and you decide.
notice-restored-sms = SMS that came after the backup may appear here twice.
notice-restored-topics = Topics that were opened after it belong to no customer now: answer in the new ones.
digest-title = 📊 The last 24 hours, until { $time }
digest-messages = { $received } SMS in, { $answers } out.
digest-failed = ✗ { $count ->
    [one] { $count } answer was not sent.
   *[other] { $count } answers were not sent.
  }
digest-uncertain = ⚠ { $count ->
    [one] Nobody knows whether { $count } answer was sent.
   *[other] Nobody knows whether { $count } answers were sent.
  }
digest-open = ❗ Customers who wait for an answer: { $unanswered }; open conversations: { $open }.
digest-none-open = ✓ No conversation is open.
digest-open-none = ✓ Nobody waits for an answer; open conversations: { $open }.
digest-operator = { $name }: { $count ->
    [one] { $count } answer
   *[other] { $count } answers
  }
digest-operator-median = { $name }: { $count ->
    [one] { $count } answer
   *[other] { $count } answers
  }, usually after { $duration }
digest-operator-slowest = { $name }: { $count ->
    [one] { $count } answer
   *[other] { $count } answers
  }, usually after { $duration }, the slowest after { $slowest }
digest-operators-more = and { $count } more
digest-credit = 💳 The panels' credit:

chart-title = The last 7 days
chart-until = Each day until { $time }
chart-received = SMS in
chart-answers = Answers
chart-waits = How long customers usually waited for an answer

notice-low-credit = 💳 At the pace of these days, the credit of the panel { $provider } ends in about { $duration }.
notice-low-credit-day = 💳 At the pace of these days, the credit of the panel { $provider } ends within a day.
notice-low-credit-none = 💳 The panel { $provider } says that its credit is used up.
notice-silent-line = 🔕 No SMS has come to line { $line } for { $duration }. At this hour it is usually silent for { $usual } at most.
notice-silent-line-push = Send an SMS to it from your own phone. If that does not arrive here, look whether the webhook address in the panel { $provider } is right, and run { LTR("chapar check") } on the server.
notice-silent-line-poll = Send an SMS to it from your own phone. If that does not arrive here, look into the inbox of the panel { $provider }, and run { LTR("chapar check") } on the server.

# The names of rights and menus are those of Telegram's apps.
right-can_manage_topics = Manage Topics
right-can_send_messages = Send Messages
path-administrators = tap the group's name → Edit → Administrators
path-permissions = tap the group's name → Edit → Permissions
path-topics = tap the group's name → Edit → Topics

## Help and commands

start = Hello! I am Chapar. I bring your customers' SMS here.
help-topics = Every customer has a topic, and their SMS arrive in it.
help-replies = Customers' SMS arrive right here.
help-sends-all-topics = To answer, write in their topic.
help-sends-all-replies = To answer, reply to their SMS.
help-sends-replies = Only a reply to an SMS, or to the mark below one, goes to them; everything else stays among you.
help-sends-prefix = Only a message that begins with a dot goes to them (without the dot); everything else stays among you.
help-note = A message that begins with { LTR("//") } never becomes an SMS.
help-signs = ⏳ waiting, ✓ sent, ✓✓ delivered, ✗ failed, ⚠ nobody knows
help-reactions = 👀 waiting, ✍ sent, 👍 delivered, 👎 failed, 🤔 nobody knows
help-commands = Commands:

help-command = { $command } · { $does }
command-help = A short guide
command-send = SMS to a number or a customer: the number or name, then the text
command-later = An SMS at a later time: when, then the text; alone it lists what waits
command-name = Name a customer, in their topic or in reply to their SMS
command-who = Whose number or name it is
command-find = Find customers by a part of the name or number
command-canned = Canned answers: pick, add, change
command-template = SMS from a template: its name, the number, then the values
command-contact = Keep a number in the panel's phone book
command-block = Show no more SMS of this customer
command-unblock = Show this customer's SMS again
command-status = How the panels are
command-credit = The panels' credit
command-desk = The settings of this desk (administrators)
command-log = Who did what
command-export = The SMS as a file (administrators)
command-forget = Erase a person (administrators)
command-unknown = I have no such command, and nothing was sent. The commands: { LTR("/help") }

example = { $text }
number-example = 09121234567
send-example = /send 09121234567 Your order is ready
send-usage = After { LTR("/send") } write the number or the customer's name, then the text:
send-bad-number = “{ $number }” is neither a phone number nor a customer's full name, so nothing was sent. Write it like this:
send-ambiguous = I cannot tell where the number ends, so nothing was sent. Put the number alone on the first line and the text on the next.
send-no-text = The SMS has no text, so nothing was sent. Write it like this:
send-several = I cannot tell whom you mean, so nothing was sent. Write the number, or the full name in quotation marks, and then the text. It could be:
send-other-number = The number cannot be changed any more. Write a new { LTR("/send") } instead.

echo = ↗️ Sent from outside this topic:
echo-by = ↗️ { $name } sent this from outside this topic:

name-given = They are called { $name } now.
name-taken-away = They have no name now. To give them one:
name-where = I do not know whom you mean. Write { LTR("/name") } in the customer's topic, or in reply to their SMS:
name-example = /name Sara Ahmadi
named-named = ✓ { $count ->
    [one] { $count } customer has a name now
   *[other] { $count } customers have names now
  }
named-renamed = ✓ { $count ->
    [one] { $count } name changed
   *[other] { $count } names changed
  }
named-same = { $count } had this name already
named-nobody = Nobody was named.
named-refused = I left out { $count }:
named-refused-no-number = Line { $line }: “{ $written }” has no phone number
named-refused-no-name = Line { $line }: { $written } has no name
named-refused-unreadable = Line { $line }: a quotation mark is in the wrong place
named-refused-more = and { $count } more
named-too-big = This file is too big, so nobody was named. Send at most 2 MB.
named-too-many = There are more than { $most } numbers in it, so nobody was named. Send it in pieces.
named-unreadable = I cannot read this file, so nobody was named. Save it as UTF-8 and send it again.
named-broken = I could not get this file from Telegram. Send it again in a little while.
who-usage = Write { LTR("/who") } in a customer's topic, or after it a number or a name:
who-example = /who 09121234567
who-topic = Open the topic
find-usage = After { LTR("/find") } write a part of the name or the number:
find-example = /find ahmadi
find-none = I found nobody for “{ $asked }”.
find-found = { $count ->
    [one] Found one:
   *[other] Found { $count }:
  }
find-more = Found { $count }; here are { $shown }. Write a little more to narrow it down.

later-in-hour = in an hour
later-none = Nothing waits for its time here. To send an SMS later, write in the customer's topic, or in reply to their SMS:
later-title = Waiting for their time:
later-item = { $number }. { $time }
later-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
  }
later-cancel = Cancel { $number }
later-not-set = Nothing was set. Write it like this:
later-stands = So nothing has changed: it still leaves on { $time }. Write it like this:
later-no-thread = I cannot tell which customer this is for, so nothing was set. Write it in their topic, or in reply to their SMS.
later-nothing = The time and the text are missing.
later-no-time = I cannot read “{ $written }” as a time.
later-no-text = “{ $written }” is clear, but the SMS has no text.
later-no-hour = “{ $written }” has no hour.
later-no-weekday = “{ $written }” does not say which day of the week.
later-hour-twice = “{ $written }” may be in the morning or in the afternoon. Write 4 pm, or 16:00.
later-hour-impossible = There is no such hour as in “{ $written }”.
later-midnight = With “{ $written }”, midnight may be where the day begins or where it ends. Write 00:00 or 23:59.
later-after-midnight = With “{ $written }”, the night may be before that day or after it. Write 02:00 and the day it is in.
later-day-impossible = There is no such day as in “{ $written }”.
later-date-unclear = In “{ $written }” I cannot tell the day from the month. Write the year first, with four digits.
later-weekday-today = “{ $written }” may be today or in a week. Write “today”, or “next” before the day.
later-weekday-twice = “{ $written }” may be this week or the one after. Write the day alone, “next week” behind it, or the date.
later-past = “{ $written }” is over already.
later-too-far = “{ $written }” is more than a year away.
later-span-open = “{ $written }” may be a time of the day or a time from now. Write “in 2 hours”, or +2h.
later-end-unclear = I cannot tell whether the time ends after “{ $written }”. Begin the text on a new line.
later-example-day = /later tomorrow 9am Your order is ready
later-example-date = /later 2026-12-03 18:30 Your order is ready
later-example-span = /later +2h Your order is ready

canned-title = Canned answers:
canned-pick = Which one shall I send to { $who }?
canned-line = “{ $name }” { $text }
canned-page = Page { $page } of { $pages }
canned-next = Next
canned-previous = Previous
canned-remove = Remove
canned-back = All answers
canned-none = There are no canned answers yet. Write a name of one word, then the text:
canned-example = /canned add address Hello { $field }, you find us at 10 Valiasr Street.
canned-usage-add = Write the name in one word or in quotation marks, then the text. To keep something you have written already, reply to it with { LTR("/canned add") } and just the name.
canned-usage-change = Write the name, then the new text; or reply to a message that has the new text with { LTR("/canned change") } and the name.
canned-usage-show = Put the name after { LTR("/canned show") }. They are all in { LTR("/canned list") }
canned-usage-remove = Put the name after { LTR("/canned remove") }. They are all in { LTR("/canned list") }
canned-added = ✓ “{ $name }” is ready: { $parts ->
    [one] 1 SMS part
   *[other] { $parts } SMS parts
  }.
canned-changed = ✓ “{ $name }” has its new text: { $parts ->
    [one] 1 SMS part
   *[other] { $parts } SMS parts
  }.
canned-removed = “{ $name }” is removed. If that was a mistake, send this and it is back:
canned-head = “{ $name }” · { $parts ->
    [one] 1 part
   *[other] { $parts } parts
  } · { $by }, { $time }
canned-to-change = { $count ->
    [one] Sent once. To change its text:
   *[other] Sent { $count } times. To change its text:
  }
canned-to-change-unused = Not sent to anybody yet. To change its text:
canned-taken = “{ $name }” is there already and stays as it is; it begins with “{ $text }”. To change its text:
canned-full = There is room for { $most } canned answers only. Remove one first with { LTR("/canned remove") }.
canned-long-name = I did not keep it: a name has at most { $most } letters.
canned-long-text = I did not keep it: a text has at most { $most } letters.
canned-reserved = “{ $name }” already means something to { LTR("/canned") }. Please choose another name.
canned-unknown-field = I do not know what to put in place of { $field }, so I did not keep it. These I can fill in: { $fields }
canned-otherwise = there
canned-no-value = Nothing was sent: this customer has no name yet. Give one with { LTR("/name") }, or write { $field } in the answer.
canned-unknown = There is no canned answer called “{ $name }”.
canned-unknown-unsent = There is no canned answer called “{ $name }”, so nothing was sent.
canned-where = I cannot tell for which customer, so nothing was sent. Write it in their topic, or in reply to their SMS.
canned-gone = That answer was changed or removed a moment ago, so nothing was sent. Choose from the fresh list.
canned-asked = Not sent yet: look at this message.

template-text = { $name }: { $values }
template-menu = Which template?
template-bare = { $name }
template-form = Copy this and put in your own values. What has spaces stands in quotation marks.
template-form-number = Copy this and put in your number and values. What has spaces stands in quotation marks.
template-form-bare = Copy this and put in the customer's number:
template-unknown = I have no template called “{ $name }”, so nothing was sent. There are these:
template-bad-number = “{ $number }” is not a phone number, so nothing was sent. Write it like this:
template-no-number = The number is missing, so nothing was sent. Write it like this:
template-ambiguous = I cannot tell where the number ends, so nothing was sent. End the line after the number and write each value on a line of its own:
template-open-quote = A quotation mark is not closed, so nothing was sent. Write it like this:
template-too-few = The template “{ $name }” still needs { $missing }, so nothing was sent. Write it like this:
template-too-many = The template “{ $name }” takes only { $values }, so nothing was sent. Put what has spaces in quotation marks:
template-no-values = The template “{ $name }” takes no values, so nothing was sent. Write it like this:
template-other-line = That template leaves from another line, so this SMS has not changed. Write a new { LTR("/template") } instead.
template-unavailable = The panels here have no template for me, so nothing was sent. Templates are entered in the configuration.

contact-usage = After { LTR("/contact") } write the number. In a customer's topic, { LTR("/contact") } alone is enough.
contact-fields = With it I can keep: { $fields }
contact-no-fields = I keep only the number itself.
contact-bad-number = “{ $number }” is not a phone number, so nothing was kept.
contact-unknown-field = The phone book has no place for “{ $field }”, so nothing was kept.
contact-unreadable = I do not understand “{ $written }”, so nothing was kept. What has spaces stands in quotation marks.
contact-kept = ✓ { $provider }: { $number } is in the phone book
contact-field-refused = “{ $field }” was not kept; the panel said: { $vendor }
contact-failed = ✗ { $provider }: it did not work: { $reason }
contact-no-book = No phone book has a place for all of this, so nothing was kept. There are:
contact-book = { $provider }: { $fields }
contact-unavailable = None of the panels here has a phone book for me. Keep the number on the panel's site.
contact-broken = I could not keep the number. Try again in a little while.

status-title = Panels:
status-up = ✓ { $provider }: works
status-down = ✗ { $provider }: { $reason }, since { $since }
status-waiting = { $count ->
    [one] { $count } SMS is waiting
   *[other] { $count } SMS are waiting
  }
status-desk = Settings, and what I still need here: { LTR("/desk") }
status-none = There is no panel in the configuration yet.
credit-messages = { $provider }: { $amount } SMS
credit-rial = { $provider }: { $amount } rials
credit-raw = { $provider }: { $amount }
credit-lasts = { $credit }; at the pace of these days enough for about { $duration }
credit-lasts-day = { $credit }; at the pace of these days not enough for a day
credit-none = { $provider }: did not say
credit-failed = { $provider }: { $reason }
credit-unavailable = None of the panels here can tell its credit. Look on the panel's site.
credit-broken = I could not ask for the credit. Try again in a little while.

admin-only = Only an administrator of this chat can do that.
admin-unknown = I could not ask Telegram just now whether you are an administrator. Try again in a little while.

log-title = Who did what:
log-empty = Nothing yet.
log-line = { $time } · { $name } { $deed }
log-line-of = { $time } · { $name } { $deed } · { $number }
log-answer = answered { $sign }
log-edit = changed an answer
log-cancel = stopped an SMS
log-send-now = let a held SMS go
log-try-again = had it tried again
log-send-again = had it sent again
log-was-sent = said it was sent
log-claim = took it
log-release = released it
log-close = closed it
log-reopen = reopened it
log-name = changed the name
log-pair = connected this chat
log-export = exported { $count } SMS
log-forget = erased a person ({ $count } SMS)
log-block = blocked them
log-unblock = unblocked them
log-snooze = put it off
log-unsnooze = brought it back
log-later = set an SMS for later
log-opt-out = stopped automatic SMS to them
log-canned = changed the canned answer “{ $name }”
log-setting = set “{ $name }” to “{ $value }”
log-setting-added = added { $person } to “{ $name }”
log-setting-removed = took { $person } off “{ $name }”
log-setting-other = changed a setting
log-bulk = sent a bulk SMS
log-bulk-stop = stopped a bulk SMS

export-done = { $count } SMS
export-nothing = There are no SMS in this span of time.
export-broken = The file could not be made or sent. Try again in a little while.
export-unreadable = I do not understand “{ $written }”. After { LTR("/export") } come two days, and { LTR("json") } if you want that:
export-example = /export 2026-11-01 2026-11-30
export-backwards = The second day is before the first. Write the earlier one first.
export-in = received
export-out = sent
export-column-time = Time
export-column-direction = Direction
export-column-number = Number
export-column-line = Line
export-column-text = Text
export-column-state = State
export-column-operator = Operator
export-column-panel-time = Time at the panel
export-state-held = held
export-state-queued = waiting
export-state-sending = on its way
export-state-sent = sent
export-state-delivered = delivered
export-state-partly = partly delivered
export-state-failed = failed
export-state-uncertain = nobody knows
export-state-expired = no word of delivery
export-state-cancelled = stopped

forget-usage = After { LTR("/forget") } write the number whose SMS, name and history are to be erased:
forget-example = /forget 09121234567
forget-nobody = I have nothing of “{ $number }”. Write the whole number:
forget-ask = Everything of { $number } at this desk will be erased: { $count } SMS, the name, the history, and the topic if there is one. What still waits to be sent is stopped. This cannot be undone.
forget-yes = Erase { $number } ({ $count } SMS)
forget-no = No
forget-begun = It is being erased. I will tell you when it is done.
forget-kept = Nothing was erased.

## When something does not become an SMS

hint-topics = This went to nobody. To answer a customer, write in their topic; for a new number use { LTR("/send") }
hint-replies = This went to nobody. To answer a customer, reply to their SMS; for a new number use { LTR("/send") }
topic-unknown = This topic belongs to no customer, so your message went to nobody. Write in the customer's own topic. Among yourselves, begin with { LTR("//") }
topic-shared = SMS of several senders stand in this topic, so your message went to nobody. To answer one of them, reply to their SMS. Among yourselves, begin with { LTR("//") }
reply-unknown = I do not know which customer this reply is for, so I sent nothing. Reply to the customer's SMS itself.
anonymous-refused = Not sent: you write anonymously, so I cannot tell whether you may send. Turn off “Remain anonymous” in your admin rights and write it again.
media-refused = An SMS carries only text, so nothing was sent. Please write it.
media-caption-refused = An SMS carries no pictures or files, so nothing was sent, not even the caption. Send the text by itself.
media-command-refused = I read no commands under pictures and files, so nothing was done. Write the command as a message of its own.
edit-late = It was too late to edit, so the text of the SMS has not changed. If it matters, write a new message.
edit-sends-nothing = An edit sends nothing. Please write it as a new message.
edit-media = An SMS carries no pictures or files, so this edit has changed nothing in it. Write a new message if you need one.
edit-over = This SMS is not on its way any more, so the edit changes nothing. Write a new message.
passed-over = Something went wrong and I could not handle this message. If no mark appears under it, no SMS was sent: please write it again.

## Buttons

press-stopped = It will not be sent.
press-queued = It is waiting its turn.
press-settled = Noted: it was sent.
press-shortened = Shortened. Your own message stays as you wrote it.
press-in-time = It leaves at its time.
press-later = When?
press-timed = Leaves { $time }.
press-time-over = That time is over. Choose another one.
press-late = That is done already; see the mark.
press-unknown = This button does not work any more.
press-refused = Only people who may send from here can use this button.

## Connecting with a code

pair-usage = After the command, write the code that Chapar shows on the server:
pair-example = /pair ABCD2345
pair-wrong = This code is not right. Look again at the one that Chapar shows on the server, and send that.
pair-used = This code has been used: the SMS of the desk “{ $desk }” arrive in another chat. To bring them here, an administrator of that chat writes { LTR("/desk") } there and presses “{ desk-move }”: that shows a new code. Without that chat, set { LTR($key) } to { LTR($chat) } in the configuration on the server and start Chapar again.
pair-admin = The code is right, but only an administrator of this group can use it. Ask one of them to send the same.
pair-taken = This chat already belongs to the desk “{ $desk }”. Use the code in another chat.
pair-channel = A channel will not do, because nobody can answer in it. Make a group, add me to it and send the same there.
pair-unreachable = I could not ask Telegram whether you are an administrator. Send it again in a moment.
pair-done = Connected! From now on the SMS of the desk “{ $desk }” arrive here.
pair-settings = Settings of this desk: { LTR("/desk") }
pair-again = This chat is connected already: the SMS of the desk “{ $desk }” arrive here.
pair-not-here = About the group “{ $group }”, where I may not write yet:
pair-forum = This group has topics, and every customer gets one.
pair-general = This group has topics, but my configuration says not to use them: customers' SMS come one after the other in General.
pair-group = This group has no topics: customers' SMS come one after the other.
pair-private = This is a private chat: customers' SMS come one after the other.
pair-topics-hint = If every customer should have a topic: { path-topics }
pair-missing = { $count ->
    [one] I still need one thing:
   *[other] I still need these:
  }
pair-missing-topics = Topics, switched on: { path-topics }
pair-missing-threads = “Threaded Mode”: { LTR("@BotFather") } → { $bot } → Bot Settings
pair-missing-administrator = to be an administrator with the right “{ right-can_manage_topics }”: { path-administrators } → Add Admin → { $bot }
pair-missing-manage-topics = the right “{ right-can_manage_topics }”: { path-administrators } → { $bot }
pair-missing-read = to see what you write, for so far I see only commands and replies to me. Make me an administrator: { path-administrators } → Add Admin → { $bot }. (Or let me stay a member: in { LTR("@BotFather") }, { LTR("/setprivacy") } → { $bot } → Disable; then remove me from the group and add me again.)
pair-missing-write = the permission “{ right-can_send_messages }”: { path-permissions }. An administrator has it anyway.
pair-complete = Thank you, I have everything I need now.

## Opting out and blocking

sms-opted-out = You will get no more bulk SMS from this number. To come back, send START
sms-returned = You will get SMS from this number again. To opt out, send STOP
opt-out-pressed = Opted out: no bulk or automatic SMS of this line goes to them any more.
opt-out-by = 🔕 { $name } opted them out of this line: no bulk or automatic SMS goes to them any more.
block-usage = Write this in the customer's own topic, or in reply to one of their SMS.
block-done = Blocked. Their SMS are kept, but do not come here. To unblock them: { LTR("/unblock") }
block-same = They were blocked already.
unblock-done = Unblocked. No SMS came meanwhile.
unblock-came = { $count ->
    [one] Unblocked. { $count } SMS came meanwhile and is not shown here.
   *[other] Unblocked. { $count } SMS came meanwhile and are not shown here.
  }
unblock-same = They were not blocked.

## A time that comes soon, within a sentence

next-today = today at { $time }
next-tomorrow = tomorrow at { $time }
next-weekday = on { $day } at { $time }
next-date = on { $day } at { $time }
next-unknown = soon

## A desk's settings

desk-title = ⚙️ Settings of “{ $desk }”
desk-line = { $name }: { $value }
desk-line-set = { $name }: { $value } ✎
desk-set = ✎ was set here, and counts in place of the configuration on the server.
desk-overtaken = Set here once, but changed in the configuration on the server since, which counts: { $names }
desk-rights-all = ✓ I have every right I need here.
desk-rights-unknown = I could not ask Telegram just now what I may do here.
desk-changed = Done. It counts from now on.
desk-unreachable = I could not ask Telegram just now. Try again in a little while.
desk-move = Move to another chat
desk-move-how = Write this in the other chat, as an administrator of it: { LTR("/pair") } { $code } — from then on, SMS arrive there and no longer here.
desk-person = 👤 { $name }
desk-person-member = Everybody in this chat may answer.

setting-title = ⚙️ { $name }
setting-back = Back
setting-as-configured = As on the server: { $value }
setting-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
  }
setting-people-chosen = Only some people
setting-people-more = To add somebody else, reply to a message of theirs with { LTR("/desk") }
setting-language = Language
setting-language-about = The language I speak here. Customers who opt out hear of it in the same language.
setting-language-fa = Persian
setting-language-en = English
setting-sends = What becomes an SMS
setting-sends-about = Which of your messages go to the customer.
setting-sends-all = everything you write in their topic
setting-sends-replies = only replies to an SMS
setting-sends-prefix = only what begins with a dot
setting-ticks = Marks
setting-ticks-about = How I show what became of an answer. I always tell you when something went wrong.
setting-ticks-text = a short reply below it
setting-ticks-reaction = an emoji on it
setting-ticks-off = only when something is wrong
setting-undoSeconds = Time to undo
setting-undoSeconds-about = How long an answer waits before it leaves, so that you can stop or correct it.
setting-undoSeconds-never = leaves at once
setting-collisionSeconds = Two answers
setting-collisionSeconds-about = For how long after a colleague's answer I ask before a second one leaves.
setting-collisionSeconds-never = I never ask
setting-maxParts = Long texts
setting-maxParts-about = Above how many SMS parts I ask before a text leaves.
setting-maxParts-value = { $count ->
    [one] more than { $count } part
   *[other] more than { $count } parts
  }
setting-reminderSeconds = Reminders
setting-reminderSeconds-about = How long a customer has waited when I remind you. The last time I also tell those under “{ setting-chiefs }”.
setting-reminderSeconds-none = never
setting-closeAfterSeconds = Closing
setting-closeAfterSeconds-about = After how long without an SMS a conversation is closed by itself. The next SMS opens it again.
setting-closeAfterSeconds-never = never by itself
setting-digestAt = Daily report
setting-digestAt-about = At what time I tell you how the last 24 hours were.
setting-digestAt-off = off
setting-operators = Who may answer
setting-operators-about = Who may answer customers from here.
setting-operators-members = everybody in this chat
setting-operators-refused = Somebody has to be able to answer. Add another person first.
setting-chiefs = Told in private
setting-chiefs-about = Whom I tell in private, too, when a customer has waited until the last reminder. Each of them has to open me once and press Start. While somebody is here, only they send to many at once.
setting-chiefs-none = nobody

## Others

stranger = Hello! This bot is for the staff of a business, and messages here reach nobody. Please contact them directly.
chief-welcome = Hello! Whenever a customer of “{ $desk }” has waited for too long, I will tell you here.

## One text to many

command-bulk = Send an SMS to many
bulk-usage = Send me a list as a CSV or text file, and write under it as its caption:
bulk-no-text = What should they get? Write the text after the command, under the file:
bulk-example = /bulk Dear { $field }, your order is ready.
bulk-example-field = name
bulk-refused = Here only those whom an administrator has put under “{ setting-chiefs }” send to many at once.
bulk-too-big = This file is too big. Send it in parts of at most 5 MB.
bulk-too-many = There are more than { $count } rows in this file. Send it in parts.
bulk-unreadable = I cannot read this file. Save it as CSV UTF-8 and send it again.
bulk-broken = I could not get this file from Telegram. Send it again, please.
bulk-unknown-field = There is no column { $field } in this list. It has: { $columns }.
bulk-no-columns = This list has no titles, so I do not know what { $field } is. Put a title above each column, such as number and name.
bulk-nobody = There is nobody in this list to send to.
bulk-plan = 📣 To { $count ->
    [one] { $count } receiver
   *[other] { $count } receivers
  } from line { $line }. Nothing has been sent yet.
bulk-parts = { $parts ->
    [one] { $parts } SMS part
   *[other] { $parts } SMS parts
  } altogether; the longest text takes { $most }.
bulk-credit-enough = Credit: { $amount } SMS, which is enough.
bulk-credit-short = ⚠ Credit: { $amount } SMS, which is not enough.
bulk-credit-rial = Credit: { $amount } rials. The panel does not say what an SMS costs.
bulk-credit-raw = Credit: { $amount }
bulk-sample = This goes to { $number }:
bulk-left-out = Left out: { $count ->
    [one] { $count } row
   *[other] { $count } rows
  }
bulk-why-bad-number = ✗ The number is not right ({ $count }):
bulk-why-duplicate = ✗ Named before, and gets it once ({ $count }):
bulk-why-empty-field = ✗ Something the text needs is missing ({ $count }):
bulk-why-opted-out = ✗ Opted out of this line ({ $count }):
bulk-why-blocked = ✗ Blocked here ({ $count }):
bulk-row = row { $row }: { $written }
bulk-row-field = row { $row }: { $written }, { $field } is empty
bulk-more = and { $count } more
bulk-running = 📣 Sending: { $sent } of { $count } sent
bulk-quiet = 🌙 It is quiet hours on this line; what is left goes when they are over.
bulk-stopping = ⏹ { $name } is stopping this: { $sent } sent, { $leaving } on their way, { $waiting } will not be sent.
bulk-stopped = ⏹ Stopped by { $name }: { $sent } of { $count } sent
bulk-restored = ⏹ Stopped, because I was restored from a backup and do not know what was sent after it. As far as I know { $sent } of { $count } were sent.
bulk-done = 📣 Done: { $sent } of { $count } sent
bulk-failed = ✗ { $count } failed
bulk-uncertain = ⚠ { $count } may or may not have been sent; I do not send them again
bulk-not-sent = ⊘ { $count } not sent
bulk-dropped = ⊘ { $name } decided against it: nothing was sent.
bulk-report = What became of each receiver
bulk-no-report = I may not send files here, so there is no report of each number. Let me send files, and the next one comes.
bulk-column-number = number
bulk-column-state = state
bulk-column-reason = reason
bulk-state-held = waiting
bulk-state-queued = waiting
bulk-state-sending = on its way
bulk-state-sent = sent
bulk-state-delivered = delivered
bulk-state-partly = partly delivered
bulk-state-failed = failed
bulk-state-uncertain = nobody knows
bulk-state-expired = sent, no report
bulk-state-cancelled = not sent
bulk-state-not-sent = not sent
bulk-state-blocked = blocked, not sent
bulk-left-out-short = left out
bulk-reason-bad-number = row { $row }: the number is not right
bulk-reason-duplicate = row { $row }: named before
bulk-reason-empty-field = row { $row }: { $field } is empty
bulk-reason-opted-out = row { $row }: opted out of this line
bulk-reason-blocked = row { $row }: blocked here
bulk-pressed-send = It begins.
bulk-pressed-drop = Nothing is sent.
bulk-pressed-stop = Stopping.
bulk-pressed-unknown = This list is no longer here. Send the file once more.
action-bulk-send = Send
action-bulk-drop = Cancel
action-bulk-stop = Stop
post-after-bulk = The first SMS since the bulk SMS of { $time }: “{ $text }”
