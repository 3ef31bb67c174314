"""Tables of what times texts say: when, how soon, in which language."""
