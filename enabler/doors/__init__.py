"""What all doors share: a route's declaration, a request's actor, error to status, words."""
