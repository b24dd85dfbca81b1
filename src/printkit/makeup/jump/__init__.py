"""Stories that go on elsewhere (转版): where their copy may be divided, and where it is."""
