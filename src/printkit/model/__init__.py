"""The frozen values that cross the borders between stages. Pure: no files, no clock, no libraries."""
