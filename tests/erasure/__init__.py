"""An account is deleted: nothing of the person is left, and nothing of anybody else's is lost."""
