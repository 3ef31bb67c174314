"""What all doors share: declarations of routes, actors of requests, error to status, words."""
