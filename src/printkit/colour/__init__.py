"""What is known of colour: the press's ICC profiles and what they say of themselves."""
