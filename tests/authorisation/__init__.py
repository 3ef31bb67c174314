"""Who may do what, tried: every route as everybody, on what is theirs and on what is not."""
