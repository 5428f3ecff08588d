"""The sentences in English."""

from __future__ import annotations

from commands.demo.words.kinds import Words
from domain.check_ins import Standing
from domain.needs import NeedKind

DIRECTIONS = {
    "backbone_to_member": (
        (
            "Study of theory",
            "Studies the Party constitution and shares it twice in the group",
            "Notes of both sharings",
        ),
        (
            "Practice in service",
            "Takes part in four volunteer days and makes one proposal",
            "Service record, proposal taken up",
        ),
        ("Leading as a key worker", "Leads one difficult task to its end", "Short account, word of the team"),
        (
            "Close to colleagues",
            "Helps two young colleagues with a real difficulty",
            "Notes of the talks, their own word",
        ),
        ("Growing in conviction", "Studies four topics and writes two essays", "Notes and essays"),
    ),
    "member_to_backbone": (
        ("A higher skill grade", "Earns the senior worker's certificate", "Certificate"),
        ("Planning of distribution grids", "Finishes the course and drafts one plan", "Plan checked by the engineer"),
        ("Finding faults", "Mends three faults of secondary circuits alone", "Fault slips signed by the mentor"),
        ("Digital tools", "Automates one statistic of the team", "A month of use without a mistake"),
        ("Running a site", "Leads two maintenance jobs of middling size", "Work tickets and a talk on site"),
        ("Contracts and tenders", "Writes one technical specification alone", "Passes its review at once"),
    ),
}
TEAMS = (
    ("Maintenance team 1", "Maintenance team 2", "Protection team"), ("Live-line team", "Line patrol team"),
    ("Control room", "Automation team"), ("Network team", "Security team"), ("Customer team", "Metering team"),
    ("Store team", "Purchasing team"), ("Project team", "Costing team"), ("Finance team", "General office"),
)  # fmt: skip
DONE = {
    "Substation maintenance": (
        "Helped lift out the tap changer of transformer {number} at {place}; I can go through most steps myself now.",
        "Measured the breaker timing at {place} and did {n} groups alone.",
        "Freed {n} stiff disconnectors at {place} and learnt to check the drive before the contacts.",
        "Replaced a current transformer at {place}; I wrote the work ticket and it passed at once.",
        "Showed {number} newcomers how to look for leaks in a gas compartment.",
        "Wrote cards for {n} frequent faults; they lie in the team's cupboard.",
        "Took temperatures and notes at night when the busbar joint at {place} ran hot.",
    ),
    "Relay protection": (
        "Did the periodic check of transformer {number} at {place}; I ran the end-to-end test, my mentor watched.",
        "Compared {n} sets of line settings at {place} alone and found a link whose label differs from the drawing.",
        "Learnt the transfer scheme of {place} and drew its timing.",
        "Helped renew the busbar protection at {place} and measured the insulation of its circuits.",
        "Traced an earth fault of the direct current at {place} down to branch {n}.",
        "Read the fault record of {place} again and understood why the line was not reclosed.",
    ),
    "Transmission lines": (
        "Walked {n} towers of the line at {place} and noted {number} nests.",
        "Flew {number} inspections with the drone alone.",
        "Cleared the trees near {place} and spoke with {n} households.",
        "Helped from the ground when strain insulators were replaced at {place} and checked the tools.",
        "Measured the clearances at {place} anew and entered them.",
        "Learnt the criteria of thermal pictures and checked {n} joints.",
    ),
    "Dispatching": (
        "Wrote and rehearsed the switching order for {place}, with my mentor beside me.",
        "Helped compute how the load of {place} is moved, and learnt to check a section.",
        "Put {n} trips of last month together as reading for the shift.",
        "Took {n} requests for outages alone, sent {number} back and said why.",
        "Took part in the emergency exercise as second operator without a slip.",
    ),
    "Communications": (
        "Inspected {n} devices in the room at {place} and replaced a board.",
        "Switched an optical path at {place} alone, with less than {number} minutes of interruption.",
        "Put the team's duty list online, so nobody gathers it every week.",
        "Took part in the security exercise and handled {n} alerts of false mail.",
        "Went through the fibre records of {place} and mended {n} entries.",
    ),
    "Customer service": (
        "Called on {n} firms near {place} and explained the tariff by hours.",
        "Answered {number} applications for supply alone, all in time.",
        "Settled {n} complaints about low voltage at {place} with the local manager.",
        "Served at the counter for {n} days and wrote down what older customers ask.",
        "Analysed the losses at {place} and found {number} meters wired wrongly.",
    ),
    "Supplies": (
        "Counted the store at {place}; {number} differences are cleared up.",
        "Planned how {n} emergency items are stocked up, alone.",
        "Received {n} deliveries and sent one batch of cable fittings back.",
        "Drew the hand-over of scrap on one page; the teams use it.",
        "Checked delivery dates for {place} and found {n} short items in time.",
    ),
    "Costing": (
        "Followed the final account of {place} and took out {n} items.",
        "Drafted {number} estimates alone; the engineer changed two rates.",
        "Measured the cable trench at {place} against the drawing, piece by piece.",
        "Studied the new norms and made a table of the {n} that changed most.",
        "Took part in the review of {place} and answered for material prices.",
    ),
    "Finance": (
        "Checked the costs of {n} teams, sent {number} receipts back and explained each.",
        "Cleared old balances alone; {n} long-standing ones are settled.",
        "Helped to book the assets of {place} and compared the cards.",
        "Showed a team how to claim travel costs.",
        "Learnt to analyse the budget and wrote the branch's note for quarter {number}.",
    ),
}
PARTY = (
    "Studied the general programme and first chapter of the Party constitution and spoke of {number} thoughts in the group.",
    "Joined the themed Party day at {place} and explained electrical safety to {n} households.",
    "Sat in on the branch's general meeting, noted how members are admitted and asked my contact afterwards.",
    "Went with the Party members' team to the repair at {place} for two days.",
    "Read {n} chapters of the reader on self-reform over lunch and took notes.",
    "Had a talk with a newcomer and helped to get the dormitory repaired.",
    "Volunteered in the neighbourhood and checked the wiring of {n} elderly people living alone.",
    "Gave a short lesson on safety before work, with {place} as the example.",
    "Prepared {number} pages for the young people's study group and spoke there.",
    "Took {number} days of holiday duty and handled {n} repairs.",
    "Visited the memorial hall and told the team three of its stories.",
    "Wrote a short piece on how Party members here took on an urgent task.",
)
AWAY = (
    "Day {n} with the host team: went through the daily work once and noted {n} things that differ from mine.",
    "Walked the equipment at {place} {number} times; I can name the main devices and their usual faults.",
    "Was part of a whole job for the first time, watching and keeping the notes, and checked each line of the ticket.",
    "Judged an odd reading at {place} with what I know from my own trade; the leader took it up at once.",
    "Learnt the system here and made {n} entries alone today.",
    "Made the monthly plan for {place} with my host and understood its order.",
    "Told {number} cases of my own trade on the host team's safety day.",
)
USED = (
    "What I learnt last time saved me a detour.",
    "Reading the drawing first, as my mentor says, spared us doing it twice.",
    "Last month's course came in useful.",
    "I wrote the steps down on one page, so others can follow them.",
    "Checked myself against the standard and gave up two bad habits.",
    "Knowing another trade helps; I asked the dispatcher less often.",
    "The leader agreed to try my proposal for a month.",
    "The reading the secretary recommended helped; I passed it on.",
    "I can set up the safety measures alone now.",
    "About half an hour faster than last time.",
)
PARTY_USED = (
    "Measured by that, I could go to people more often.",
    "I told the team about it, and they liked it.",
    "The reading the secretary recommended helped; I passed it on.",
    "I see now why one explains before one assigns.",
    "I put my thoughts down in my notes afterwards.",
    "I step forward sooner now when something is urgent.",
    "Talking it over with the group cleared up two points.",
)
PARTY_MISSING = {
    Standing.ON_TRACK: (
        "Next I would like to speak in the group once more.",
        "I would like to join more volunteer days.",
        "Next month I read the second part.",
        "A longer talk with an experienced member is still missing.",
        "The essay is drafted; please look at it.",
        "Nothing is in the way at present.",
        "Next I want to use it in guiding newcomers.",
    ),
    Standing.BEHIND: (
        "Many repairs lately, so the reading is a little late; I make up for it next week.",
        "The activity fell on my shift; I go next week.",
        "The essay goes slowly; please look at the outline.",
        "Two points are not clear to me yet; I would like to ask about them.",
    ),
}
MISSING = {
    Standing.ON_TRACK: (
        "Next I would like to do it once alone.",
        "I would like to come along once more.",
        "Next week I go on with the rest.",
        "One whole turn of practice is still missing.",
        "The theory needs another reading.",
        "Next I put the notes in order.",
        "Nothing is in the way at present.",
        "Notes and pictures are with the team.",
        "Next time I would like to explain it, with my mentor beside me.",
    ),
    Standing.BEHIND: (
        "There were many repairs this week, so it is a little late; I make up for it next week.",
        "The outage was put off, so the practice moves to next week.",
        "Many night shifts; I mean to catch up at the weekend.",
        "Two ideas are not clear to me yet; my mentor will explain them.",
        "The writing goes slowly; please look at the outline.",
    ),
    Standing.NEEDS_SUPPORT: ("Please help to arrange it.", "I cannot settle it myself.", "I hope the branch can help."),
    Standing.REACHED: (
        "What was expected is done and the papers are there.",
        "Done by the agreed measure; please verify it.",
        "The aim set at the beginning is reached.",
    ),
}
NEEDS = {
    NeedKind.INSTITUTION: (
        ("It is not clear who keeps the attendance during a rotation; both sides do.", "Settled with the staff office: the host team keeps it, the bonus stays with the own team after asking them."),
        ("Borrowing papers from another branch takes days of signatures.", "The secretary's word is enough from now on; it is noted down."),
        ("The work instruction is an old one and does not fit the new device.", "The engineer has issued a new draft; it is tried from this week."),
    ),
    NeedKind.WORK: (
        ("I would like to join a 110 kV protection check, but none is planned for my team.", "It is in next month's plan; please speak with the leader of the job."),
        ("I am always put down as the second, so I never do it myself.", "Once a month you lead, with your mentor on site."),
        ("The host team's outages all fall at the month's end, like my report.", "Your report is due on the 25th from now on."),
    ),
    NeedKind.PEOPLE: (
        ("My mentor is away for three weeks and nobody shows me the work.", "A colleague stands in for that time and has taken over."),
        ("Our task team needs somebody who knows communications.", "A technician of that branch joins from Wednesday."),
    ),
    NeedKind.FUNDS: (
        ("The fee for the certificate course has to be advanced.", "The branch's education funds can pay it; bring the notice."),
        ("A board for the team's lessons needs a little material.", "Agreed, up to 500 yuan."),
    ),
    NeedKind.MATERIAL: (
        ("There is one relay test set for three teams.", "The supply branch lends a second one from Monday."),
        ("The thermal camera is away for calibration.", "The line team lends theirs; it is arranged."),
        ("There are not enough copies of the rules.", "Three more are in the cupboard."),
    ),
}  # fmt: skip
COMMENTS = (
    "A solid account with clear steps. Next time you explain it and I listen.",
    "Clear progress. Look more closely at the safety measures.",
    "The right way; keep the data, you will need it.",
    "No hurry: understand the principle first, then begin.",
    "Tell this to the newcomers.",
    "Hard work on site; take a rest.",
    "There is an outage next Wednesday, come along.",
    "Write this down on one page for the collection.",
    "A good idea; settle with the leader where to try it.",
    "Theory and practice come together well here.",
    "A drawing that differs needs a change notice; I will show you.",
    "Good that you take duties on; go on like this.",
    "Slow is fine as long as it is sound.",
    "Ask the other teams too, they have good ways.",
    "Written from experience; that is seen.",
    "Your tickets are better; be more concrete about the dangers.",
    "You handled the customer calmly.",
    "Thank you for mending the records so quickly.",
)
QUESTIONS = (
    ("Which test did you use, and how does it compare with last time?", "The end-to-end test; two milliseconds faster, and all within the rules."),
    ("Which steps did you do alone?", "Wiring, injection and notes were mine; my mentor checked the settings."),
    ("Did anything unexpected happen on site?", "One terminal was loose; I tightened it and noted the fault."),
    ("Was the proposal taken up?", "Yes, the first shift tries it until the end of the month."),
    ("What did the people say?", "Two said that the breaker trips often; the local manager looks into it."),
)  # fmt: skip
SKIPS = ("busy with urgent work", "away on business or in training", "on holiday or ill")
REMARKS = (
    "The pairings go on steadily, and young key workers work alone more often; next month those on rotation practise more.",
    "Much work on site and much practice, less theory; next month we study together.",
    "Those on rotation found their place quickly; next month the hosts give lessons.",
    "What was missing of devices and papers was found; next month people register for the skill grades.",
    "The members' team went out to repairs, the activists with them; next month we talk with each.",
    "Mentors answered in time; next month good ways are written down.",
    "Every pairing has a clear direction and outcome; next month we look at the first reports.",
    "Learning across trades shows, proposals were taken up; next month they are tried more widely.",
    "Members took the holiday duties; next month the usual plan goes on.",
    "A few reports are short; we asked to say more of what things are used for.",
    "What older comrades told was entered by the branch; next month we visit them.",
    "Outcomes are verified by their measure, without haste; next month we help those who are behind.",
)
VERIFIED = ("Papers complete, passed on site.", "Certificate seen.", "The team agrees.", "In use in the team.")
ABLE = (
    "Daily inspection of one line and noting its faults",
    "The usual business; asks first when it is complicated",
    "Leading small jobs",
    "Inspecting the rooms and mending common faults",
)
FAREWELLS = (
    "Steady and eager; welcome any time.",
    "Speaks well across trades.",
    "Careful, and quickly better with the hands.",
)
PASSED = (
    "Two trades are concerned and the branch cannot settle it; please help.",
    "The branch has none of its own; please see who could lend one.",
    "Looked into and true, but not ours to decide; please answer.",
)
ANNOUNCEMENTS = (
    "Friday 15:30 we study together, please bring your notes; whoever is on shift is told by the group.",
    "On the 20th in the afternoon we speak about safety in the neighbourhood; please plan for it.",
    "Registration for the skill grades closes at the end of the month; please see the training office.",
    "The winter inspection begins: members take shifts first; mind the traffic and the work.",
)
WORDS = Words(
    specialties=tuple(DONE),
    posts=("Team leader", "Deputy leader", "Technician", "Engineer", "Specialist", "Operator", "Storekeeper"),
    teams=TEAMS,
    places=("East substation", "Riverside", "South Lake", "Bluestone", "Linjiang", "North yard", "West Ridge", "Cloud Bridge", "East Wind", "Willow"),
    directions=DIRECTIONS,
    done=DONE, party=PARTY, away=AWAY, used=USED, party_used=PARTY_USED, missing=MISSING, party_missing=PARTY_MISSING,
    needs=NEEDS, comments=COMMENTS, questions=QUESTIONS, skips=SKIPS, remarks=REMARKS, verified=VERIFIED, able=ABLE,
    farewells=FAREWELLS, passed=PASSED, announcements=ANNOUNCEMENTS, joint=" ",
)  # fmt: skip
