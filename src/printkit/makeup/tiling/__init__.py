"""Stories as rectangles that fill a page's grid: rows in, places out. It knows neither copy nor type."""
