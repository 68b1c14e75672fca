"""One file per subcommand; stdout is data, stderr is narration."""
