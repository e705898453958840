"""From a user's file to pixels, facts, places and words. All of it runs in the decode worker, which may crash."""
