"""What a text wants done, done: each deed is a use case that the pages know as well."""
