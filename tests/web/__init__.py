"""The pages: who may open them, what they say, what they answer to bad input."""
