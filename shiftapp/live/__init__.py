"""What every client must see at once: the replica of a period, and the rooms its changes are sent to."""
