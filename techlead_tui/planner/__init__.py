"""The one way in: edits are decided against what is stored, committed, and handed out as snapshots."""
