"""The suite: folders that mirror src/printkit/, and in `support` what tests of several folders share."""
