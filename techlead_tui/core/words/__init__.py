"""Read and spell what people type: the words of `add`, `move`, `edit`, `log` and of the screen."""
