"""The rules that hold pieces of a story, and stories, against one another and the house lists, a file each."""
