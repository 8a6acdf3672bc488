"""Reading in worker processes under limits."""
