"""What there is to tell of stories as they stand on their page; nothing here changes them."""
