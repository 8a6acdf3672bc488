"""Use cases: what people do with a library. The window and the command line call nothing below this layer.

``ports`` holds the Protocols that the adapters (storage, intake, citing, markup, export) satisfy; ``app``
connects them.
"""
