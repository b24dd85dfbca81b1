"""What a run leaves on the disk: the issue's folder, its manifest, its report."""
