// Every word of the console, in Thai and English, in this one table.

const WORDS = {
  title: ["สุจริต ห้องทดลอง", "Sujarit sandbox"],
  agency: ["หน่วยงาน", "Agency"],
  clock: ["เวลาในห้องทดลอง", "The sandbox's time"],
  language: ["เปลี่ยนเป็นภาษาอังกฤษ", "Change to Thai"],
  help: ["ปุ่มลัดและวิธีใช้", "Shortcuts and help"],
  away: ["ติดต่อห้องทดลองไม่ได้ กำลังลองใหม่", "The sandbox does not answer; trying again"],
  regions: ["ส่วนของหน้า", "Parts of the page"],
  close: ["ปิด", "Close"],
  cancel: ["ยกเลิก", "Cancel"],
  ok: ["ตกลง", "OK"],

  chat: ["แชต", "Chat"],
  person: ["คุยในฐานะ", "Write as"],
  newcomer: ["คนใหม่", "New person"],
  newcomer_ask: ["ชื่อของประชาชนคนใหม่", "The new citizen's name"],
  group: ["กลุ่ม", "Group"],
  group_open: ["เปิดกลุ่มที่มี {a} และ {b}", "Open a group of {a} and {b}"],
  group_none: ["ยังไม่มีกลุ่ม", "There is no group yet"],
  members: ["ในกลุ่ม: {names} พิมพ์ในฐานะ {name}", "In the group: {names}. You write as {name}"],
  conversation: ["บทสนทนา", "Conversation"],
  empty_chat: ["ยังไม่มีข้อความ ลองพิมพ์ “ช่วยเหลือ”", "No messages yet. Try “ช่วยเหลือ”"],
  quick: ["ตอบด่วน", "Quick replies"],
  menu: ["เมนู", "Rich menu"],
  more: ["ส่งอย่างอื่น", "Send something else"],
  message: ["พิมพ์ข้อความ", "Write a message"],
  send: ["ส่ง", "Send"],
  image: ["รูปภาพ", "Picture"],
  location: ["ตำแหน่ง", "Location"],
  sticker: ["สติกเกอร์", "Sticker"],
  file: ["ไฟล์", "File"],
  audio: ["เสียง", "Audio"],
  video: ["วิดีโอ", "Video"],
  follow: ["เพิ่มเพื่อน", "Add as friend"],
  unfollow: ["บล็อกบัญชี", "Block the account"],
  again: ["ส่งซ้ำ", "Send again"],
  again_long: ["ส่งเหตุการณ์เดิมซ้ำ", "Deliver the same event again"],
  unsend: ["ยกเลิกข้อความ", "Unsend"],
  unsent: ["ยกเลิกข้อความแล้ว", "Message unsent"],
  blocked: ["คนนี้บล็อกบัญชีอยู่ ข้อความของบอตจะไม่ถึง", "This person has blocked the account; the bot's messages do not arrive"],
  on_its_way: ["กำลังส่งถึงบอต", "On its way to the bot"],
  taken: ["บอตได้รับแล้ว", "The bot has it"],
  bot_said: ["บอตตอบ {status} LINE จะส่งให้อีก (ส่งแล้ว {tries} ครั้ง)", "The bot answered {status}; LINE delivers again (tries so far: {tries})"],
  bot_silent: ["บอตไม่ตอบ LINE จะส่งให้อีก (ส่งแล้ว {tries} ครั้ง)", "The bot did not answer; LINE delivers again (tries so far: {tries})"],
  typing: ["กำลังพิมพ์", "Typing"],
  opened: ["กดปุ่ม", "Tapped"],
  joined: ["เข้ากลุ่ม", "Joined the group"],
  event: ["เหตุการณ์ {type}", "Event {type}"],
  pick_time: ["เลือกวันเวลา", "Choose a time"],
  copied: ["คัดลอกแล้ว", "Copied"],
  not_here: ["ห้องทดลองไม่ทำสิ่งนี้", "The sandbox does not do this"],
  outside_picture: ["รูปจากภายนอก", "Picture from elsewhere"],

  sheet: ["ชีต", "Sheet"],
  tools: ["เครื่องมือของชีต", "Sheet tools"],
  tabs: ["แท็บของชีต", "Tabs of the sheet"],
  no_sheet: ["หน่วยงานนี้ยังไม่มีชีตในห้องทดลอง", "This agency has no spreadsheet in the sandbox yet"],
  above: ["แทรกแถวบน", "Row above"],
  below: ["แทรกแถวล่าง", "Row below"],
  remove: ["ลบแถว", "Delete row"],
  up: ["เลื่อนขึ้น", "Move up"],
  down: ["เลื่อนลง", "Move down"],
  sort_up: ["เรียง ก–ฮ", "Sort A–Z"],
  sort_down: ["เรียง ฮ–ก", "Sort Z–A"],
  hidden: ["แสดงส่วนที่ซ่อน", "Show hidden"],
  closed_cell: ["ป้องกันไว้ แก้ไม่ได้", "Protected"],
  warned_cell: ["ส่วนที่บอตดูแล แก้ได้แต่บอตจะเขียนทับ", "The bot's part: an edit will be written over"],
  choices: ["ตัวเลือก", "Choices"],
  edit: ["แก้ช่อง {place}", "Edit {place}"],
  bot_wrote: ["บอตเขียนแถว {row} ({count} ช่อง)", "The bot wrote row {row} ({count} cells)"],
  bot_wrote_rows: ["บอตเขียน {rows} แถว", "The bot wrote {rows} rows"],
  row_gone: ["แถวนี้ไม่อยู่แล้ว จึงไม่ได้บันทึก", "That row is gone; nothing was saved"],
  first_rows: ["แสดง {count} แถวแรก", "The first {count} rows are shown"],
  refused_protected: ["ช่องนี้ป้องกันไว้ ผู้ประสานงานแก้ไม่ได้", "This cell is protected; a coordinator may not edit it"],
  refused_list: ["ค่านี้ไม่อยู่ในตัวเลือกของช่อง", "This is not one of the cell's choices"],
  refused: ["Google ไม่รับ: {why}", "Google refused: {why}"],
  frozen_row: ["แถวหัวตารางเลื่อนหรือลบไม่ได้", "The header row can not be moved or deleted"],

  desk: ["บันทึกและสวิตช์", "Log and switches"],
  log: ["การเรียกใช้", "Calls"],
  show: ["แสดง", "Show"],
  all: ["ทั้งหมด", "All"],
  only_line: ["LINE", "LINE"],
  only_google: ["Google", "Google"],
  problems: ["ที่มีปัญหา", "Problems"],
  time: ["เวลา", "Time"],
  service: ["ระบบ", "Service"],
  who: ["ใคร", "Who"],
  call: ["การเรียก", "Call"],
  status: ["ผล", "Status"],
  outcome: ["รายละเอียด", "Detail"],
  waiting: ["รออยู่", "waiting"],
  no_answer: ["ไม่ตอบ", "no answer"],
  redelivery: ["ส่งซ้ำ", "redelivery"],
  quota_google: ["Google นาทีนี้: อ่าน {reads} เขียน {writes}", "Google this minute: {reads} reads, {writes} writes left"],
  quota_off: ["Google: ไม่นับโควตา", "Google: quota not counted"],
  quota_line: ["LINE เดือนนี้: ใช้ {used} จาก {quota}", "LINE this month: {used} of {quota} used"],
  quota_none: ["LINE เดือนนี้: ใช้ {used} ไม่จำกัด", "LINE this month: {used} used, no limit"],
  faults: ["ให้เกิดเหตุขัดข้อง", "Let something fail"],
  fault_call: ["การเรียก", "Call"],
  fault_kind: ["เหตุ", "Fault"],
  fault_times: ["ครั้ง", "Times"],
  fault_seconds: ["วินาที", "Seconds"],
  fault_add: ["ตั้งเหตุ", "Set"],
  fault_any: ["ทุกอย่าง", "any"],
  fault_clear: ["ล้างเหตุทั้งหมด", "Clear all"],
  fault_none: ["ไม่มีเหตุรออยู่", "No fault waits"],
  held: ["ค้างอยู่ {count}", "{count} held"],
  release: ["ปล่อยที่ค้าง", "Release held"],
  clock_set: ["นาฬิกา", "Clock"],
  clock_real: ["เวลาจริง", "Real time"],
  clock_stop: ["หยุดเวลา", "Freeze"],
  clock_ahead: ["ล่วงหน้า {days} วัน", "{days} days ahead"],
  clock_behind: ["ย้อนหลัง {days} วัน", "{days} days back"],
  clock_stopped: ["หยุดอยู่", "Frozen"],
  clock_go: ["{days} วัน", "{days} d"],

  kind_latency: ["ตอบช้า", "slow answer"],
  "kind_429": ["429 เกินโควตา", "429 over quota"],
  "kind_500": ["500 ผิดพลาด", "500 error"],
  "kind_503": ["503 ไม่ว่าง", "503 unavailable"],
  kind_expired_token: ["401 โทเคนหมดอายุ", "401 token expired"],
  kind_applied_then_503: ["ทำแล้วแต่ตอบ 503", "done, but says 503"],
  kind_drop_before: ["ตัดสายก่อนทำ", "cut before it is done"],
  kind_drop_after: ["ตัดสายหลังทำ", "cut after it is done"],
  kind_hold_before: ["ค้างก่อนทำ", "held before it is done"],
  kind_hold_after: ["ค้างหลังทำ", "held after it is done"],
  kind_late_duplicate: ["ทำซ้ำภายหลัง", "done once more later"],

  role_coordinator: ["ผู้ประสานงาน", "coordinator"],
  role_staff: ["เจ้าหน้าที่", "staff"],
  role_officer: ["ผู้รับเรื่อง", "officer"],
  role_executive: ["ผู้บริหาร", "executive"],
  role_citizen: ["ประชาชน", "citizen"],

  help_chat: ["แชต", "Chat"],
  help_sheet: ["ชีต", "Sheet"],
  help_page: ["ทั้งหน้า", "Whole page"],
  key_send: ["Enter ส่ง, Shift+Enter ขึ้นบรรทัดใหม่", "Enter sends, Shift+Enter makes a new line"],
  key_move: ["ลูกศร, Home, End, Ctrl+Home, Ctrl+End เลื่อนไปตามช่อง", "Arrows, Home, End, Ctrl+Home, Ctrl+End move"],
  key_edit: ["Enter, F2 หรือพิมพ์ได้เลย เพื่อแก้; Esc เลิกแก้; Delete ล้างช่อง", "Enter, F2 or typing edits; Esc gives up; Delete clears"],
  key_rows: ["Alt+↑ และ Alt+↓ เลื่อนแถว; Alt+Insert แทรกแถวบน; Alt+Delete ลบแถว", "Alt+↑ and Alt+↓ move the row; Alt+Insert puts one above; Alt+Delete deletes it"],
  key_tabs: ["Alt+PageUp และ Alt+PageDown เปลี่ยนแท็บ", "Alt+PageUp and Alt+PageDown change the tab"],
  key_regions: ["Alt+1 แชต, Alt+2 ชีต, Alt+3 บันทึก", "Alt+1 chat, Alt+2 sheet, Alt+3 log"],
  key_help: ["? เปิดหน้านี้ (นอกช่องพิมพ์)", "? opens this (outside a text field)"],
};

const LANGUAGES = ["th", "en"];
let language = LANGUAGES.includes(localStorage.getItem("language")) ? localStorage.getItem("language") : "th";

export const locale = () => language;

/** The words under a key in the language of the page; `{name}` is filled from `values`. */
export function t(key, values = {}) {
  const found = WORDS[key]?.[LANGUAGES.indexOf(language)] ?? key;
  return found.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export function changeLanguage() {
  language = language === "th" ? "en" : "th";
  localStorage.setItem("language", language);
  translate();
}

/** Write the words into everything on the page that names its key. */
export function translate() {
  document.documentElement.lang = language;
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.matches("button")) node.title = t(node.dataset.tLabel);
  }
  for (const node of document.querySelectorAll("[data-t-hint]")) node.placeholder = t(node.dataset.tHint);
}
