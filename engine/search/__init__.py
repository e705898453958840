"""From words, or a photo, to ranked photos and the reasons for each; on a thread of its own."""
