"""Taking documents in and reviewing what came of them."""
