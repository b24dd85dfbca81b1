"""The desk (`printkit preview`): an edition in the browser while one works on it, live, and written back to its YAML.

`desk` keeps the pages as they were last made, `work` is the one thread that makes and writes, `writing` changes files by spans,
`watching` tells when somebody else did; `facts` says what a browser is told, `server` tells it, to those whom `guard` lets in.
"""
