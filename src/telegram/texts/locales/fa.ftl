### هر جمله‌ای که کاربر می‌بیند. لحن: گرم، کوتاه و روشن؛ همیشه بگو چه شد و حالا چه باید کرد.

## تاپیک مشتری

peer-unknown = فرستنده‌ی ناشناس
card-who = 👤 { $number }
card-line = روی خط { $line }
card-named = { $name }
card-new = ❗ منتظر جواب است و هنوز کسی سراغش نرفته
card-in-hand = 👀 { $name } به آن رسیدگی می‌کند
card-waiting = 💬 جواب گرفته است
card-waiting-by = 💬 جواب گرفته است؛ دست { $name } است
card-silent = 💬 هنوز پیامکی رد و بدل نشده
card-snoozed = 📆 تا { $time } کنار گذاشته شده
card-closed = ✅ بسته شده؛ با پیامک بعدی دوباره باز می‌شود
card-blocked = مسدود است و پیامک‌هایش نشان داده نمی‌شود
card-waits-since = از { $time } منتظر است
card-answered-at = جوابش رفت: { $time }
card-all = هر چه این‌جا بنویسید برایش پیامک می‌شود.
card-replies = برای جواب دادن، روی پیامش «پاسخ» بزنید و بنویسید.
card-prefix = پیامی که با نقطه شروع شود برایش پیامک می‌شود.
card-note = اگر حرفی بین خودتان است، اولش { LTR("//") } بگذارید.
card-name = این فرستنده فقط یک نام دارد، نه شماره؛ جوابی به دستش نمی‌رسد.
post-header = { $number } به خط { $line }
post-empty = پیامک خالی
post-time = زمان پیامک: { $time }
post-line-changed = این بار به خط { $line } پیامک زده؛ پیش از این به { $previous } می‌زد.
post-word-opted-out = 🔕 پیامک‌های خط { $line } را لغو کرد: دیگر پیامک گروهی و خودکار برایش نمی‌رود.
post-word-returned = 🔔 برگشت: دوباره از خط { $line } پیامک گروهی و خودکار می‌گیرد.
post-word-asks = اگر منظورش لغو پیامک‌های خط { $line } است، «{ action-opt-out }» را بزنید.

reminder-waiting = ⏰ { $duration } است که { $who } منتظر جواب است و هنوز کسی سراغش نرفته.
reminder-waiting-by = ⏰ { $duration } است که { $who } منتظر جواب است؛ دست { $name } است.
reminder-back = 📆 { $who } را کنار گذاشته بودید و حالا وقتش رسیده است.
reminder-back-with = 📆 { $who } را کنار گذاشته بودید و حالا وقتش رسیده است. آخرین حرف‌ها:
reminder-line = { $who }: { $text }
reminder-line-ours = ما: { $text }
reminder-many = ⏰ این‌ها را فراموش نکنید:
reminder-item = { $who } · { $duration } منتظر مانده و هنوز کسی سراغش نرفته
reminder-item-by = { $who } · { $duration } منتظر مانده؛ دست { $name } است
reminder-item-back = { $who } · کنار گذاشته بودید و حالا وقتش رسیده است
reminder-chiefs = { $count ->
    [one] ⏰ در «{ $desk }» هنوز جواب این مشتری را نداده‌اند:
   *[other] ⏰ در «{ $desk }» هنوز جواب این مشتری‌ها را نداده‌اند:
  }
reminder-chief-start = می‌خواستم { $name } را خصوصی هم خبر کنم، ولی نمی‌توانم برایش بنویسم. کافی است یک بار { $bot } را باز کند و «شروع» ({ LTR("Start") }) را بزند.
duration-seconds = { $count } ثانیه
duration-minutes = { $count } دقیقه
duration-hours = { $count } ساعت
duration-days = { $count } روز

## نشان زیر پیام

mark-held = منتظر زمان ارسال
mark-held-undo = تا چند لحظه‌ی دیگر می‌رود
mark-held-stale = وقتی این را نوشتید در دسترس نبودم و هنوز نفرستاده‌ام. حالا بفرستم؟
mark-held-menu = این فهرست مدتی باز مانده بود و هنوز نفرستاده‌ام. حالا بفرستم؟
mark-held-forward = این پیام فوروارد شده و هنوز نفرستاده‌ام. برایش پیامک کنم؟
mark-held-collision = { $name } همین { $ago } پیش به او جواب داد و این را هنوز نفرستاده‌ام. باز هم بفرستم؟
mark-held-opted-out = پیامک‌های این خط را لغو کرده است، پس این را هنوز نفرستاده‌ام. باز هم بفرستم؟
mark-held-quiet = خط { $line } تا { $time } در سکوت است و این را همان وقت می‌فرستم. یا همین حالا بفرستم؟
mark-held-quiet-later = زمانش، { $time }، در ساعت‌های سکوت خط { $line } است و این را { $until } می‌فرستم. یا همین حالا بفرستم؟
mark-held-untimed = کی بفرستمش؟ برای هر زمان دیگری: { LTR("/later") }
mark-held-scheduled = { $time } می‌رود
mark-queued = در نوبت ارسال
mark-retrying = هنوز نرفته: { $reason }. خودم دوباره تلاش می‌کنم.
mark-sending = در حال ارسال
mark-sent = فرستاده شد
mark-progress = فرستاده شد؛ { $delivered } از { $of } رسید
mark-delivered = رسید
mark-partly = فقط بخشی از آن رسید
mark-failed = فرستاده نشد
mark-failed-why = فرستاده نشد: { $reason }
mark-blacklisted = در لیست سیاه است: پیامک تبلیغاتی را بسته و از این خط چیزی نمی‌گیرد
mark-undelivered = فرستاده شد، ولی به گوشی گیرنده نرسید
mark-asking = هنوز معلوم نیست رفته یا نه. دارم فهرست ارسال‌های پنل را نگاه می‌کنم.
mark-asking-why = هنوز معلوم نیست رفته یا نه: { $reason }. دارم فهرست ارسال‌های پنل را نگاه می‌کنم.
mark-uncertain = معلوم نیست رفته یا نه
mark-uncertain-why = معلوم نیست رفته یا نه: { $reason }
mark-uncertain-do = در پنل نگاه کنید؛ اگر نرفته، دوباره بفرستید.
mark-expired = فرستاده شد، ولی خبری از رسیدنش نیامد
mark-cancelled = لغو شد و فرستاده نشد
mark-cancelled-by = { $name } لغوش کرد و فرستاده نشد
mark-vendor = جواب پنل: { $vendor }
mark-line = از خط { $line }
mark-line-fallback = از خط { $line }، چون از { $tried } نرفت
mark-settled-by = { $name } گفت که فرستاده شده است
mark-about = «{ $text }»
mark-quoted = { $name } نوشت:
mark-asked-by = به درخواست { $name }
mark-away = 🌙 جواب خودکار، چون میز بسته است

mark-held-first = از { $number } تا حالا پیامکی نیامده و این را هنوز نفرستاده‌ام. شماره درست است؟
mark-held-long = این متن { $parts } بخش پیامک می‌شود و هنوز نفرستاده‌ام. همین را بفرستم؟ اگر پیامتان را ویرایش و کوتاهش کنید، خودش می‌رود.
mark-parts = { $parts } بخش
mark-on-line = خط { $line }
mark-expensive = به خاطر { $chars } شده { $parts } بخش؛ ساده‌ترش { $fewer } بخش می‌شود.
mark-wide = فاصله‌های اضافه آن را { $parts } بخش کرده؛ بدون آن‌ها { $fewer } بخش می‌شود.
mark-shortened = کوتاه شد: «{ $text }»
mark-in-time = زمانش: { $time }
char = «{ $char }»
char-space = یک فاصله‌ی خاص
char-tab = یک تب
char-invisible = یک علامت نامرئی

action-cancel = لغو
action-undo = نفرست
action-send-now = حالا بفرست
action-later = بعداً
action-drop = نفرست
action-try-again = دوباره تلاش کن
action-send-again = دوباره بفرست
action-was-sent = فرستاده شده بود
action-shorten = کوتاهش کن
action-send-in-time = سر وقتش بفرست
action-send-in-quiet = حالا بفرست
action-claim = من جواب می‌دهم
action-release = رها کن
action-release-from = رها کن (دست { $name })
action-close = ببند
action-reopen = باز کن
action-copy-code = کپی کد { $code }
action-snooze-hour = 📆 یک ساعت دیگر
action-snooze-morning = 📆 فردا ساعت ۹
action-unsnooze = همین حالا برگردان
action-block = مسدود کن
action-unblock = رفع مسدودی
action-opt-out = لغو پیامک‌ها
action-name = نام

card-pressed-claim = دست شماست.
card-pressed-release = رها شد؛ هر کس خواست بردارد.
card-pressed-close = بسته شد.
card-pressed-reopen = باز شد.
card-pressed-snooze-hour = تا یک ساعت دیگر کنار رفت؛ خودم یادتان می‌اندازم.
card-pressed-snooze-morning = تا فردا ساعت ۹ کنار رفت؛ خودم یادتان می‌اندازم.
card-pressed-unsnooze = برگشت.
card-pressed-block = مسدود شد: پیامک‌هایش از این پس نشان داده نمی‌شود.
card-pressed-name = نام را در پاسخ به همین پیام این‌طور بنویسید: { name-example }
card-pressed-same = از قبل همین‌طور بود.
card-pressed-taken = دست { $name } است؛ اگر لازم است، اول «{ action-release }» را بزنید.

## چرا نشد، و چه کنیم

failure-unreachable = پنل پیامک در دسترس نیست
failure-rate-limited = پنل می‌گوید کمی آهسته‌تر بفرستیم
failure-busy = پنل پیامک شلوغ است
failure-wrong-time = پنل در این ساعت پیامک نمی‌فرستد
failure-bad-credentials = پنل نام کاربری یا رمز را قبول نکرد
failure-address-refused = پنل نشانی این سرور را نمی‌پذیرد
failure-no-credit = اعتبار پنل تمام شده است
failure-over-quota = سهمیه‌ی ارسال پنل پر شده است
failure-account-closed = پنل سرویسش را برای حساب ما بسته است
failure-bad-line = پنل اجازه‌ی ارسال از این خط را نمی‌دهد
failure-bad-template = پنل این قالب را نمی‌شناسد
failure-bad-recipient = شماره‌ی گیرنده درست نیست
failure-blacklisted = گیرنده در لیست سیاه است و پیامک این خط را نمی‌گیرد
failure-rejected = پنل متن این پیامک را نپذیرفت
failure-bad-request = پنل این درخواست را نپذیرفت
failure-no-answer = پنل جواب نداد
failure-bad-reply = جواب پنل خوانا نبود
failure-interrupted = کار در میانه‌ی ارسال قطع شد
failure-undelivered = به گوشی گیرنده نرسید
failure-gave-up = مدت زیادی در نوبت ماند و دیگر نفرستادم
failure-line-gone = خط آن دیگر در تنظیمات نیست
failure-unsupported = این پنل چنین کاری نمی‌کند
failure-restored = از روی نسخه‌ی پشتیبان بازیابی شدم و نمی‌دانم بعد از آن چه فرستاده شده
failure-opted-out = گیرنده پیامک‌های این خط را لغو کرده است

advice-wrong-time = در ساعت مجاز دوباره تلاش کنید.
advice-bad-credentials = نام کاربری و رمز پنل را در تنظیمات درست کنید.
advice-address-refused = آی‌پی این سرور را در پنل ثبت کنید.
advice-no-credit = پنل را شارژ کنید.
advice-over-quota = سهمیه‌ی پنل را بیشتر کنید یا بعداً دوباره تلاش کنید.
advice-account-closed = وب‌سرویس را در پنل فعال کنید و ببینید مدارکتان تأیید شده باشد.
advice-bad-line = فعال بودن این خط را در پنل ببینید.
advice-bad-template = شماره‌ی قالب را در تنظیمات درست کنید.
advice-bad-recipient = شماره را نگاه کنید و پیام تازه‌ای بنویسید.
advice-blacklisted = با او تماس بگیرید یا از راه دیگری خبرش کنید.
advice-rejected = متن پیامتان را ویرایش کنید و بعد «{ action-try-again }» را بزنید.
advice-gave-up = اگر هنوز لازم است، دوباره تلاش کنید.
advice-line-gone = با «{ action-try-again }» از خط خودِ این میز می‌رود.

## خبرهای خود چاپار

notice-provider-down = پنل { $provider } فعلاً کار نمی‌کند: { $reason }.
notice-provider-down-wait = پیامک‌ها در نوبت می‌مانند و خودم دوباره تلاش می‌کنم. وقتی درست شد خبر می‌دهم.
notice-provider-up = پنل { $provider } دوباره کار می‌کند.
notice-unreadable = پنل { $provider } چیزی به من داد که نتوانستم بخوانم. شاید پیامکی در آن بوده باشد؛ صندوق دریافت پنل را نگاه کنید. اصلش را هم نگه داشته‌ام.
notice-hidden-sms = پنل { $provider } فقط { $count } پیامک آخرش را نشانم می‌دهد و این بار همه تازه بودند؛ شاید چند پیامک جا افتاده باشد. صندوق دریافت پنل را نگاه کنید و { LTR("pollSeconds") } را در تنظیمات کمتر کنید.
notice-topics-no-right = نمی‌توانم برای مشتری‌ها تاپیک باز کنم، چون اجازه‌ی «{ right-can_manage_topics }» را ندارم. این اجازه را به من بدهید: { path-administrators } ← همین ربات. تا آن وقت پیامک‌ها را همین‌جا می‌گذارم.
notice-topics-not-a-forum = این گروه تاپیک ندارد، پس پیامک‌ها را همین‌جا می‌گذارم؛ برای جواب دادن، روی پیامک «پاسخ» بزنید. اگر برای هر مشتری یک تاپیک می‌خواهید: { path-topics }
notice-topics-remade = تاپیک یک مشتری پاک شده بود؛ تاپیک دیگری باز کردم و پیامک‌هایش آن‌جا می‌آید.
notice-topics-vanishing = در یک دقیقه چند تاپیک پاک شد. تا ده دقیقه تاپیک تازه نمی‌سازم و این پیامک‌ها را همین‌جا می‌گذارم.
notice-demoted = دیگر مدیر این گروه نیستم و فقط فرمان‌ها و پاسخ به پیام‌های خودم را می‌بینم؛ بقیه‌ی نوشته‌هایتان برای هیچ مشتری‌ای نمی‌رود. لطفاً ربات را دوباره مدیر گروه کنید.
notice-rival-is-there = برنامه‌ی دیگری هم با همین توکن به این ربات وصل است و بخشی از نوشته‌های شما به جای من به آن می‌رسد: اگر زیر پاسختان نشانه‌ای نیامد، فرستاده نشده است. آن برنامه را ببندید، یا از BotFather توکن تازه بگیرید و در تنظیمات بگذارید.
notice-rival-is-gone = برنامه‌ی دیگر از این ربات جدا شد. دوباره هرچه بنویسید به من می‌رسد.
notice-skipped-backlog = روی خط { $line }، { $count } پیامک قدیمی بود. نگهشان داشتم ولی این‌جا نیاوردم تا گروه شلوغ نشود. اگر می‌خواهید این‌جا بیایند، روی سرور { LTR("chapar import --post") } را اجرا کنید.
notice-dropped = از { $time } تا حالا { $count } پیامک را طبق تنظیماتتان این‌جا نیاوردم، ولی نگهشان داشته‌ام. بیشترشان از:
notice-dropped-of = { $number }: { $count }
notice-forgotten = تمام شد: هر چه از آن شخص داشتم پاک شد؛ روی هم { $count } پیامک.
notice-forgotten-stays = تاپیکش هنوز هست؛ لطفاً خودتان پاکش کنید.
notice-forgotten-none = هر پیامی را که از او در این گفتگو مانده، لطفاً خودتان پاک کنید.
notice-damaged = یکی از چیزهایی که نگه داشته بودم دیگر خوانده نمی‌شود؛ شاید پیامکی به این‌جا نرسیده یا جوابی فرستاده نشده باشد. به آن دست نزدم و بقیه‌ی کارها مثل قبل پیش می‌رود. مشخصاتش در لاگ سرور آمده؛ پنل را هم نگاه کنید.
notice-restored = از روی نسخه‌ی پشتیبانِ { $time } بازیابی شدم و از اتفاق‌های بعد از آن خبر ندارم. پیامک‌هایی که آن موقع در صف ارسال بودند شاید تا حالا رفته باشند، پس خودم دوباره نفرستادمشان: کنارشان ⚠ هست و تصمیم با شماست.
notice-restored-sms = پیامک‌هایی که بعد از آن نسخه رسیده‌اند شاید این‌جا دو بار دیده شوند.
notice-restored-topics = تاپیک‌هایی که بعد از آن باز شده‌اند دیگر مال مشتری‌ای نیستند: جواب‌ها را در تاپیک تازه بنویسید.
digest-title = 📊 ۲۴ ساعت گذشته، تا { $time }
digest-messages = { $received } پیامک رسید و { $answers } جواب رفت.
digest-failed = ✗ { $count } جواب نرفت.
digest-uncertain = ⚠ معلوم نیست { $count } جواب رفته یا نه.
digest-open = ❗ از { $open } گفتگوی باز، { $unanswered } تا منتظر جواب است.
digest-none-open = ✓ هیچ گفتگوی بازی نمانده است.
digest-open-none = ✓ از { $open } گفتگوی باز، هیچ‌کدام منتظر جواب نیست.
digest-operator = { $name }: { $count } جواب
digest-operator-median = { $name }: { $count } جواب، معمولاً بعد از { $duration }
digest-operator-slowest = { $name }: { $count } جواب، معمولاً بعد از { $duration }، دیرترین بعد از { $slowest }
digest-operators-more = و { $count } نفر دیگر
digest-credit = 💳 اعتبار پنل‌ها:

chart-title = هفت روز گذشته
chart-until = هر روز تا ساعت { $time }
chart-received = پیامک‌های رسیده
chart-answers = جواب‌ها
chart-waits = مشتری‌ها معمولاً چقدر منتظر جواب ماندند

notice-low-credit = 💳 اعتبار پنل { $provider } با مصرف این روزها حدود { $duration } دیگر تمام می‌شود.
notice-low-credit-day = 💳 اعتبار پنل { $provider } با مصرف این روزها تا فردا تمام می‌شود.
notice-low-credit-none = 💳 پنل { $provider } می‌گوید اعتبارش تمام شده است.
notice-silent-line = 🔕 { $duration } است که روی خط { $line } هیچ پیامکی نیامده. در این ساعت معمولاً بیشتر از { $usual } ساکت نمی‌ماند.
notice-silent-line-push = از گوشی خودتان به این خط پیامک بزنید. اگر این‌جا نرسید، در پنل { $provider } ببینید نشانی وب‌هوک درست است و روی سرور { LTR("chapar check") } را اجرا کنید.
notice-silent-line-poll = از گوشی خودتان به این خط پیامک بزنید. اگر این‌جا نرسید، صندوق دریافت پنل { $provider } را نگاه کنید و روی سرور { LTR("chapar check") } را اجرا کنید.

# نام اجازه‌ها و منوها همان است که در تلگرام دیده می‌شود؛ انگلیسی‌اش هم هست، چون خیلی‌ها تلگرام را به انگلیسی دارند.
right-can_manage_topics = مدیریت تاپیک‌ها ({ LTR("Manage Topics") })
right-can_send_messages = ارسال پیام ({ LTR("Send Messages") })
path-administrators = روی نام گروه بزنید ← ویرایش ({ LTR("Edit") }) ← مدیران ({ LTR("Administrators") })
path-permissions = روی نام گروه بزنید ← ویرایش ({ LTR("Edit") }) ← دسترسی‌ها ({ LTR("Permissions") })
path-topics = روی نام گروه بزنید ← ویرایش ({ LTR("Edit") }) ← تاپیک‌ها ({ LTR("Topics") })

## راهنما و فرمان‌ها

start = سلام! من چاپارم و پیامک مشتری‌ها را به این‌جا می‌آورم.
help-topics = هر مشتری یک تاپیک دارد و پیامک‌هایش همان‌جا می‌آید.
help-replies = پیامک مشتری‌ها همین‌جا می‌آید.
help-sends-all-topics = برای جواب دادن، در تاپیک او بنویسید.
help-sends-all-replies = برای جواب دادن، روی پیامکش «پاسخ» بزنید و بنویسید.
help-sends-replies = فقط پاسخی که روی پیامک یا نشانِ زیر آن بزنید برایش می‌رود؛ بقیه‌ی حرف‌ها بین خودتان می‌ماند.
help-sends-prefix = فقط پیامی که با نقطه شروع شود برایش می‌رود (خود نقطه نمی‌رود)؛ بقیه‌ی حرف‌ها بین خودتان می‌ماند.
help-note = پیامی که با { LTR("//") } شروع شود هیچ‌وقت پیامک نمی‌شود.
help-signs = ⏳ در نوبت، ✓ فرستاده شد، ✓✓ رسید، ✗ نشد، ⚠ معلوم نیست
help-reactions = 👀 در نوبت، ✍ فرستاده شد، 👍 رسید، 👎 نشد، 🤔 معلوم نیست
help-commands = فرمان‌ها:

help-command = { $command } · { $does }
command-help = راهنمای کوتاه
command-send = پیامک به یک شماره یا مشتری: شماره یا نام، بعد متن
command-later = پیامک برای بعد: زمان، بعد متن؛ تنها که بنویسید، فهرست منتظرها
command-name = نام‌گذاری مشتری، در تاپیک او یا در پاسخ به پیامکش
command-who = این شماره یا نام کیست
command-find = جست‌وجوی مشتری با بخشی از نام یا شماره
command-canned = جواب‌های آماده: انتخاب، افزودن، تغییر
command-template = پیامک از روی قالب: نام قالب، شماره، بعد مقدارها
command-contact = ثبت شماره در دفترچه‌ی تلفن پنل
command-block = پیامک‌های این مشتری را نشان نده
command-unblock = پیامک‌های این مشتری را باز نشان بده
command-status = حال پنل‌ها
command-credit = اعتبار پنل‌ها
command-desk = تنظیمات این میز (ویژه‌ی مدیران)
command-log = چه کسی چه کرد
command-export = پیامک‌ها در یک فایل (ویژه‌ی مدیران)
command-forget = پاک کردن همه‌چیزِ یک نفر (ویژه‌ی مدیران)
command-unknown = چنین فرمانی ندارم و چیزی فرستاده نشد. فهرست فرمان‌ها: { LTR("/help") }

example = { $text }
number-example = 09121234567
send-example = /send 09121234567 سفارش شما آماده است
send-usage = بعد از { LTR("/send") } شماره یا نام مشتری را بنویسید و بعد متن را:
send-bad-number = «{ $number }» نه شماره‌ی درستی است و نه نام کامل یک مشتری، پس چیزی فرستاده نشد. این‌طور بنویسید:
send-ambiguous = معلوم نیست شماره کجا تمام می‌شود، پس چیزی نفرستادم. شماره را تنها در خط اول بنویسید و متن را در خط بعد.
send-no-text = متن پیامک خالی است و چیزی فرستاده نشد. این‌طور بنویسید:
send-several = معلوم نیست منظورتان کدام مشتری است، پس چیزی نفرستادم. شماره، یا نام کامل را در گیومه بنویسید و بعد متن را. شاید یکی از این‌ها:
send-other-number = شماره را دیگر نمی‌شود عوض کرد. پیام تازه‌ای با { LTR("/send") } بنویسید.

echo = ↗️ از بیرون این تاپیک فرستاده شد:
echo-by = ↗️ { $name } از بیرون این تاپیک فرستاد:

name-given = نام این مشتری شد { $name }.
name-taken-away = این مشتری حالا نامی ندارد. برای نام‌گذاری:
name-where = نمی‌دانم منظورتان کدام مشتری است. { LTR("/name") } را در تاپیک مشتری یا در پاسخ به پیامک او بنویسید:
name-example = /name سارا احمدی
named-named = ✓ { $count } مشتری حالا نام دارد
named-renamed = ✓ نام { $count } مشتری عوض شد
named-same = { $count } مشتری همین نام را داشت
named-nobody = کسی نام‌گذاری نشد.
named-refused = { $count } مورد را کنار گذاشتم:
named-refused-no-number = خط { $line }: «{ $written }» شماره‌ی درستی ندارد
named-refused-no-name = خط { $line }: { $written } نام ندارد
named-refused-unreadable = خط { $line }: علامت نقل‌قول سر جایش نیست
named-refused-more = و { $count } مورد دیگر
named-too-big = این فایل بزرگ است و کسی نام‌گذاری نشد. حداکثر ۲ مگابایت بفرستید.
named-too-many = بیش از { $most } شماره در آن است و کسی نام‌گذاری نشد. تکه‌تکه بفرستید.
named-unreadable = این فایل خوانا نیست و کسی نام‌گذاری نشد. با { LTR("UTF-8") } ذخیره کنید و دوباره بفرستید.
named-broken = نتوانستم این فایل را از تلگرام بگیرم. کمی بعد دوباره بفرستید.
who-usage = { LTR("/who") } را در تاپیک مشتری بنویسید، یا بعد از آن شماره یا نام را:
who-example = /who 09121234567
who-topic = باز کردن تاپیک
find-usage = بعد از { LTR("/find") } بخشی از نام یا شماره را بنویسید:
find-example = /find احمدی
find-none = برای «{ $asked }» کسی را پیدا نکردم.
find-found = { $count } نفر پیدا شد:
find-more = { $count } نفر پیدا شد؛ { $shown } نفر را این‌جا می‌بینید. کمی بیشتر بنویسید تا کمتر شود.

later-in-hour = یک ساعت دیگر
later-none = این‌جا چیزی منتظر زمانش نیست. اگر می‌خواهید پیامکی بعداً برود، در تاپیک مشتری یا در پاسخ به پیامکش بنویسید:
later-title = این‌ها منتظر زمانشان‌اند:
later-item = { $number }. { $time }
later-more = { $count ->
    [one] و یکی دیگر
   *[other] و { $count } تای دیگر
  }
later-cancel = لغو { $number }
later-not-set = برای همین چیزی نگذاشتم. این‌طور بنویسید:
later-stands = برای همین چیزی عوض نشد و همان { $time } می‌رود. این‌طور بنویسید:
later-no-thread = معلوم نیست این برای کدام مشتری است و چیزی نگذاشتم. در تاپیک خودش یا در پاسخ به پیامکش بنویسید.
later-nothing = زمان و متن را ننوشته‌اید.
later-no-time = نفهمیدم «{ $written }» چه زمانی است.
later-no-text = زمانش روشن است («{ $written }»)، ولی پیامک متن ندارد.
later-no-hour = «{ $written }» ساعت ندارد.
later-no-weekday = «{ $written }» نمی‌گوید کدام روز هفته.
later-hour-twice = «{ $written }» هم می‌تواند صبح باشد هم عصر. مثلاً بنویسید «۴ عصر» یا «۱۶:۰۰».
later-hour-impossible = ساعتی مثل «{ $written }» نداریم.
later-midnight = نیمه‌شبِ «{ $written }» هم می‌تواند اول آن روز باشد هم آخرش. بنویسید «۰۰:۰۰» یا «۲۳:۵۹».
later-after-midnight = شبِ «{ $written }» هم می‌تواند شب پیش از آن روز باشد هم شب بعدش. بنویسید «۲ بامداد»، با روزِ خودش.
later-day-impossible = روزی مثل «{ $written }» نداریم.
later-date-unclear = در «{ $written }» معلوم نیست کدام روز است و کدام ماه. اول سال را با چهار رقم بنویسید.
later-weekday-today = «{ $written }» هم می‌تواند امروز باشد هم هفته‌ی بعد. بنویسید «امروز»، یا بعد از نام روز بنویسید «بعد».
later-weekday-twice = «{ $written }» هم می‌تواند همین هفته باشد هم هفته‌ی بعد. نام روز را تنها بنویسید، یا با «هفته‌ی بعد»، یا تاریخ را.
later-past = «{ $written }» گذشته است.
later-too-far = «{ $written }» بیشتر از یک سال دیگر است.
later-span-open = «{ $written }» هم می‌تواند ساعتِ روز باشد هم از حالا به بعد. بنویسید «۲ ساعت دیگر».
later-end-unclear = معلوم نیست زمان بعد از «{ $written }» تمام شده یا نه. متن پیامک را از خط بعد شروع کنید.
later-example-day = /later فردا ۹ صبح سفارش شما آماده است
later-example-date = /later ۱۴۰۵/۰۹/۱۲ ۱۸:۳۰ سفارش شما آماده است
later-example-span = /later ۲ ساعت دیگر سفارش شما آماده است

canned-title = جواب‌های آماده:
canned-pick = کدام را برای { $who } بفرستم؟
canned-line = «{ $name }» { $text }
canned-page = صفحه‌ی { $page } از { $pages }
canned-next = بعدی
canned-previous = قبلی
canned-remove = برداشتن
canned-back = همه‌ی جواب‌ها
canned-none = هنوز جواب آماده‌ای ندارید. اول نامش را در یک کلمه بنویسید و بعد متنش را:
canned-example = /canned add نشانی سلام { $field }، نشانی ما خیابان ولیعصر، پلاک ۱۰ است.
canned-usage-add = نام جواب را در یک کلمه یا در گیومه بنویسید و بعد متنش را. متنی را که قبلاً نوشته‌اید هم می‌شود نگه داشت: روی آن «پاسخ» بزنید و فقط { LTR("/canned add") } و نام را بنویسید.
canned-usage-change = نام جواب را بنویسید و بعد متن تازه را، یا روی پیامی که متن تازه در آن است «پاسخ» بزنید: { LTR("/canned change") } و نام.
canned-usage-show = بعد از { LTR("/canned show") } نام جواب را بنویسید. همه را این‌جا می‌بینید: { LTR("/canned list") }
canned-usage-remove = بعد از { LTR("/canned remove") } نام جواب را بنویسید. همه را این‌جا می‌بینید: { LTR("/canned list") }
canned-added = ✓ جواب «{ $name }» آماده است و { $parts } بخش پیامک می‌شود.
canned-changed = ✓ متن «{ $name }» عوض شد و { $parts } بخش پیامک می‌شود.
canned-removed = جواب «{ $name }» را برداشتم. اگر پشیمان شدید، همین را بفرستید تا برگردد:
canned-head = «{ $name }» · { $parts } بخش · { $by }، { $time }
canned-to-change = { $count } بار فرستاده شده. برای عوض کردن متنش:
canned-to-change-unused = هنوز برای کسی نرفته. برای عوض کردن متنش:
canned-taken = «{ $name }» از قبل هست و عوضش نکردم؛ متنش این‌طور شروع می‌شود: «{ $text }». برای عوض کردنش:
canned-full = بیش از { $most } جواب آماده جا نمی‌شود. اول یکی را با { LTR("/canned remove") } بردارید.
canned-long-name = این نام بلند است و نگهش نداشتم. نام حداکثر { $most } حرف باشد.
canned-long-text = این متن بلند است و نگهش نداشتم. متن حداکثر { $most } حرف باشد.
canned-reserved = «{ $name }» خودش یکی از فرمان‌های { LTR("/canned") } است. نام دیگری بگذارید.
canned-unknown-field = نمی‌دانم به جای { $field } چه بگذارم، پس نگهش نداشتم. این‌ها را خودم پر می‌کنم: { $fields }
canned-otherwise = دوست عزیز
canned-no-value = نفرستادم، چون این مشتری هنوز نامی ندارد. با { LTR("/name") } نامش را بنویسید، یا متن جواب را این‌طور کنید: { $field }
canned-unknown = جوابی به نام «{ $name }» نداریم.
canned-unknown-unsent = جوابی به نام «{ $name }» نداریم و چیزی نفرستادم.
canned-where = معلوم نیست برای کدام مشتری است و چیزی نفرستادم. در تاپیک او، یا در پاسخ به پیامک او بنویسید.
canned-gone = این جواب همین تازگی عوض یا برداشته شده و چیزی نفرستادم. از فهرست تازه انتخاب کنید.
canned-asked = هنوز نفرستاده‌ام؛ همین پیام را ببینید.

template-text = { $name }: { $values }
template-menu = کدام قالب؟
template-bare = { $name }
template-form = این را کپی کنید و مقدارهای خودتان را در آن بگذارید. مقداری که فاصله دارد در گیومه می‌آید.
template-form-number = این را کپی کنید و شماره و مقدارهای خودتان را در آن بگذارید. مقداری که فاصله دارد در گیومه می‌آید.
template-form-bare = این را کپی کنید و شماره‌ی مشتری را در آن بگذارید:
template-unknown = قالبی به نام «{ $name }» ندارم و چیزی فرستاده نشد. این‌ها را دارم:
template-bad-number = «{ $number }» شماره‌ی درستی نیست و چیزی فرستاده نشد. این‌طور بنویسید:
template-no-number = شماره را ننوشته‌اید و چیزی فرستاده نشد. این‌طور بنویسید:
template-ambiguous = معلوم نیست شماره کجا تمام می‌شود، پس چیزی نفرستادم. بعد از شماره به خط بعد بروید و هر مقدار را در یک خط بنویسید:
template-open-quote = گیومه‌ای باز مانده و چیزی فرستاده نشد. این‌طور بنویسید:
template-too-few = جای { $missing } در قالب «{ $name }» خالی ماند و چیزی فرستاده نشد. این‌طور بنویسید:
template-too-many = قالب «{ $name }» فقط { $values } می‌خواهد و چیزی فرستاده نشد. مقداری را که فاصله دارد در گیومه بگذارید:
template-no-values = قالب «{ $name }» مقداری نمی‌خواهد و چیزی فرستاده نشد. این‌طور بنویسید:
template-other-line = آن قالب از خط دیگری می‌رود و این پیامک عوض نشد. پیام تازه‌ای با { LTR("/template") } بنویسید.
template-unavailable = پنل‌های این‌جا قالبی ندارند و چیزی فرستاده نشد. قالب‌ها را باید در تنظیمات وارد کرد.

contact-usage = بعد از { LTR("/contact") } شماره را بنویسید. در تاپیک مشتری، خود { LTR("/contact") } کافی است.
contact-fields = همراه شماره، این‌ها را هم می‌شود ثبت کرد: { $fields }
contact-no-fields = فقط خود شماره ثبت می‌شود.
contact-bad-number = «{ $number }» شماره‌ی درستی نیست و چیزی ثبت نشد.
contact-unknown-field = دفترچه‌ی تلفن جایی برای «{ $field }» ندارد و چیزی ثبت نشد.
contact-unreadable = «{ $written }» را نفهمیدم و چیزی ثبت نشد. مقداری که فاصله دارد در گیومه می‌آید.
contact-kept = ✓ { $provider }: { $number } در دفترچه‌ی تلفن ثبت شد
contact-field-refused = «{ $field }» ثبت نشد؛ جواب پنل: { $vendor }
contact-failed = ✗ { $provider }: نشد؛ { $reason }
contact-no-book = هیچ دفترچه‌ای برای همه‌ی این‌ها جا ندارد و چیزی ثبت نشد. دفترچه‌ها:
contact-book = { $provider }: { $fields }
contact-unavailable = هیچ‌یک از پنل‌های این‌جا دفترچه‌ی تلفنش را در اختیارم نگذاشته است. شماره را در سایت پنل ثبت کنید.
contact-broken = نتوانستم شماره را ثبت کنم. کمی بعد دوباره تلاش کنید.

status-title = پنل‌ها:
status-up = ✓ { $provider }: کار می‌کند
status-down = ✗ { $provider }: { $reason }، از { $since }
status-waiting = { $count } پیامک در نوبت است
status-desk = تنظیمات و اجازه‌هایی که لازم دارم: { LTR("/desk") }
status-none = هنوز پنلی در تنظیمات نیست.
credit-messages = { $provider }: { $amount } پیامک
credit-rial = { $provider }: { $amount } ریال
credit-raw = { $provider }: { $amount }
credit-lasts = { $credit }؛ با مصرف این روزها برای حدود { $duration }
credit-lasts-day = { $credit }؛ با مصرف این روزها به فردا نمی‌رسد
credit-none = { $provider }: اعتبارش را نگفت
credit-failed = { $provider }: { $reason }
credit-unavailable = هیچ‌یک از پنل‌های این‌جا اعتبارش را نمی‌گوید. در سایت پنل نگاه کنید.
credit-broken = نتوانستم اعتبار را بپرسم. کمی بعد دوباره تلاش کنید.

admin-only = فقط مدیر این گفتگو می‌تواند این کار را بکند.
admin-unknown = الان نتوانستم از تلگرام بپرسم که شما مدیر هستید یا نه. کمی بعد دوباره تلاش کنید.

log-title = چه کسی چه کرد:
log-empty = هنوز خبری نیست.
log-line = { $time } · { $name } { $deed }
log-line-of = { $time } · { $name } { $deed } · { $number }
log-answer = جواب داد { $sign }
log-edit = جوابی را عوض کرد
log-cancel = جلوی یک پیامک را گرفت
log-send-now = پیامک نگه‌داشته را فرستاد
log-try-again = خواست دوباره تلاش شود
log-send-again = خواست دوباره فرستاده شود
log-was-sent = گفت که فرستاده شده بود
log-claim = گفتگو را برداشت
log-release = گفتگو را رها کرد
log-close = گفتگو را بست
log-reopen = گفتگو را باز کرد
log-name = نام را عوض کرد
log-pair = این گفتگو را وصل کرد
log-export = از { $count } پیامک خروجی گرفت
log-forget = همه‌چیزِ یک نفر را پاک کرد ({ $count } پیامک)
log-block = او را مسدود کرد
log-unblock = مسدودی او را برداشت
log-snooze = گفتگو را کنار گذاشت
log-unsnooze = گفتگوی کنارگذاشته را برگرداند
log-later = پیامکی را برای بعد گذاشت
log-opt-out = پیامک‌های خط را برایش لغو کرد
log-canned = جواب آماده‌ی «{ $name }» را عوض کرد
log-setting = «{ $name }» را «{ $value }» کرد
log-setting-added = { $person } را به «{ $name }» اضافه کرد
log-setting-removed = { $person } را از «{ $name }» برداشت
log-setting-other = تنظیمات را عوض کرد
log-bulk = پیامک گروهی فرستاد
log-bulk-stop = پیامک گروهی را متوقف کرد

export-done = { $count } پیامک
export-nothing = در این مدت پیامکی نبوده است.
export-broken = فایل ساخته یا فرستاده نشد. کمی بعد دوباره تلاش کنید.
export-unreadable = «{ $written }» را نفهمیدم. بعد از { LTR("/export") } دو تاریخ بنویسید و اگر خواستید { LTR("json") }:
export-example = /export 1405/09/01 1405/09/30
export-backwards = تاریخ دوم پیش از تاریخ اول است. اول تاریخ زودتر را بنویسید.
export-in = رسیده
export-out = فرستاده
export-column-time = زمان
export-column-direction = جهت
export-column-number = شماره
export-column-line = خط
export-column-text = متن
export-column-state = وضعیت
export-column-operator = اپراتور
export-column-panel-time = زمان پنل
export-state-held = نگه‌داشته
export-state-queued = در نوبت
export-state-sending = در حال ارسال
export-state-sent = فرستاده شد
export-state-delivered = رسید
export-state-partly = بخشی رسید
export-state-failed = فرستاده نشد
export-state-uncertain = معلوم نیست
export-state-expired = خبری از رسیدنش نیامد
export-state-cancelled = لغو شد

forget-usage = بعد از { LTR("/forget") } شماره‌ای را بنویسید که می‌خواهید پیامک‌ها، نام و سابقه‌اش پاک شود:
forget-example = /forget 09121234567
forget-nobody = از «{ $number }» چیزی ندارم. شماره‌ی کامل را بنویسید:
forget-ask = هر چه از { $number } در این میز هست پاک می‌شود: { $count } پیامک، نام و سابقه‌اش، و تاپیکش اگر دارد. پیامک‌هایی هم که هنوز نرفته‌اند دیگر نمی‌روند. این کار برگشت ندارد.
forget-yes = { $number } را پاک کن ({ $count } پیامک)
forget-no = نه
forget-begun = دارم پاک می‌کنم. تمام که شد خبر می‌دهم.
forget-kept = چیزی پاک نشد.

## وقتی چیزی پیامک نمی‌شود

hint-topics = این پیام برای کسی نرفت. برای جواب دادن، در تاپیک همان مشتری بنویسید؛ برای شماره‌ی تازه { LTR("/send") } را بزنید.
hint-replies = این پیام برای کسی نرفت. برای جواب دادن، روی پیامک مشتری «پاسخ» بزنید؛ برای شماره‌ی تازه { LTR("/send") } را بزنید.
topic-unknown = این تاپیک مال هیچ مشتری‌ای نیست و پیامتان برای کسی نرفت. در تاپیک خود مشتری بنویسید. حرف‌های بین خودتان را با { LTR("//") } شروع کنید.
topic-shared = در این تاپیک پیامک‌های چند فرستنده کنار هم می‌آید و پیامتان برای کسی نرفت. برای جواب، روی پیامک همان فرستنده «پاسخ» بزنید. حرف‌های بین خودتان را با { LTR("//") } شروع کنید.
reply-unknown = نمی‌دانم این پاسخ برای کدام مشتری است و چیزی نفرستادم. روی خود پیامک مشتری «پاسخ» بزنید.
anonymous-refused = نفرستادم، چون ناشناس نوشته‌اید و نمی‌دانم اجازه‌ی ارسال دارید یا نه. گزینه‌ی «ناشناس ماندن» را در اختیارات مدیر خاموش کنید و دوباره بنویسید.
media-refused = پیامک فقط متن می‌برد؛ چیزی فرستاده نشد. حرفتان را بنویسید.
media-caption-refused = پیامک عکس و فایل نمی‌برد؛ چیزی فرستاده نشد، نوشته‌ی همراهش هم نرفت. متن را جدا بفرستید.
media-command-refused = فرمانِ زیر عکس و فایل را نمی‌خوانم و کاری نکردم. فرمان را در پیامی جدا بنویسید.
edit-late = برای ویرایش دیر بود و متن پیامک عوض نشد. اگر لازم است، پیام تازه‌ای بنویسید.
edit-sends-nothing = با ویرایش چیزی فرستاده نمی‌شود. همین را در پیام تازه‌ای بنویسید.
edit-media = پیامک عکس و فایل نمی‌برد و این ویرایش چیزی را در آن عوض نکرد. اگر لازم است، پیام تازه‌ای بنویسید.
edit-over = این پیامک دیگر در راه نیست و ویرایشش اثری ندارد. پیام تازه‌ای بنویسید.
passed-over = خطایی پیش آمد و نتوانستم به این پیام برسم. اگر زیرش نشانی نیامده، پیامکی نرفته است؛ دوباره بنویسید.

## دکمه‌ها

press-stopped = فرستاده نمی‌شود.
press-queued = در نوبت ارسال رفت.
press-settled = ثبت شد: فرستاده شده.
press-shortened = کوتاه شد. پیام خودتان همان‌طور که نوشته‌اید می‌ماند.
press-in-time = سر وقتش می‌رود.
press-later = کی؟
press-timed = { $time } می‌رود.
press-time-over = آن زمان گذشته است. زمان دیگری را بزنید.
press-late = این کار قبلاً انجام شده؛ نشان زیر پیام را ببینید.
press-unknown = این دکمه دیگر کار نمی‌کند.
press-refused = فقط کسانی که اجازه‌ی ارسال دارند می‌توانند این دکمه را بزنند.

## وصل کردن با کد

pair-usage = بعد از فرمان، کدی را بنویسید که چاپار روی سرور نشان داده است:
pair-example = /pair ABCD2345
pair-wrong = این کد درست نیست. یک بار دیگر کدی را که چاپار روی سرور نشان داده است نگاه کنید و همان را بفرستید.
pair-used = این کد قبلاً به کار رفته است و پیامک‌های «{ $desk }» به گفتگوی دیگری می‌رود. اگر می‌خواهید این‌جا بیاید، مدیر آن گفتگو همان‌جا { LTR("/desk") } را بفرستد و «{ desk-move }» را بزند تا کد تازه بگیرد. اگر آن گفتگو دیگر در دسترس نیست، در تنظیمات روی سرور { LTR($key) } را { LTR($chat) } بگذارید و چاپار را دوباره راه بیندازید.
pair-admin = کد درست است، ولی فقط مدیر گروه می‌تواند آن را وارد کند. از یک مدیر بخواهید همین را بفرستد.
pair-taken = این گفتگو از قبل به «{ $desk }» وصل است. کد را در گفتگوی دیگری بفرستید.
pair-channel = این‌جا کانال است و در کانال نمی‌شود به مشتری جواب داد. یک گروه بسازید، من را به آن اضافه کنید و همین را آن‌جا بفرستید.
pair-unreachable = الان نتوانستم از تلگرام بپرسم که شما مدیر هستید یا نه. چند لحظه‌ی دیگر دوباره بفرستید.
pair-done = وصل شد! از این به بعد پیامک‌های «{ $desk }» این‌جا می‌آید.
pair-settings = تنظیمات این میز: { LTR("/desk") }
pair-again = این‌جا از قبل وصل است و پیامک‌های «{ $desk }» همین‌جا می‌آید.
pair-not-here = درباره‌ی گروه «{ $group }» که هنوز اجازه ندارم در آن بنویسم:
pair-forum = این گروه تاپیک دارد و برای هر مشتری یک تاپیک جدا باز می‌کنم.
pair-general = این گروه تاپیک دارد، ولی تنظیماتم می‌گوید از آن‌ها استفاده نکنم؛ پیامک مشتری‌ها پشت سر هم در بخش عمومی ({ LTR("General") }) می‌آید.
pair-group = این گروه تاپیک ندارد و پیامک مشتری‌ها پشت سر هم می‌آید.
pair-private = این‌جا گفتگوی خصوصی است و پیامک مشتری‌ها پشت سر هم می‌آید.
pair-topics-hint = اگر می‌خواهید هر مشتری تاپیک خودش را داشته باشد: { path-topics }
pair-missing = { $count ->
    [one] هنوز یک چیز لازم دارم:
   *[other] هنوز این‌ها را لازم دارم:
  }
pair-missing-topics = روشن بودن تاپیک‌ها: { path-topics }
pair-missing-threads = روشن بودن { LTR("Threaded Mode") }: { LTR("@BotFather") } ← { $bot } ← { LTR("Bot Settings") }
pair-missing-administrator = مدیر بودن، با اجازه‌ی «{ right-can_manage_topics }»: { path-administrators } ← افزودن مدیر ({ LTR("Add Admin") }) ← { $bot }
pair-missing-manage-topics = اجازه‌ی «{ right-can_manage_topics }»: { path-administrators } ← { $bot }
pair-missing-read = دیدن نوشته‌هایتان؛ فعلاً فقط فرمان‌ها و پاسخ به پیام‌های خودم را می‌بینم. من را مدیر گروه کنید: { path-administrators } ← افزودن مدیر ({ LTR("Add Admin") }) ← { $bot }. (راه دیگر، بدون مدیر شدن: در { LTR("@BotFather") } این را بزنید: { LTR("/setprivacy") } ← { $bot } ← { LTR("Disable") }. بعد من را از گروه بردارید و دوباره اضافه کنید.)
pair-missing-write = اجازه‌ی «{ right-can_send_messages }»: { path-permissions }. مدیر گروه این اجازه را خودش دارد.
pair-complete = ممنون! حالا دیگر چیزی کم ندارم.

## لغو و مسدود

sms-opted-out = لغو شد؛ دیگر از این شماره پیامک گروهی نمی‌گیرید. برگشت: شروع
sms-returned = از این پس باز از این شماره پیامک می‌گیرید. برای لغو: لغو
opt-out-pressed = لغو شد: از این خط دیگر پیامک گروهی و خودکار نمی‌گیرد.
opt-out-by = 🔕 { $name } پیامک‌های این خط را برایش لغو کرد: دیگر پیامک گروهی و خودکار نمی‌گیرد.
block-usage = این را در تاپیک خود مشتری بنویسید، یا در پاسخ به یکی از پیامک‌هایش.
block-done = مسدود شد. پیامک‌هایش نگه داشته می‌شود ولی این‌جا نمی‌آید. برای رفع مسدودی: { LTR("/unblock") }
block-same = از قبل مسدود بود.
unblock-done = دیگر مسدود نیست. در این مدت پیامکی نیامده است.
unblock-came = دیگر مسدود نیست. در این مدت { $count } پیامک آمد که این‌جا نشان نداده‌ام.
unblock-same = مسدود نبود.

## زمانی که نزدیک است، میان جمله

next-today = امروز ساعت { $time }
next-tomorrow = فردا ساعت { $time }
next-weekday = { $day } ساعت { $time }
next-date = { $day } ساعت { $time }
next-unknown = به‌زودی

## تنظیمات میز

desk-title = ⚙️ تنظیمات «{ $desk }»
desk-line = { $name }: { $value }
desk-line-set = { $name }: { $value } ✎
desk-set = ✎ یعنی همین‌جا عوض شده و به جای تنظیمات سرور به کار می‌رود.
desk-overtaken = این‌ها را این‌جا عوض کرده بودید، ولی بعداً روی سرور عوض شدند و حالا همان به کار می‌رود: { $names }
desk-rights-all = ✓ هر اجازه‌ای که این‌جا لازم دارم، دارم.
desk-rights-unknown = الان نتوانستم از تلگرام بپرسم که این‌جا چه اجازه‌هایی دارم.
desk-changed = انجام شد؛ از همین حالا.
desk-unreachable = الان تلگرام جواب نداد. کمی بعد دوباره بزنید.
desk-move = بردن به گفتگوی دیگر
desk-move-how = در گفتگوی دیگر، کسی که مدیر آن است بنویسد: { LTR("/pair") } { $code } — از آن به بعد پیامک‌ها آن‌جا می‌آید، نه این‌جا.
desk-person = 👤 { $name }
desk-person-member = همه‌ی اعضای این گروه می‌توانند جواب بدهند.

setting-title = ⚙️ { $name }
setting-back = بازگشت
setting-as-configured = مثل سرور: { $value }
setting-people = { $count } نفر
setting-people-chosen = فقط چند نفر
setting-people-more = برای افزودن کس دیگر، روی یکی از پیام‌هایش «پاسخ» بزنید و بنویسید { LTR("/desk") }
setting-language = زبان
setting-language-about = زبانی که این‌جا با شما حرف می‌زنم. خبر لغو پیامک‌ها هم به همین زبان برای مشتری می‌رود.
setting-language-fa = فارسی
setting-language-en = انگلیسی
setting-sends = چه چیزی پیامک شود
setting-sends-about = کدام نوشته‌های شما برای مشتری برود.
setting-sends-all = هر چه در تاپیکش بنویسید
setting-sends-replies = فقط پاسخ به پیامک
setting-sends-prefix = فقط پیامی که با نقطه شروع شود
setting-ticks = نشان ارسال
setting-ticks-about = چطور نشان بدهم که جوابتان چه شد. اگر مشکلی پیش بیاید همیشه می‌گویم.
setting-ticks-text = پاسخی کوتاه زیر پیام
setting-ticks-reaction = یک ایموجی روی پیام
setting-ticks-off = فقط وقتی مشکلی هست
setting-undoSeconds = فرصت پشیمانی
setting-undoSeconds-about = جواب پیش از رفتن چقدر صبر کند تا بتوانید جلویش را بگیرید یا درستش کنید.
setting-undoSeconds-never = فوری می‌رود
setting-collisionSeconds = دو جواب با هم
setting-collisionSeconds-about = تا چقدر بعد از جواب یک همکار، پیش از فرستادن جواب دوم بپرسم.
setting-collisionSeconds-never = نمی‌پرسم
setting-maxParts = متن بلند
setting-maxParts-about = متن از چند بخش پیامک که بیشتر شد، پیش از فرستادن بپرسم.
setting-maxParts-value = بیش از { $count } بخش
setting-reminderSeconds = یادآوری
setting-reminderSeconds-about = مشتری چقدر که منتظر ماند یادتان بیندازم. بار آخر به کسانی هم که در «{ setting-chiefs }» هستند می‌گویم.
setting-reminderSeconds-none = هیچ‌وقت
setting-closeAfterSeconds = بستن خودکار
setting-closeAfterSeconds-about = گفتگویی که این مدت پیامکی در آن نباشد خودش بسته می‌شود و با پیامک بعدی باز می‌شود.
setting-closeAfterSeconds-never = هیچ‌وقت
setting-digestAt = گزارش روزانه
setting-digestAt-about = چه ساعتی بگویم که ۲۴ ساعت گذشته چطور گذشت.
setting-digestAt-off = خاموش
setting-operators = چه کسانی جواب بدهند
setting-operators-about = چه کسانی بتوانند از این‌جا به مشتری‌ها جواب بدهند.
setting-operators-members = همه‌ی اعضای این گروه
setting-operators-refused = دست‌کم یک نفر باید بتواند جواب بدهد. اول کس دیگری را اضافه کنید.
setting-chiefs = خبر خصوصی
setting-chiefs-about = وقتی مشتری تا آخرین یادآوری منتظر مانده باشد، خصوصی هم به چه کسانی بگویم. هر کدام باید یک بار من را باز کند و «شروع» ({ LTR("Start") }) را بزند. تا کسی این‌جا هست، پیامک گروهی را هم فقط همین‌ها می‌فرستند.
setting-chiefs-none = هیچ‌کس

## دیگران

stranger = سلام! این ربات برای همکاران یک کسب‌وکار است و از این‌جا پیامی به کسی نمی‌رسد. لطفاً با خود آن‌ها تماس بگیرید.
chief-welcome = سلام! هر وقت در «{ $desk }» مشتری‌ای زیاد منتظر بماند، همین‌جا خبرتان می‌کنم.

## یک متن برای خیلی‌ها

command-bulk = پیامک گروهی
bulk-usage = فهرست را به شکل فایل CSV یا متنی بفرستید و زیرش، در توضیح فایل، بنویسید:
bulk-no-text = چه چیزی برایشان برود؟ متن را زیر فایل، بعد از فرمان، بنویسید:
bulk-example = /bulk { $field } عزیز، سفارش شما آماده است.
bulk-example-field = نام
bulk-refused = در این میز فقط کسانی پیامک گروهی می‌فرستند که مدیر در «{ setting-chiefs }» گذاشته است.
bulk-too-big = این فایل خیلی بزرگ است. آن را چند تکه کنید؛ هر تکه حداکثر ۵ مگابایت.
bulk-too-many = این فایل بیشتر از { $count } ردیف دارد. آن را چند تکه کنید.
bulk-unreadable = نتوانستم این فایل را بخوانم. آن را با قالب { LTR("CSV UTF-8") } ذخیره کنید و دوباره بفرستید.
bulk-broken = نتوانستم این فایل را از تلگرام بگیرم. لطفاً دوباره بفرستید.
bulk-unknown-field = این فهرست ستون { $field } ندارد. ستون‌هایش: { $columns }
bulk-no-columns = این فهرست عنوان ندارد و نمی‌دانم { $field } کدام ستون است. بالای هر ستون عنوانش را بنویسید، مثل «شماره» و «نام».
bulk-nobody = در این فهرست کسی نیست که برایش بفرستم.
bulk-plan = 📣 برای { $count } نفر، از خط { $line }. هنوز چیزی نفرستاده‌ام.
bulk-parts = روی هم { $parts } بخش پیامک؛ بلندترین متن { $most } بخش است.
bulk-credit-enough = اعتبار: { $amount } پیامک؛ کافی است.
bulk-credit-short = ⚠ اعتبار: { $amount } پیامک؛ کافی نیست.
bulk-credit-rial = اعتبار: { $amount } ریال. پنل نمی‌گوید هر پیامک چند است.
bulk-credit-raw = اعتبار: { $amount }
bulk-sample = برای { $number } این می‌رود:
bulk-left-out = کنار گذاشتم: { $count } ردیف
bulk-why-bad-number = ✗ شماره درست نیست ({ $count }):
bulk-why-duplicate = ✗ تکراری است و فقط یک بار می‌گیرد ({ $count }):
bulk-why-empty-field = ✗ چیزی که متن لازم دارد خالی است ({ $count }):
bulk-why-opted-out = ✗ پیامک‌های این خط را لغو کرده است ({ $count }):
bulk-why-blocked = ✗ این‌جا مسدود است ({ $count }):
bulk-row = ردیف { $row }: { $written }
bulk-row-field = ردیف { $row }: { $written }؛ { $field } خالی است
bulk-more = و { $count } ردیف دیگر
bulk-running = 📣 در حال ارسال: { $sent } از { $count } رفت
bulk-quiet = 🌙 این خط حالا در ساعت‌های سکوت است؛ هر چه مانده، بعد از آن می‌رود.
bulk-stopping = ⏹ { $name } دارد متوقفش می‌کند: { $sent } رفته، { $leaving } در راه است و { $waiting } دیگر نمی‌رود.
bulk-stopped = ⏹ { $name } متوقفش کرد: { $sent } از { $count } رفت
bulk-restored = ⏹ ادامه ندادم، چون از روی نسخه‌ی پشتیبان بازیابی شدم و نمی‌دانم بعد از آن چه فرستاده شده. تا جایی که می‌دانم { $sent } از { $count } رفته است.
bulk-done = 📣 تمام شد: { $sent } از { $count } رفت
bulk-failed = ✗ { $count } تا فرستاده نشد
bulk-uncertain = ⚠ معلوم نیست { $count } تا رفته یا نه؛ دوباره نمی‌فرستم
bulk-not-sent = ⊘ { $count } تا نرفت
bulk-dropped = ⊘ { $name } منصرف شد و چیزی نفرستادم.
bulk-report = سرنوشت هر شماره در این فایل است
bulk-no-report = این‌جا اجازه‌ی فرستادن فایل ندارم و سرنوشت تک‌تک شماره‌ها را نتوانستم بفرستم. اگر اجازه بدهید، دفعه‌ی بعد می‌آید.
bulk-column-number = شماره
bulk-column-state = وضعیت
bulk-column-reason = دلیل
bulk-state-held = منتظر
bulk-state-queued = منتظر
bulk-state-sending = در راه
bulk-state-sent = فرستاده شد
bulk-state-delivered = رسید
bulk-state-partly = بخشی رسید
bulk-state-failed = فرستاده نشد
bulk-state-uncertain = معلوم نیست
bulk-state-expired = فرستاده شد، بی‌خبر از رسیدن
bulk-state-cancelled = نرفت
bulk-state-not-sent = نرفت
bulk-state-blocked = مسدود بود و نرفت
bulk-left-out-short = کنار گذاشته شد
bulk-reason-bad-number = ردیف { $row }: شماره درست نیست
bulk-reason-duplicate = ردیف { $row }: تکراری است
bulk-reason-empty-field = ردیف { $row }: { $field } خالی است
bulk-reason-opted-out = ردیف { $row }: پیامک‌های این خط را لغو کرده است
bulk-reason-blocked = ردیف { $row }: این‌جا مسدود است
bulk-pressed-send = شروع شد.
bulk-pressed-drop = چیزی نمی‌فرستم.
bulk-pressed-stop = دارم متوقفش می‌کنم.
bulk-pressed-unknown = این فهرست دیگر این‌جا نیست. فایل را دوباره بفرستید.
action-bulk-send = بفرست
action-bulk-drop = نفرست
action-bulk-stop = توقف
post-after-bulk = اولین پیامکش بعد از پیامک گروهی { $time }: «{ $text }»
