"""printkit: Chinese newspapers from YAML, composed line by line and made up on a grid."""

__version__ = "0.1.0"
