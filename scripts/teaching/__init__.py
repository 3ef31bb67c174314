"""Teaching the model of what people write: texts in, weights out."""
