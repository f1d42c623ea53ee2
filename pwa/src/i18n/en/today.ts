/** Today: the groups, the first copy, duty. */
export const today = {
  "today.title": "Today",
  "today.groups": "My groups",
  "today.meets": "Meets {date}",
  "today.meetsNow": "The meeting is open: go on",
  "today.meetsToday": "Meets today",
  "today.due": "{count} {count|instalment|instalments} due: KES {amount}",
  "today.members": "{count} {count|member|members}",
  "today.noGroups": "No groups yet. The office assigns them; they appear here after the next sync.",
  "today.safe": "Is my work safe?",
  "today.nothingWaiting": "Everything is saved",
  "today.nothingYet": "Nothing of yours waits to go up",
  "today.records": "{count} {count|record|records} on this phone only",
  "today.cash": "With KES {amount} of members' money",
  "today.pictures": "{count} {count|picture|pictures} on this phone only",
  "today.oldest": "The oldest since {moment}",
  "today.oldestDays": "The oldest since {moment}: {days} {days|day|days}",
  "today.old":
    "Look for a signal today: if this phone is lost, {count|this record is|these records are} lost with it.",
  "today.atOffice": "{count} {count|record|records} at the office, for a person to decide",
  "today.lastCopy": "Last full copy {moment}",
  "today.noCopy": "No copy yet",
  "today.positions": "{count} {count|position|positions} waiting to go up",
  "today.needsYou": "{count} {count|record needs|records need} you",
  "today.look": "Look",

  "others.goesUp":
    "{count} {count|record|records} of {name} on this phone {count|is|are} not sent yet. {count|It goes|They go} up by {count|itself|themselves}, in {name}'s name.",
  "others.needs":
    "{count} {count|record|records} of {name} on this phone {count|needs|need} {name}, who must unlock the app here.",
  "others.signIn":
    "{count} {count|record|records} of {name} on this phone {count|is|are} not sent. {name} must sign in here, to send {count|it|them} or to hand {count|it|them} over.",

  "copy.title": "Copying your groups to this phone",
  "copy.progress": "{count} of {total} members",
  "copy.paused": "Paused: no signal. It goes on where it stopped.",

  "duty.title": "On duty",
  "duty.on": "Your position is shared with the office.",
  "duty.off": "Your position is not shared.",
  "duty.activity": "What are you doing?",
  "duty.GROUP_MEETING": "Group meeting",
  "duty.MEMBER_VISIT": "Member visit",
  "duty.COLLECTION": "Collection",
  "duty.TRAVEL": "Travel",
  "duty.OTHER": "Other",
  "duty.last": "Last position {moment}, within {metres} m",
  "duty.searching": "Looking for your position …",
  "duty.denied":
    "The phone does not allow this app to know the position. Allow it in the browser's settings.",
  "duty.unavailable": "No position at the moment. It goes on by itself.",
  "duty.consentTitle": "Share your position while on duty?",
  "duty.consent":
    "While you are on duty the office sees where you are, what you are doing and your battery level, about every 30 seconds. It stops when you go off duty. Positions are kept on this phone until there is signal.",
  "duty.gaps":
    "A browser knows your position only while this app is open on the screen. When the phone sleeps or another app is in front, no position is taken, and your way has gaps.",
  "duty.keepOpen": "Keep the app open: in the background the browser takes no positions.",
  "duty.background":
    "Your position is also taken while another app is open or the screen is dark. Android shows a notice as long as you are on duty.",
  "duty.meeting": "Sent as a group meeting: the group's book is open.",
  "duty.moving": "Sent as travel: you are moving faster than on foot.",
  "duty.battery": "Battery {level}%",
  "duty.saving": "Battery low: a position about every 2 minutes, sent every 10.",
  "duty.agree": "I agree, go on duty",
} as const;
