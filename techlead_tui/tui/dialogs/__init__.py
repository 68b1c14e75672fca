"""Hold the dialogs that open over a screen."""
