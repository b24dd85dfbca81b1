"""What each command does: a short driver on the pipeline, a module a command. `cli` reads arguments and shows results."""
