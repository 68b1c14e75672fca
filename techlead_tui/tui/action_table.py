"""List every action with its keys: bindings, key bar, help, search and the reference read this table."""

from collections.abc import Mapping
from typing import NamedTuple

from techlead_tui.core.items.kinds import FOUND, NAMES


class Action(NamedTuple):
    """Name one action. Its stable id, `<screen>.<method>`, calls the screen's `action_<method>`."""

    id: str
    keys: str  # as Textual names them, joined by ","; the first is the one shown
    label: str  # one or two words for the key bar
    text: str  # one sentence for help and reference
    group: str
    modes: str = "look"  # of the key bar that offer it: look, move, pending, friday; "" for none
    call: str = ""  # with arguments, where the method takes some

    def bound(self, own: Mapping[str, str]) -> list[str]:
        """Return its keys, as Textual names them; `own` are those that the user has given, by id."""
        return own.get(self.id, self.keys).split(",")

    @property
    def method(self) -> str:
        """Return what runs it on its screen."""
        return self.call or self.id.partition(".")[2]


CRITERION = "Say that {}, or take it back."
_PLAIN: tuple[Action, ...] = (
    Action("week.quick_add", "a", "add", "Plan a block in one line of words.", "Plan"),
    Action("week.move", "m", "move", "Pick the block up; arrows move it, Enter puts it down.", "Plan"),
    Action(
        "week.place",
        "enter",
        "put down",
        "Put down what is carried; otherwise apply the fix, open the block, or plan in free time.",
        "Plan",
        "move",
    ),
    Action("week.edit", "e", "edit", "Edit every field of the block.", "Plan"),
    Action("week.done", "x", "done", "Mark the block done, or planned again.", "Plan"),
    Action("week.skip", "s", "skip", "Skip the block, or bring it back.", "Plan", ""),
    Action("week.delete", "d,delete", "delete", "Delete the block; a series asks: this one or all.", "Plan"),
    Action(
        "week.duplicate", "D", "copy", "Carry a copy of the block to the next place that fits.", "Plan", ""
    ),
    Action("week.repeat", "R", "repeat", "Repeat the block weekly.", "Plan", ""),
    Action("week.free", "F", "free", "List the free time that costs least focus.", "Plan"),
    Action("week.longer", "plus,equals_sign", "longer", "Make the block 15 minutes longer.", "Plan", "move"),
    Action("week.shorter", "minus", "shorter", "Make the block 15 minutes shorter.", "Plan", "move"),
    Action("week.override", "o", "keep", "Keep what is refused, with a written reason.", "Plan", "pending"),
    Action("week.undo", "u", "undo", "Undo the last change, made here or in the shell.", "Plan"),
    Action("week.redo", "U,ctrl+r", "redo", "Redo what was undone.", "Plan", ""),
    Action("week.quick_log", "L", "log", "Log a coding session: 45m pool fix.", "Work"),
    Action(
        "week.start_stop", "S", "start", "Start a coding session, or stop the one that is running.", "Work"
    ),
    Action("week.pause", "", "pause", "Pause the running session, or go on with it.", "Work", ""),
    Action("week.edit_session", "E", "session", "Edit or delete the session under the cursor.", "Work", ""),
    Action("week.say_no", "n", "say no", "Write a reply that offers help instead of attendance.", "Work"),
    Action(
        "week.playbook",
        "H",
        "why",
        "Read the method beside your own figures; of a refusal or a warning, why.",
        "Work",
        "pending",
    ),
    Action(
        "week.friday", "f", "Friday", "Go through Friday: check, direction, status update, next week.", "Work"
    ),
    Action(
        "week.begin", "N", "new week", "Look through what the week begins with.", "Work", "", "friday(True)"
    ),
    Action("week.cadence", "c", "cadence", "See the coding cadence: hours, commits, patterns.", "Work"),
    Action("week.report", "", "report", "Plot balance, focus, meetings and Fridays over time.", "Work", ""),
    Action(
        "week.menu",
        "M",
        "menu",
        "List what can be done here; a right click does the same.",
        "Plan",
    ),
    Action("week.left", "left,h", "left", "The day before.", "Move about", ""),
    Action("week.right", "right,l", "right", "The day after.", "Move about", ""),
    Action("week.up", "up,k", "up", "15 minutes earlier.", "Move about", ""),
    Action("week.down", "down,j", "down", "15 minutes later.", "Move about", ""),
    Action("week.page_up", "pageup", "", "Two hours earlier.", "Move about", ""),
    Action("week.page_down", "pagedown", "", "Two hours later.", "Move about", ""),
    Action("week.day_start", "home", "", "The beginning of the day.", "Move about", "", "day_end(0)"),
    Action("week.day_end", "end,G", "", "The end of the day.", "Move about", "", "day_end(1)"),
    Action("week.next_block", "tab", "", "The next block.", "Move about", ""),
    Action("week.previous_block", "shift+tab", "", "The block before.", "Move about", ""),
    Action("week.previous_week", "left_square_bracket", "week", "The week before.", "Move about"),
    Action("week.next_week", "right_square_bracket", "week", "The week after.", "Move about"),
    Action("week.next_wrong", "v", "", "The next warning.", "Move about", ""),
    Action("week.previous_wrong", "V", "", "The previous warning.", "Move about", ""),
    Action("week.today", "t", "today", "Back to now.", "Move about"),
    Action("week.find", "slash", "find", "Find blocks and sessions of all weeks.", "Move about"),
    Action(
        "week.go_to", "colon", "go to", "Go to a day or a week: fri, 2026-12-01, week 49.", "Move about", ""
    ),
    Action("week.day_kind", "K", "day", "Set the kind of day: normal, leave or on call.", "The week", ""),
    Action(
        "week.week_theme",
        "T",
        "theme",
        "Use another week theme, for this week only or from now on.",
        "The week",
        "",
    ),
    Action("week.zoom", "z", "zoom", "15, 30 or 60 minutes a row.", "Look"),
    Action("week.weekend", "w", "5/7/1", "Five days, seven, or one.", "Look"),
    Action("week.cancel", "escape", "back", "Cancel.", "Look", "move pending"),
    Action("app.search", "ctrl+p", "search", "Search every action by key, name or effect.", "Look", ""),
    Action(
        "app.suspend",
        "ctrl+z",
        "",
        "Suspend techlead; `fg` in the shell brings it back.",
        "Look",
        "",
    ),
    Action("app.settings", "comma", "settings", "Name, week theme, colours, keys.", "Look"),
    Action("app.leave", "q,ctrl+q", "quit", "Leave; everything is already saved.", "Look"),
    Action(
        "app.help",
        "question_mark,f1",
        "keys",
        "List every key and what it does; `/` searches.",
        "Look",
        "look move pending",
    ),
    Action(
        "form.save",
        "enter,ctrl+s",
        "save",
        "Save the form.",
        "In a form",
        "form form-plain form-against form-because session",
    ),
    Action("form.next", "down", "", "The next line; tab does the same.", "In a form", ""),
    Action("form.previous", "up", "", "The line before; shift+tab does the same.", "In a form", ""),
    Action("form.turn", "right,space", "", "The next value, where there are a few.", "In a form", ""),
    Action("form.turn_back", "left", "", "The value before.", "In a form", ""),
    Action(
        "form.choices",
        "f2",
        "choices",
        "List the completions of the line.",
        "In a form",
        "form form-against",
    ),
    Action(
        "form.override",
        "ctrl+o,o",
        "keep, with a reason",
        "Keep what is refused, with a written reason.",
        "In a form",
        "form-against form-refused",
    ),
    Action("form.why", "H", "why", "Read why something is refused.", "In a form", "form-refused"),
    Action(
        "form.remove",
        "ctrl+r",
        "delete",
        "Delete the session; undo brings it back.",
        "In a form",
        "session",
    ),
    Action(
        "form.leave",
        "escape",
        "back",
        "Leave the form without saving.",
        "In a form",
        "form form-plain form-against form-refused form-because session",
    ),
    Action("list.take", "enter", "take", "Take the line under the cursor.", "In a list", "list"),
    Action("list.up", "up,k", "", "The line before.", "In a list", ""),
    Action("list.down", "down,j", "", "The next line.", "In a list", ""),
    Action("list.page_up", "pageup", "", "A page up.", "In a list", ""),
    Action("list.page_down", "pagedown", "", "A page down.", "In a list", ""),
    Action("list.home", "home", "", "The first line.", "In a list", ""),
    Action("list.end", "end", "", "The last line.", "In a list", ""),
    Action("list.mark", "space", "pick", "Pick several lines.", "In a list", "list-several"),
    Action("list.filter", "slash", "filter", "Show only lines with these words.", "In a list", "list-filter"),
    Action("list.other", "tab", "switch", "Flip the switch, if there is one.", "In a list", "ways"),
    Action("list.leave", "escape,q", "back", "Close the list.", "In a list", "list"),
    Action(
        "first.next",
        "enter,down,tab",
        "next",
        "Keep the answer and go on.",
        "First run",
        "first first-theme",
    ),
    Action("first.turn", "right,space", "next theme", "The next week theme.", "First run", "first-theme"),
    Action("first.turn_back", "left", "", "The week theme before.", "First run", ""),
    Action("first.back", "up,shift+tab", "back", "The question before.", "First run", "first first-theme"),
    Action(
        "first.skip",
        "escape",
        "skip",
        "Leave the question as it was.",
        "First run",
        "first first-theme",
    ),
    Action(
        "settings.change",
        "enter",
        "change",
        "Keep what is written, or take the next value.",
        "Settings",
        "settings-text settings-open",
    ),
    Action(
        "settings.turn",
        "right,space",
        "next",
        "The next value; it applies at once.",
        "Settings",
        "settings-turn",
    ),
    Action("settings.turn_back", "left", "before", "The value before.", "Settings", "settings-turn"),
    Action("settings.up", "up,shift+tab", "", "The line before.", "Settings", ""),
    Action("settings.down", "down,tab", "", "The next line.", "Settings", ""),
    Action(
        "settings.leave",
        "escape",
        "back",
        "Back to the week.",
        "Settings",
        "settings-text settings-turn settings-open",
    ),
    Action(
        "own_keys.change",
        "enter",
        "change",
        "Press another key for the action.",
        "Keys of your own",
        "own_keys",
    ),
    Action(
        "own_keys.reset",
        "backspace,delete",
        "reset",
        "Go back to the original key.",
        "Keys of your own",
        "own_keys",
    ),
    Action("own_keys.up", "up,k", "", "The action before.", "Keys of your own", ""),
    Action("own_keys.down", "down,j", "", "The next action.", "Keys of your own", ""),
    Action("own_keys.page_up", "pageup", "", "A page up.", "Keys of your own", ""),
    Action("own_keys.page_down", "pagedown", "", "A page down.", "Keys of your own", ""),
    Action(
        "own_keys.leave",
        "escape",
        "back",
        "Back to the settings.",
        "Keys of your own",
        "own_keys own_keys-waiting",
    ),
    Action("say_no.copy", "y", "copy", "Copy the text; nothing is ever sent.", "Say no", "say_no"),
    Action("say_no.keep", "enter", "done", "Put what is marked on the week, and close.", "Say no", "say_no"),
    Action("say_no.edit", "e", "edit", "Edit the text; esc ends it.", "Say no", "say_no"),
    Action(
        "say_no.option_a", "a", "", "Offer the first option: read the document.", "Say no", "", "turn('a')"
    ),
    Action("say_no.option_b", "b", "", "Offer the second one: pair.", "Say no", "", "turn('b')"),
    Action(
        "say_no.option_c", "c", "", "Offer the third one: the last 20 minutes.", "Say no", "", "turn('c')"
    ),
    Action(
        "say_no.escalate", "E", "escalate", "Say what it would cost, when they insist.", "Say no", "say_no"
    ),
    Action(
        "say_no.focus_reply", "F", "focus", "Offer another time for what lands on focus.", "Say no", "say_no"
    ),
    Action("say_no.objections", "O", "objections", "Answer an objection.", "Say no", "say_no"),
    Action("say_no.tone", "t", "tone", "Plain or warm.", "Say no", "say_no"),
    Action("say_no.zone", "z", "zone", "Show free time in the other's zone too.", "Say no", "say_no"),
    Action("say_no.offer_1", "1", "", "Mark the first block that is offered.", "Say no", "", "offer(1)"),
    Action("say_no.offer_2", "2", "", "Mark the second one.", "Say no", "", "offer(2)"),
    Action("say_no.offer_3", "3", "", "Mark the third one.", "Say no", "", "offer(3)"),
    Action(
        "say_no.leave",
        "escape",
        "back",
        "Leave the line, the editing or the dialog.",
        "Say no",
        "say_no say_no-asking say_no-editing",
    ),
    Action("playbook.take", "enter", "open", "Open what it is about.", "Playbook", "playbook"),
    Action("playbook.copy", "y", "copy", "Copy the text.", "Playbook", "playbook"),
    Action("playbook.tone", "t", "tone", "Plain or warm.", "Playbook", "playbook"),
    Action("playbook.more", "right,l", "more", "The rest of a long text.", "Playbook", "playbook"),
    Action("playbook.less", "left,h", "", "Back in a long text.", "Playbook", ""),
    Action("trap.other", "tab", "other week", "The trap, or your own week.", "Playbook", "trap"),
    Action("trap.leave", "escape,q", "back", "Back to the playbook.", "Playbook", "trap"),
    Action("theme.take", "enter,e", "change", "Change the day, the box or the limit.", "Week theme", "theme"),
    Action("theme.save", "s", "save", "Write the file; its comments stay.", "Week theme", "theme"),
    Action("theme.add", "a", "add box", "Add a box to the day.", "Week theme", "theme"),
    Action("theme.remove", "d,delete", "remove", "Remove the box or the limit.", "Week theme", "theme"),
    Action(
        "theme.later",
        "plus,equals_sign",
        "later",
        "A quarter of an hour later, or one more.",
        "Week theme",
        "theme",
    ),
    Action(
        "theme.earlier",
        "minus",
        "earlier",
        "A quarter of an hour earlier, or one less.",
        "Week theme",
        "theme",
    ),
    Action("theme.undo", "u", "undo", "Take the last change back.", "Week theme", "theme"),
    Action("theme.up", "up,k", "", "The line above.", "Week theme", ""),
    Action("theme.down", "down,j", "", "The line below.", "Week theme", ""),
    Action("theme.leave", "escape,q", "back", "Back, without what was not saved.", "Week theme", "theme"),
    Action("friday.yes", "y", "yes", "Answer yes.", "Friday", "friday"),
    Action("friday.no", "n", "no", "Answer no.", "Friday", "friday"),
    Action("friday.open_again", "backspace", "open", "Leave the question open.", "Friday", "friday"),
    Action(
        "friday.confirm", "enter", "confirm all", "Accept every suggestion that is left.", "Friday", "friday"
    ),
    Action("direction.confirm", "enter", "change it", "Apply the suggested change.", "Friday", "direction"),
    Action("direction.keep", "1", "keep theme", "Keep the week theme on trial.", "Friday", "direction"),
    Action("direction.adjust", "2", "adjust", "Keep the week theme, and change it.", "Friday", "direction"),
    Action("direction.drop", "3", "drop", "Go back to the week theme before.", "Friday", "direction"),
    Action("update.edit", "e", "edit", "Write in your editor.", "Friday", "update"),
    Action("update.copy", "y", "copy", "Copy the post as Markdown.", "Friday", "update"),
    Action("update.copy_slack", "s", "for Slack", "Copy the post as Slack text.", "Friday", "update"),
    Action("update.colour", "g", "colour", "Turn the colour: green, yellow, red.", "Friday", "update"),
    Action("update.fresh", "d", "new draft", "Forget your own text.", "Friday", "update"),
    Action("update.confirm", "enter", "", "On to the next week.", "Friday", ""),
    Action("ahead.confirm", "enter", "do it", "Do what is offered, and go on.", "Friday", "ahead"),
    Action("beginning.confirm", "enter", "do it", "Do what is offered, and go on.", "Friday", "beginning"),
    Action("beginning.outcomes", "a", "outcomes", "Name the outcomes of the week.", "Friday", "beginning"),
    Action("ahead.outcomes", "a", "outcomes", "Name the outcomes of the next week.", "Friday", "ahead"),
    *(
        action
        for room in ("friday", "direction", "update", "ahead", "beginning")
        for action in (
            Action(f"{room}.up", "up,k", "", "Up.", "Friday", ""),
            Action(f"{room}.down", "down,j", "", "Down.", "Friday", ""),
            Action(f"{room}.next_step", "tab", "go on", "On to the next step.", "Friday", room),
            Action(f"{room}.last_step", "shift+tab", "", "Back to the step before.", "Friday", ""),
            Action(f"{room}.why", "H", "why", "Read in the playbook what is behind it.", "Friday", room),
            Action(f"{room}.leave", "escape,q,f", "back", "Back to the week; all is kept.", "Friday", room),
        )
    ),
    Action("cadence.apply", "enter", "way back", "Apply the first way back.", "Cadence", "cadence"),
    Action(
        "cadence.other",
        "tab",
        "sessions, balance, drift",
        "Sessions, balance or drift.",
        "Cadence",
        "cadence",
    ),
    Action("report.before", "left_square_bracket", "week", "A week earlier.", "Report", "report"),
    Action("report.after", "right_square_bracket", "week", "A week later.", "Report", "report"),
    Action("report.up", "up,k", "", "A line up.", "Report", ""),
    Action("report.down", "down,j", "down", "A line down.", "Report", "report"),
    Action("report.page_up", "pageup", "", "A page up.", "Report", ""),
    Action("report.page_down", "pagedown,space", "page", "A page down.", "Report", "report"),
    Action("report.leave", "escape,q", "back", "Back to the week.", "Report", "report"),
    Action("cadence.why", "H", "why", "Read in the playbook what is behind it.", "Cadence", "cadence"),
    Action("cadence.undo", "u", "undo", "Take the last change back.", "Cadence", "cadence"),
    Action("cadence.up", "up,k", "", "A line up.", "Cadence", ""),
    Action("cadence.down", "down,j", "", "A line down.", "Cadence", ""),
    Action("cadence.leave", "escape,q,c", "back", "Back to the week.", "Cadence", "cadence"),
    Action(
        "triage.say_no",
        "n",
        "say no",
        "Offer help instead; Enter declines it.",
        "Triage",
        "triage",
    ),
    Action(
        "triage.a",
        "1",
        "criteria",
        CRITERION.format("it needs your decision"),
        "Triage",
        "triage",
        "criterion('a')",
    ),
    Action(
        "triage.b",
        "2",
        "criteria",
        CRITERION.format("it unblocks critical work"),
        "Triage",
        "triage",
        "criterion('b')",
    ),
    Action(
        "triage.c",
        "3",
        "criteria",
        CRITERION.format("it sets the direction"),
        "Triage",
        "triage",
        "criterion('c')",
    ),
    Action(
        "triage.d",
        "4",
        "criteria",
        CRITERION.format("you are needed to explain"),
        "Triage",
        "triage",
        "criterion('d')",
    ),
    Action("triage.draft", "m", "draft", "Write the answer as a mail to send.", "Triage", ""),
    Action("ledger.value", "v", "value", "What it is worth: 1, 2, 3 or not rated.", "Series", "ledger"),
    Action("ledger.effort", "f", "effort", "What it takes out of you: 1, 2 or 3.", "Series", "ledger"),
    Action("ledger.trial", "t", "trial", "Drop it for two weeks, and ask then.", "Series", "ledger"),
    Action("ledger.say_no", "n", "say no", "Offer help instead, the next time.", "Series", "ledger"),
    Action("people.copy", "y", "copy", "Copy all of it as text.", "People", "people"),
    Action("owed.take", "enter", "open", "Open the list in which it is answered.", "Who waits", "owed"),
    Action("items.add", "a", "add", "Add one to the list.", "In a list of items", "items"),
    Action("items.edit", "e", "edit", "Edit every field.", "In a list of items", "items"),
    Action("items.copy", "y", "copy", "Copy it as text.", "In a list of items", "items"),
    Action("items.undo", "u", "undo", "Undo the last change.", "In a list of items", "items"),
    Action("items.remove", "delete", "", "Remove it from the list.", "In a list of items", ""),
    Action("items.other", "tab", "closed", "Show the closed ones too.", "In a list of items", "items"),
    Action(
        "documents.take",
        "enter",
        "open",
        "Open the document in your editor.",
        "In a list of documents",
        "documents",
    ),
)

OPENING = (  # without a key it stands in the menu alone
    *(
        Action(
            f"week.{kind.plural}",
            kind.key,
            kind.label,
            kind.text,
            "People",
            "look" if kind.key else "",
            f"items('{kind.id}')",
        )
        for kind in (*NAMES, *FOUND)
    ),
    Action(
        "week.person", "at", "person", "Show all there is with one person.", "People", "", "people('who')"
    ),
    Action("week.owed", "", "owed", "List who waits for you.", "People", "", "people('owed')"),
    Action(
        "week.boundary",
        "",
        "boundary",
        "List what was kept off, and how.",
        "People",
        "",
        "people('boundary')",
    ),
)
_AT = next(at for at, action in enumerate(_PLAIN) if action.id == "week.menu")  # in the key bar
OWN = (*_PLAIN[:_AT], *OPENING, *_PLAIN[_AT:])  # all but what turns items of a kind
