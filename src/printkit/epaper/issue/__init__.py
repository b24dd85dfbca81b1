"""What one issue's folder is made of: its facts, views, pictures, the office pack."""
