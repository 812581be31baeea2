"""What a person may ask of us about their data, and what we told others of it."""
