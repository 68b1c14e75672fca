"""Name the moments of a week at which commands of the user's are run. Imports nothing dear."""

EVENTS = {
    "focus-start": "a stretch of deep work begins, or its end has changed",
    "focus-end": "a stretch of deep work is over",
    "meeting-ends-soon": "five minutes before the hard end of a meeting",
    "meeting-end": "the hard end of a meeting",
    "meeting-overrun": "five minutes after the hard end of a meeting",
    "window-close": "a window closes",
    "friday": "the afternoon of the week's last working day begins",
    "commit": "plan or log were changed",
}
